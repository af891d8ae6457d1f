"""Before sending, a citizen reads the very words that the officer's card and the public's page will show."""

import pytest

from domain.drafting import Purpose
from domain.lifecycle import Kind, Role
from domain.messages import Notice
from locales.translator import words_for
from services.draft_sheets import DraftSheet
from tests.conftest import FakeClock
from tests.services.conftest import LAMP, Town, a_photo
from views import citizen_cases, letters, review, told

WORDS = words_for("id")
TEXT = (
    f"{LAMP}. Hubungi 0812-3456-7890 atau 0813 9876 5432, saya, guru di SD Negeri 2. "
    "NIK 3673010101900001, mobil B 1234 XYZ"
)
NAME = "Ibu Sari 081234567890"
PLACE = "Cipocok Jaya, Kota Serang"


async def at_review(town: Town, chat_id: int, text: str = TEXT, **how: bool) -> DraftSheet:
    """A draft that is ready to be sent."""
    by = await town.meets(chat_id)
    sheet = await town.intake.begin(by, text)
    sheet = await town.intake.choose_kind(by, sheet.id, Kind.COMPLAINT)
    if sheet.place_choices:
        sheet = await town.intake.pick_place(by, sheet.id, None)
    sheet = await town.intake.place(by, PLACE)
    sheet = await town.intake.occurred(by, "kemarin, catat nomor saya 0812 1111 2222")
    await town.intake.attach(by, a_photo())
    sheet = await town.intake.finish_evidence(by, sheet.id)
    for switch in ("anonymous", "secret"):
        if how.get(switch):
            sheet = await town.intake.switch(by, sheet.id, switch)
    sheet = await town.intake.finish_privacy(by, sheet.id)
    if not how.get("anonymous"):
        sheet = await town.intake.name(by, NAME, sheet.id)
    return await town.intake.pick_agency(by, sheet.id, 0)


@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("secret", [False, True])
async def test_the_preview_is_what_the_officer_and_the_public_then_read(
    town: Town, clock: FakeClock, anonymous: bool, secret: bool
) -> None:
    await town.hires(20, Role.OFFICER, "dprkp")
    coordinator = await town.hires(30, Role.COORDINATOR)
    draft = await at_review(town, 10, anonymous=anonymous, secret=secret)
    assert draft.officer is not None
    assert draft.public is not None
    for_officer, for_public = told.told(draft.officer, WORDS), citizen_cases.public_told(draft.public, WORDS)
    preview = review.screen(draft, WORDS).text
    assert for_officer in preview
    assert for_public in preview

    receipt = await town.intake.submit(await town.meets(10), draft.id)
    proposal = await town.oversight.propose(coordinator, receipt.number)
    await town.oversight.forward(coordinator, proposal.serial)
    (card,) = [letter for letter in await town.owed(clock) if letter.kind is Notice.CARD]
    assert for_officer in letters.render(card, WORDS).text
    stranger = await town.tracking.look(await town.meets(99), receipt.number)
    assert for_public in citizen_cases.case(stranger, WORDS).text

    for number in ("0812", "0813", "3673010101900001", "1234 XYZ"):
        assert number not in for_officer + for_public
    assert ("Ibu Sari" in for_officer) is not anonymous
    assert ("Lampu jalan" in for_public) is (not anonymous and not secret)


async def test_what_accuses_is_previewed_as_closed_to_the_public(town: Town) -> None:
    draft = await at_review(town, 10, "Petugas kelurahan minta uang pungli 500 ribu untuk tanda tangan surat")
    assert draft.accuses
    assert draft.public is not None
    assert draft.public.text is None


async def test_phrases_that_tell_who_wrote_it_are_named_unless_nobody_else_reads_them(town: Town) -> None:
    assert (await at_review(town, 10)).telling == ("saya, guru di SD Negeri 2", "nomor saya 0812 1111 2222")
    assert (await at_review(town, 11, anonymous=True, secret=True)).telling
    assert (await at_review(town, 12, secret=True)).telling == ()


async def test_an_addition_reaches_the_desk_with_its_numbers_covered_and_stays_whole_for_its_writer(
    town: Town, clock: FakeClock
) -> None:
    work = await town.at_work(clock)
    said = "Bisa dihubungi di 0812 3456 7890, e-mail sari@example.com"
    await town.does(work.citizen, work.number, Purpose.ADD_INFORMATION, said)
    at_desk = (await town.handling.look(work.officer, work.number)).timeline[-1].text
    own = (await town.tracking.look(work.citizen, work.number)).timeline[-1].text
    assert (at_desk, own) == ("Bisa dihubungi di [***], e-mail [***]", said)
