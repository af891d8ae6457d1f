"""A dry run says what would be sent to whom and why the rest would not; nothing is sent and nothing is kept."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from domain.lifecycle import Role
from domain.messages import Notice
from scheduler.rehearsal import Outlook, rehearse
from services.left_unsaid import Why
from storage.tables_complaints import Event
from storage.tables_messages import OutboxMessage
from storage.tables_time import Escalation
from tests.conftest import FakeClock
from tests.services.conftest import Town, jakarta

UNIT = "Dinas Perumahan dan Kawasan Permukiman"


async def counts(town: Town) -> list[int]:
    async with town.office.database.reading() as work:
        tables = (OutboxMessage, Event, Escalation)
        return [await work._session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def to(outlook: Outlook, notice: Notice) -> list[str]:
    return [would.to for would in outlook.sent if would.notice is notice]


async def test_it_names_what_would_be_sent_by_role_and_unit_and_keeps_nothing(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(40, Role.UNIT_HEAD, "dprkp")
    before = await counts(town)
    outlook = await rehearse(town.office, jakarta("2026-04-15 09:00"))
    assert dict(outlook.done)["escalate"] == 1
    assert to(outlook, Notice.ESCALATION) == [f"unit_head {UNIT}"]
    assert sorted(to(outlook, Notice.REMINDER)) == [f"officer {UNIT}", f"unit_head {UNIT}"]
    assert to(outlook, Notice.LATE) == ["citizen"]
    assert to(outlook, Notice.DIGEST) == ["coordinator Pemerintah Kota Serang"]
    said = repr(outlook)
    assert case.number in said
    assert "Staf" not in said
    assert "Sari" not in said
    assert await counts(town) == before
    assert (await rehearse(town.office, jakarta("2026-04-15 09:00"))).sent == outlook.sent


async def test_it_says_why_the_rest_would_not_be_sent(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    await town.hires(40, Role.UNIT_HEAD, "dprkp")
    night = await rehearse(town.office, jakarta("2026-04-14 21:00"))
    assert night.sent == ()
    why = {(each.job, each.why) for each in night.left_unsaid}
    assert ("remind", Why.OFFICE_CLOSED) in why
    assert ("late to citizen", Why.ASLEEP) in why
    asleep = next(each for each in night.left_unsaid if each.why is Why.ASLEEP)
    assert (asleep.subject, asleep.until) == (case.number, jakarta("2026-04-15 07:00"))
    async with town.office.database.work() as work:
        await work.people.mark_unreachable(case.citizen.person_id, datetime(2026, 4, 14, tzinfo=UTC))
        await work.commit()
    day = await rehearse(town.office, jakarta("2026-04-15 09:00"))
    assert ("late to citizen", Why.BLOCKED) in {(each.job, each.why) for each in day.left_unsaid}


async def test_what_is_not_due_says_when_it_will_be(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    outlook = await rehearse(town.office, jakarta("2026-04-08 09:00"))
    quiet = {each.subject: each for each in outlook.left_unsaid if each.job == "remind"}
    assert quiet[f"{case.number} first_follow_up"].why is Why.NOT_DUE
    assert quiet[f"{case.number} first_follow_up"].until == jakarta("2026-04-14 16:00")
