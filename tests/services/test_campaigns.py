"""Campaigns: links that bring people, what they say of the complaint, and what is counted."""

from datetime import date

import pytest

from domain.drafting import Step
from domain.lifecycle import Kind
from domain.refusals import DraftMissing
from services.caller import Caller
from services.campaigns import CampaignRefused, Campaigns, NewCampaign
from services.draft_sheets import DraftSheet
from storage.queries.campaigns import Counted
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town
from tests.services.exact import month_of

FULL = NewCampaign(
    "jalan-rusak", "Ada jalan rusak?", "36.73", "dpupr", "public_works", "Taktakan, Kota Serang", date(2026, 12, 31)
)


@pytest.fixture
async def campaigns(town: Town) -> Campaigns:
    """The campaigns of Kota Serang, with one that says everything."""
    campaigns = Campaigns(town.office)
    await campaigns.add(FULL)
    return campaigns


async def counted(campaigns: Campaigns, source: str) -> Counted:
    return next((line.counted for line in await campaigns.list() if line.source == source), Counted())


async def tells(town: Town, by: Caller, text: str = LAMP) -> DraftSheet:
    """Tells until the office is asked for, with the place that the poster names."""
    sheet = await town.intake.begin(by, text)
    sheet = await town.intake.choose_kind(by, sheet.id, Kind.COMPLAINT)
    assert sheet.step is Step.PLACE_CHOICE
    sheet = await town.intake.pick_place(by, sheet.id, 0)
    sheet = await town.intake.pick_time(by, sheet.id, "yesterday")
    sheet = await town.intake.finish_evidence(by, sheet.id)
    sheet = await town.intake.finish_privacy(by, sheet.id)
    return await town.intake.name(by, None, sheet.id)


async def test_whoever_comes_by_a_poster_is_asked_for_its_place_and_offered_its_office_first(
    town: Town, campaigns: Campaigns
) -> None:
    sari = await town.meets(1)
    visit = await campaigns.visit(sari, "k_jalan-rusak")
    assert (visit.known, visit.headline, visit.draft_id) == (True, "Ada jalan rusak?", None)
    sheet = await tells(town, sari)
    assert sheet.place is not None
    assert "Taktakan" in (sheet.place.label or "")
    assert sheet.step is Step.AGENCY
    assert "Pekerjaan Umum" in (sheet.candidates[0].unit or "")
    async with town.office.database.reading() as work:
        draft = await work.drafts.open_of(sari.person_id)
        assert draft is not None
        assert not draft.confident


async def test_a_complaint_knows_by_what_it_came_and_every_step_is_counted_once(
    town: Town, campaigns: Campaigns
) -> None:
    sari, budi = await town.meets(1), await town.meets(2)
    await campaigns.visit(sari, "K_Jalan-Rusak")
    await campaigns.visit(budi, "k_jalan-rusak")
    assert await counted(campaigns, "k_jalan-rusak") == Counted(2, 0, 0)
    sheet = await tells(town, sari)
    await town.intake.pick_agency(sari, sheet.id, 0)
    receipt = await town.intake.submit(sari, sheet.id)
    await town.intake.submit(sari, sheet.id)
    assert await counted(campaigns, "k_jalan-rusak") == Counted(2, 1, 1)
    async with town.office.database.reading() as work:
        complaint = await work.complaints.by_number(receipt.number)
        assert complaint is not None
        assert complaint.source == "k_jalan-rusak"
    # A second complaint of the same person is not the poster's any more.
    await town.intake.begin(sari, LAMP)
    assert await counted(campaigns, "k_jalan-rusak") == Counted(2, 1, 1)


async def test_an_open_draft_is_never_written_over_by_a_link(town: Town, campaigns: Campaigns) -> None:
    sari = await town.meets(1)
    before = await town.intake.begin(sari, LAMP)
    visit = await campaigns.visit(sari, "k_jalan-rusak")
    assert visit.draft_id == before.id
    assert await town.intake.current(sari) == before


async def test_an_open_draft_takes_from_the_link_only_what_it_does_not_say(town: Town, campaigns: Campaigns) -> None:
    sari = await town.meets(1)
    sheet = await town.intake.begin(sari, LAMP)
    sheet = await town.intake.choose_kind(sari, sheet.id, Kind.COMPLAINT)
    sheet = await town.intake.place(sari, "Cipocok Jaya, Kota Serang")
    await campaigns.visit(sari, "k_jalan-rusak")
    after = await campaigns.adopt(sari, sheet.id)
    assert (after.text, after.place, after.step) == (sheet.text, sheet.place, sheet.step)
    assert await counted(campaigns, "k_jalan-rusak") == Counted(1, 1, 0)
    # The same button once more changes nothing and counts nothing.
    assert (await campaigns.adopt(sari, sheet.id)).text == sheet.text
    assert await counted(campaigns, "k_jalan-rusak") == Counted(1, 1, 0)


async def test_a_link_is_not_taken_for_a_draft_that_is_gone(town: Town, campaigns: Campaigns) -> None:
    sari = await town.meets(1)
    await campaigns.visit(sari, "k_jalan-rusak")
    with pytest.raises(DraftMissing):
        await campaigns.adopt(sari, 99)


async def test_a_link_names_an_office_or_a_subject_without_any_campaign(town: Town, campaigns: Campaigns) -> None:
    sari, budi = await town.meets(1), await town.meets(2)
    assert (await campaigns.visit(sari, "u_36_73-dinkes")).unit == "Dinas Kesehatan"
    assert (await campaigns.visit(budi, "s_education")).sector == "education"


async def test_what_is_unknown_closed_or_over_is_welcomed_and_counted_as_unknown(
    town: Town, campaigns: Campaigns, clock: FakeClock
) -> None:
    sari = await town.meets(1)
    assert not (await campaigns.visit(sari, "k_entah")).known
    await campaigns.close("jalan-rusak")
    assert not (await campaigns.visit(sari, "k_jalan-rusak")).known
    await campaigns.add(NewCampaign("sehari", until=date(2026, 4, 7)))
    assert (await campaigns.visit(sari, "k_sehari")).known
    clock.advance(days=1)
    assert not (await campaigns.visit(sari, "k_sehari")).known
    assert await counted(campaigns, "unknown") == Counted(3, 0, 0)


async def test_a_link_is_forgotten_after_a_week(town: Town, campaigns: Campaigns, clock: FakeClock) -> None:
    sari = await town.meets(1)
    await campaigns.visit(sari, "k_jalan-rusak")
    clock.advance(days=8)
    await town.intake.begin(sari, LAMP)
    assert await counted(campaigns, "k_jalan-rusak") == Counted(1, 0, 0)


async def test_a_poster_does_not_send_an_accusation_to_its_own_office(town: Town, campaigns: Campaigns) -> None:
    sari = await town.meets(1)
    await campaigns.visit(sari, "k_jalan-rusak")
    sheet = await tells(town, sari, "Petugas dinas PU minta uang pungli lima ratus ribu supaya jalan kami diaspal")
    assert sheet.accuses
    assert "Inspektorat" in (sheet.candidates[0].unit or sheet.candidates[0].agency)


async def test_a_poster_of_one_town_does_not_bring_its_office_what_happened_in_another(
    town: Town, campaigns: Campaigns
) -> None:
    await campaigns.add(NewCampaign("tanpa-tempat", None, "36.73", "dpupr"))
    sari = await town.meets(1)
    await campaigns.visit(sari, "k_tanpa-tempat")
    sheet = await town.intake.begin(sari, LAMP)
    sheet = await town.intake.choose_kind(sari, sheet.id, Kind.COMPLAINT)
    sheet = await town.intake.place(sari, "Kecamatan Tegalsari, Kota Surabaya")
    sheet = await town.intake.pick_time(sari, sheet.id, "yesterday")
    sheet = await town.intake.finish_evidence(sari, sheet.id)
    sheet = await town.intake.finish_privacy(sari, sheet.id)
    sheet = await town.intake.name(sari, None, sheet.id)
    assert all("Kota Serang" not in candidate.agency for candidate in sheet.candidates)


@pytest.mark.parametrize(
    ("given", "mend"),
    [
        (NewCampaign("Jalan Rusak"), "a-z"),
        (NewCampaign("jalan-rusak"), "already"),
        (NewCampaign("a1", "x" * 81), "80"),
        (NewCampaign("a1", government="99.99"), "no government"),
        (NewCampaign("a1", unit="dpupr"), "--government"),
        (NewCampaign("a1", government="36.73", unit="entah"), "36.73-dpupr"),
        (NewCampaign("a1", sector="entah"), "education"),
        (NewCampaign("a1", place="xyzzy qwerty"), "no place"),
    ],
)
async def test_what_cannot_be_a_campaign_is_refused_with_the_mend(
    campaigns: Campaigns, given: NewCampaign, mend: str
) -> None:
    with pytest.raises(CampaignRefused, match=mend):
        await campaigns.add(given)


async def test_the_month_tells_what_the_campaigns_of_a_government_brought(town: Town, campaigns: Campaigns) -> None:
    await campaigns.add(NewCampaign("di-tempat-lain"))
    for person in range(1, 4):
        await campaigns.visit(await town.meets(person), "k_jalan-rusak")
        await campaigns.visit(await town.meets(person), "k_di-tempat-lain")
    figures = await month_of(town, date(2026, 4, 1))
    assert [(each.name, each.starts, each.drafts, each.sent) for each in figures.campaigns] == [
        ("jalan-rusak", 3, 0, 0)
    ]
