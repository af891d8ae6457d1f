"""Corrections move later suggestions, leave no text behind, are counted in the report, and can be erased."""

import json

import pytest

from domain.lifecycle import Kind, Role
from routing.places import Place
from services.caller import Caller
from services.learning import GovernmentUnknown, Learning, Taught
from services.routing_report import RoutingReport, Share
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta

SERANG = Place(province="Banten", regency="Kota Serang", district="Cipocok Jaya", code="36.73.05")
LAMPS = (
    "Lampu jalan di gang kami mati, kata tetangga bernama parmin",
    "Tolong lampu jalan dekat masjid mati terus, hubungi pak parmin 0812 3456 7890",
    "Lampu jalan padam gelap sekali kalau malam, parmin sudah jatuh",
    "Sudah lama lampu jalan mati di perempatan rumah parmin",
    "Lampu jalan mati bahaya buat anak sekolah seperti anak parmin",
    "Lampu penerangan jalan mati total kata parmin",
)
LATER = "Mohon dicek lampu jalan mati di depan rumah saya"


@pytest.fixture
async def coordinator(town: Town) -> Caller:
    return await town.hires(30, Role.COORDINATOR)


async def sends(town: Town, coordinator: Caller, number: str, unit: str) -> None:
    """The coordinator sends a complaint to a unit of their choice."""
    proposal = await town.oversight.propose(coordinator, number)
    wanted = proposal.unit_ids[proposal.unit_names.index(unit)]
    proposal = await town.oversight.choose_unit(coordinator, proposal.serial, wanted)
    await town.oversight.forward(coordinator, proposal.serial)


async def decides(town: Town, coordinator: Caller, unit: str, texts: tuple[str, ...] = LAMPS, **how: bool) -> None:
    """Several citizens complain, and the coordinator sends all of it to one unit."""
    for chat, text in enumerate(texts, start=100):
        receipt = await town.files(await town.meets(chat), text, **how)
        await sends(town, coordinator, receipt.number, unit)


def first(town: Town, text: str = LATER) -> str | None:
    return town.office.matcher.suggest(text, SERANG).candidates[0].unit_name


async def test_corrections_move_what_is_suggested_later(town: Town, coordinator: Caller) -> None:
    proposed = first(town)
    await decides(town, coordinator, "Dinas Perhubungan")
    (taught,) = await Learning(town.office).learn("36.73")
    assert (taught.complaints, taught.corrections) == (6, 6)
    assert proposed != first(town) == "Dinas Perhubungan"


async def test_what_was_learned_is_there_when_the_matcher_is_made_again(town: Town, coordinator: Caller) -> None:
    await decides(town, coordinator, "Dinas Perhubungan")
    await Learning(town.office).learn()
    town.office.matcher = town.office.matcher.over(town.office.matcher.directory)
    assert first(town) != "Dinas Perhubungan"
    town.office.matcher = await town.directory.matcher()
    assert first(town) == "Dinas Perhubungan"


async def test_learning_twice_learns_the_same_although_the_suggestions_follow_now(
    town: Town, coordinator: Caller
) -> None:
    await decides(town, coordinator, "Dinas Perhubungan")
    once = await Learning(town.office).learn()
    assert await Learning(town.office).learn() == once


async def test_a_corrected_route_teaches_by_itself_in_the_night_after(
    town: Town, coordinator: Caller, clock: FakeClock
) -> None:
    await decides(town, coordinator, "Dinas Perhubungan")
    learning = Learning(town.office)
    assert await learning.learn_nightly(clock()) == 0
    clock.set(jakarta("2026-04-10 02:00"))
    assert await learning.learn_nightly(clock()) == 1
    assert first(town) == "Dinas Perhubungan"
    clock.advance(hours=1)
    assert await learning.learn_nightly(clock()) == 0


async def test_only_features_are_kept_and_none_of_them_names_anybody(town: Town, coordinator: Caller) -> None:
    await decides(town, coordinator, "Dinas Perhubungan")
    await Learning(town.office).learn()
    async with town.office.database.reading() as work:
        ((_, row),) = await work.overlays.all()
    kept = json.dumps(row.weights)
    assert "lampu" in row.weights
    assert all(len(feature.split()) <= 2 for feature in row.weights)
    assert not any(word in kept for word in ("parmin", "0812", "7890"))


async def test_what_is_forgotten_is_erased_and_not_learned_again(
    town: Town, coordinator: Caller, clock: FakeClock
) -> None:
    proposed = first(town)
    await decides(town, coordinator, "Dinas Perhubungan")
    await Learning(town.office).learn()
    clock.advance(minutes=1)
    assert await Learning(town.office).forget("36.73") == "Pemerintah Kota Serang"
    async with town.office.database.reading() as work:
        ((_, row),) = await work.overlays.all()
    assert row.weights == {}
    assert first(town) == proposed
    assert await Learning(town.office).learn() == (Taught("36.73", "Pemerintah Kota Serang", 0, 0, 0),)


async def test_secret_complaints_and_accusations_teach_nothing(town: Town, coordinator: Caller) -> None:
    await decides(town, coordinator, "Dinas Perhubungan", secret=True)
    (taught,) = await Learning(town.office).learn()
    assert taught.complaints == 0
    assert await RoutingReport(town.office).made() == ()


async def test_what_was_sent_back_counts_for_the_unit_that_has_it_in_the_end(town: Town, coordinator: Caller) -> None:
    receipt = await town.files(await town.meets(10))
    await sends(town, coordinator, receipt.number, "Dinas Perhubungan")
    await sends(town, coordinator, receipt.number, "Dinas Lingkungan Hidup")
    (report,) = await RoutingReport(town.office).made()
    assert [line.unit for line in report.units] == ["Dinas Lingkungan Hidup"]


async def test_the_report_counts_hits_confusions_and_corrections(town: Town, coordinator: Caller) -> None:
    proposed = first(town) or ""
    await decides(town, coordinator, "Dinas Perhubungan", LAMPS[:2])
    await decides(town, coordinator, proposed, LAMPS[2:5])
    (report,) = await RoutingReport(town.office).made()
    assert (report.code, report.first) == ("36.73", Share(3, 5))
    assert [(each.proposed, each.final, each.count) for each in report.confusions] == [
        (proposed, "Dinas Perhubungan", 2)
    ]
    assert {line.unit: line.corrected for line in report.units} == {
        "Dinas Perhubungan": Share(2, 2),
        proposed: Share(0, 3),
    }
    assert report.features == 0


async def test_a_complaint_that_no_one_has_sent_on_is_not_counted(town: Town, coordinator: Caller) -> None:
    await town.files(await town.meets(10))
    assert await RoutingReport(town.office).made() == ()


async def test_an_unknown_government_is_named(town: Town) -> None:
    with pytest.raises(GovernmentUnknown, match=r"no government 99\.99"):
        await Learning(town.office).forget("99.99")


async def test_the_question_between_two_offices_comes_with_the_draft(town: Town) -> None:
    citizen = await town.meets(10)
    sheet = await town.intake.begin(citizen, "tolong tiang lampu di depan rumah dicek")
    sheet = await town.intake.choose_kind(citizen, sheet.id, Kind.COMPLAINT)
    sheet = await town.intake.place(citizen, "Cipocok Jaya, Kota Serang")
    sheet = await town.intake.pick_time(citizen, sheet.id, "yesterday")
    sheet = await town.intake.finish_evidence(citizen, sheet.id)
    sheet = await town.intake.finish_privacy(citizen, sheet.id)
    sheet = await town.intake.name(citizen, None, sheet.id)
    asked = town.office.matcher.suggest("tolong tiang lampu di depan rumah dicek", SERANG)
    assert asked.question is not None
    assert f"question.{sheet.question}" == asked.question.key
