"""Who is accused learns nothing, not even by counting: one accusation more changes nothing that they can see."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest

from domain.examination import INSPECTORATE, counts_examined, is_examined
from domain.figures import Period
from domain.lifecycle import ComplaintClass, Role, Status
from domain.permissions import Actor, Membership
from domain.scopes import NATION, Scope, ScopeKind, scopes_of
from locales.translator import words_for
from services.caller import Caller
from services.campaigns import Campaigns, NewCampaign
from services.export_sheets import Form
from services.exporting import Exporting, ExportRequest
from services.figures import Evaluation, Figures
from services.overview import Overview
from services.similar import Similar
from storage.queries.exports import Wanted
from storage.tables_drafts import Draft
from storage.tables_teamwork import Participation
from tests.conftest import FakeClock
from tests.services.conftest import AtWork, Town
from tests.services.registers import PLACE, SECTOR, Register
from views import citizen_cases, digest, evaluation, letters, overview, queue
from views.figures import weekly

WORDS = words_for("id")
ACCUSED, OTHER, EXAMINER = "dprkp", "dpupr", "inspektorat"
LAMP = "Lampu jalan di depan pasar mati sejak seminggu, gelap sekali"

ACCUSATIONS: tuple[dict[str, Any], ...] = (
    {"status": Status.SUBMITTED},
    {"status": Status.SUBMITTED, "complaint_class": None, "returns": 2, "flags": ["threat"]},
    {"status": Status.FORWARDED, "unit": EXAMINER},
    {"status": Status.IN_PROGRESS, "unit": EXAMINER, "complaint_class": ComplaintClass.SUPERVISORY},
    {"status": Status.IN_PROGRESS, "unit": OTHER, "returns": 1, "supporters": 9},
    {"status": Status.ON_HOLD, "unit": EXAMINER, "helping": OTHER},
    {"status": Status.DONE, "unit": EXAMINER},
    {"status": Status.CLOSED, "unit": EXAMINER, "round": 2},
    {"status": Status.ARCHIVED, "unit": None},
    {"status": Status.WITHDRAWN, "unit": None},
    {"status": Status.CLOSED, "unit": ACCUSED},
)
"""What may become of a complaint that accuses the unit; the last one by somebody's mistake."""


async def staffed(town: Town) -> dict[str, Caller]:
    """The accused unit's people: an officer, the head, one who also coordinates, one who also inspects."""
    people = {
        "officer": await town.hires(20, Role.OFFICER, ACCUSED),
        "head": await town.hires(21, Role.UNIT_HEAD, ACCUSED),
    }
    for name, chat_id, role, unit in (
        ("coordinating", 22, Role.COORDINATOR, None),
        ("inspecting", 23, Role.INSPECTOR, None),
        ("observing", 24, Role.OBSERVER, None),
        ("watching", 25, Role.PROVINCE_HUB, None),
    ):
        await town.hires(chat_id, Role.OFFICER, ACCUSED)
        people[name] = await town.hires(chat_id, role, unit)
    return people


async def filled(town: Town) -> tuple[Register, int]:
    """A register with an ordinary life."""
    writer = await town.meets(10)
    register = Register(town, writer.person_id)
    units = [await register.unit(code) for code in (ACCUSED, OTHER, EXAMINER)]
    async with town.office.database.reading() as work:
        government = await work.directory.government_by_code("36.73")
    assert government is not None
    for place, status in enumerate((*Status, *Status)):
        unit = units[place % 2] if status is not Status.SUBMITTED else None
        await register.enter(government.id, status=status, unit_id=unit)
    return register, government.id


async def accuse(register: Register, government_id: int, given: Mapping[str, Any], **fields: Any) -> int:
    """One complaint about the accused unit more."""
    fields = {**given, "accuses": True, "accused_unit_ids": [await register.unit(ACCUSED)], **fields}
    unit, helping = fields.pop("unit", None), fields.pop("helping", None)
    complaint_id = await register.enter(
        government_id, **fields, unit_id=await register.unit(unit) if unit is not None else None
    )
    if helping:
        async with register.town.office.database.work() as work:
            row = await work.complaints.get(complaint_id)
            row.participations.append(Participation(unit_id=await register.unit(helping), since=row.received_at))
            await work.commit()
    return complaint_id


async def figures_of(
    town: Town, people: Mapping[str, Caller], periods: Iterable[Period] = (Period.THIS_YEAR,)
) -> dict[str, str]:
    """Every figure that they can reach, as it is shown."""
    seen = {}
    for name, by in people.items():
        for scope in scopes_of(by.actor):
            for period in periods:
                sheet = await Overview(town.office).of(by, scope, period)
                seen[f"{name} {scope} {period}"] = overview.overview(sheet, WORDS).text
                seen[f"{name} {scope} {period} drawn"] = overview.chart_says(sheet.figures, WORDS)
    return seen


async def everything_of(town: Town, people: Mapping[str, Caller]) -> dict[str, str]:
    """The figures, and whatever else they can open, as it is shown."""
    seen = await figures_of(town, people, (Period.THIS_MONTH, Period.THIS_YEAR))
    month = town.office.clock().date()
    seen["page"] = evaluation.page(await Evaluation(town.office).of("36.73", month), WORDS)
    exporting = Exporting(town.office)
    opened = await exporting.open(ExportRequest(Form.CSV, "36.73"))
    seen["export"] = repr((opened.count, [row async for batch in exporting.batches(opened) for row in batch]))
    for name, by in people.items():
        for page in range(3):
            lines = await town.handling.queue(by, page)
            seen[f"{name} queue {page}"] = repr(lines)
            lines = await town.oversight.unverified(by, page)
            seen[f"{name} unverified {page}"] = queue.unverified(lines, page, WORDS).text
            seen[f"{name} unrouted {page}"] = repr(await town.oversight.unrouted(by, page))
        seen[f"{name} requests"] = repr(await town.requests.pending(by))
        seen[f"{name} supported"] = repr(await town.supporting.mine(by))
        for sheet in await town.oversight.digest(by):
            screen = digest.digest(sheet, WORDS)
            seen[f"{name} digest"] = screen.text + sha256(screen.picture or b"").hexdigest()
        async with town.office.database.reading() as work:
            for government_id in by.actor.governments(Role.COORDINATOR):
                sheet = await Figures(town.office, work, by.actor).weekly(government_id)
                seen[f"{name} weekly"] = weekly(sheet, WORDS).text
            found = await Similar(town.office, work).to_draft(a_draft(by))
            seen[f"{name} similar"] = repr([(row.number, row.supporters) for row in found])
    return seen


def a_draft(by: Caller) -> Draft:
    suggestions = [{"sector": SECTOR, "agency": "x", "unit": None, "unit_name": None, "because": []}]
    return Draft(person_id=by.person_id, text=LAMP, place=PLACE, suggestions=suggestions, accuses=False)


async def test_the_accused_see_the_same_whether_or_not_somebody_has_accused_them(town: Town, clock: FakeClock) -> None:
    people = await staffed(town)
    register, government_id = await filled(town)
    clock.advance(days=1)
    before = await everything_of(town, people)
    assert {"coordinating weekly", "coordinating digest", "head queue 0"} <= set(before)
    some = {name: people[name] for name in ("coordinating", "inspecting")}
    counted = await figures_of(town, some)
    for given in ACCUSATIONS:
        await accuse(register, government_id, given)
        assert await figures_of(town, some) == counted, given
    await accuse(register, government_id, ACCUSATIONS[0], received_at=clock() - timedelta(days=40))
    assert await everything_of(town, people) == before


async def test_what_is_examined_without_accusing_a_known_unit_is_in_nobodys_figures_either(
    town: Town, clock: FakeClock
) -> None:
    people = await staffed(town)
    some = {name: people[name] for name in ("coordinating", "observing")}
    register, government_id = await filled(town)
    clock.advance(days=1)
    counted = await figures_of(town, some)
    examiner = await register.unit(EXAMINER)
    for fields in (
        {"accuses": True, "unit_id": None, "status": Status.SUBMITTED},
        {"complaint_class": ComplaintClass.SUPERVISORY, "unit_id": await register.unit(ACCUSED)},
        {"unit_id": examiner, "status": Status.DONE},
    ):
        await register.enter(government_id, **fields)
        assert await figures_of(town, some) == counted


async def test_the_inspectorate_counts_what_it_examines_but_for_what_accuses_the_inspectors_other_unit(
    town: Town, clock: FakeClock
) -> None:
    people = await staffed(town)
    free = await town.hires(30, Role.INSPECTOR)
    register, government_id = await filled(town)
    for _ in range(3):
        await accuse(register, government_id, {"status": Status.CLOSED, "unit": EXAMINER})
    await register.enter(government_id, unit_id=await register.unit(EXAMINER), accuses=True)
    scope = Scope(ScopeKind.UNIT, await register.unit(EXAMINER))
    received = [
        (await Overview(town.office).of(by, scope, Period.THIS_MONTH)).figures.received
        for by in (free, people["inspecting"])
    ]
    assert received == [4, 1]


async def test_the_nation_is_told_of_what_is_examined_beside_its_totals_and_only_those_who_belong_to_no_unit(
    town: Town, clock: FakeClock
) -> None:
    people = await staffed(town)
    observer = await town.hires(40, Role.OBSERVER, government=None)
    register, government_id = await filled(town)
    totals = []
    for _ in range(2):
        totals.append((await Overview(town.office).of(observer, NATION, Period.THIS_MONTH)).figures.received)
        for _ in range(6):
            await accuse(register, government_id, {"status": Status.CLOSED, "unit": EXAMINER})
    assert totals[0] == totals[1]
    examined = [
        (await Overview(town.office).of(by, NATION, Period.THIS_MONTH)).figures.examined
        for by in (observer, people["observing"])
    ]
    assert [share.whole if share else None for share in examined] == [12, None]


async def test_the_rule_in_sql_is_the_rule_in_words(town: Town, clock: FakeClock) -> None:
    register, government_id = await filled(town)
    kinds = {None: None, await register.unit(OTHER): "dinas", await register.unit(EXAMINER): INSPECTORATE}
    for accuses in (True, False):
        for complaint_class in (None, *ComplaintClass):
            for unit_id, unit_kind in kinds.items():
                added = await register.enter(
                    government_id, accuses=accuses, complaint_class=complaint_class, unit_id=unit_id
                )
                async with town.office.database.reading() as work:
                    found = bool(await work.exports.batch(Wanted(government_id, None, None, False), added - 1, 1))
                expected = is_examined(accuses=accuses, complaint_class=complaint_class, unit_kind=unit_kind)
                assert found is not expected


async def test_a_poster_does_not_count_what_accuses(town: Town, clock: FakeClock) -> None:
    await town.hires(30, Role.COORDINATOR)
    campaigns = Campaigns(town.office)
    await campaigns.add(NewCampaign("loket", government="36.73"))
    for chat_id, text in ((50, LAMP), (51, "Petugas Disdukcapil minta uang pelicin 200 ribu, ini pungli")):
        citizen = await town.meets(chat_id)
        await campaigns.visit(citizen, "k_loket")
        await town.files(citizen, text)
    async with town.office.database.reading() as work:
        counts = await work.campaigns.counts(date(2026, 4, 1), date(2026, 4, 30))
    assert counts["k_loket"].sent == 1


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ((Role.OBSERVER,), True),
        ((Role.NATIONAL_ADMIN,), True),
        ((Role.PROVINCE_HUB,), False),
        ((Role.COORDINATOR,), False),
        ((Role.OBSERVER, Role.OFFICER), False),
    ],
)
def test_who_may_count_what_is_examined(roles: tuple[Role, ...], told: bool) -> None:
    unit = {Role.OFFICER: 7}
    actor = Actor(1, tuple(Membership(role, 1, unit.get(role), "36") for role in roles))
    assert counts_examined(actor) is told


async def test_a_classified_complaint_is_shown_to_nobody_by_its_number_and_offered_to_nobody(
    town: Town, clock: FakeClock
) -> None:
    case = await town.at_work(clock)
    assert (await town.tracking.look(await town.meets(60), case.number)).text is not None
    await town.oversight.change_class(case.coordinator, case.number, ComplaintClass.SUPERVISORY)
    assert (await town.tracking.look(await town.meets(60), case.number)).text is None
    async with town.office.database.reading() as work:
        found = await Similar(town.office, work).to_draft(a_draft(await town.meets(60)))
    assert case.number not in {row.number for row in found}


async def at_the_inspectorate(town: Town, clock: FakeClock) -> AtWork:
    """A complaint that a unit has had, and that the desk lets the inspectorate examine."""
    case = await town.at_work(clock)
    await town.supporting.join(await town.meets(66), case.number)
    inspector = await town.hires(22, Role.INSPECTOR)
    await town.owed(clock)
    proposal = await town.oversight.propose(case.coordinator, case.number)
    proposal = await town.oversight.choose_class(case.coordinator, proposal.serial, ComplaintClass.SUPERVISORY)
    proposal = await town.oversight.choose_unit(case.coordinator, proposal.serial, min(inspector.actor.units))
    await town.oversight.forward(case.coordinator, proposal.serial)
    return case


async def test_nobody_learns_by_the_number_that_an_office_is_examined_nor_a_secret_complaint_from_an_examined_one(
    town: Town, clock: FakeClock
) -> None:
    case = await at_the_inspectorate(town, clock)
    secret = (await town.files(await town.meets(11), secret=True)).number
    proposal = await town.oversight.propose(case.coordinator, secret)
    await town.oversight.forward(case.coordinator, proposal.serial)
    for reader in (case.officer, await town.meets(66), await town.meets(999)):
        face = await town.tracking.look(reader, case.number)
        assert (face.unit, face.complaint_class, face.text) == (None, None, None)
        assert "nspektorat" not in citizen_cases.case(face, WORDS).text
    stranger = await town.meets(999)
    one, other = [await town.tracking.look(stranger, number) for number in (case.number, secret)]
    assert replace(one, number=secret, supporters=0, received_at=other.received_at) == other
    assert (await town.tracking.look(case.citizen, case.number)).unit == "Inspektorat"


async def test_supporters_are_told_that_it_goes_on_and_not_who_examines_it(town: Town, clock: FakeClock) -> None:
    await at_the_inspectorate(town, clock)
    clock.advance(days=1)
    [letter] = [letter for letter in await town.owed(clock) if letter.chat_id == 66]
    assert letter.event is not None
    assert letter.event.unit is None
    assert "nspektorat" not in letters.render(letter, WORDS).text


async def test_an_officer_is_offered_only_what_they_may_read_to_be_merged(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    own = (await town.files(await town.meets(11))).number
    hidden = (await town.files(await town.meets(12), secret=True)).number
    inspector = await town.hires(22, Role.INSPECTOR)
    for number, examined in ((own, False), (hidden, True)):
        proposal = await town.oversight.propose(case.coordinator, number)
        if examined:
            serial = proposal.serial
            proposal = await town.oversight.choose_unit(case.coordinator, serial, min(inspector.actor.units))
        await town.oversight.forward(case.coordinator, proposal.serial)
    assert (await town.requests.choices(case.officer, case.number)).near == (own,)
    near = await town.merging.near(case.coordinator, case.number)
    assert {line.number for line in near} == {own, hidden}
