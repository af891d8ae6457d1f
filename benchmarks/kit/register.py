"""Fills a register with made-up complaints in bulk: the same size gives the same rows, on either engine.

The register grows as a real one does: a thousand complaints a day, the newest ones open, the rest history. What lies
open is bounded by how many people work; what is closed is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Subquery,
    and_,
    case,
    insert,
    literal,
    literal_column,
    or_,
    select,
    text,
)

from benchmarks.kit.spelling import Spelling, roll
from domain.cadence import TIERS
from domain.lifecycle import OPEN_STATUSES, Action, ClockKind, Role, Status
from domain.messages import NO_LONGER_TRUE, InboxState, Notice, OutboxState, Visibility
from storage.engine import async_url, create_engine
from storage.tables import Base
from storage.tables_complaints import ClockRow, Complaint, Event, Rating
from storage.tables_messages import ChatLease, InboxUpdate, OutboxMessage
from storage.tables_offices import Government, StaffMembership, Unit
from storage.tables_people import Person
from storage.tables_support import Support
from storage.tables_time import Escalation

A_DAY = 1_000
"""Complaints a day, in the whole register."""

OPEN_WINDOW = 8_400
"""So many of the newest are still open: 40 % of them lie with the big government, 2,000 with its biggest unit."""

BIG, BIG_UNIT, BIG_UNITS = 1, 1, 40
GOVERNMENTS, UNITS = 49, 5
SP4N = GOVERNMENTS + 1
"""What comes to this one lies at the desk that forwards to SP4N, with no government at all."""

OFFICER, COORDINATOR, CITIZEN, ADMIN = 1, 2, 3, 4
"""People by their numbers; the citizen has filed two hundred of the newest."""

NOW = datetime(2026, 4, 7, 2, 0, tzinfo=UTC)
"""Tuesday, 09:00 in Jakarta."""

_TELLS = (
    "Jalan di depan pasar berlubang besar sejak hujan bulan lalu, pengendara motor sering jatuh kalau malam. "
    "Sudah dua kali dilaporkan ke RT dan belum ada yang datang melihat. Laporan ke-"
)
_ANSWERS = "Tim lapangan sudah memeriksa lokasi dan menambal sementara; perbaikan tetap dijadwalkan pekan depan."
_CLOSED_WAYS = (Status.ARCHIVED, Status.MERGED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Size:
    """How many complaints, how many of the newest are still open, and how many come in a day."""

    complaints: int
    open_window: int = OPEN_WINDOW
    a_day: int = A_DAY

    @property
    def people(self) -> int:
        """Citizens file a little more than one complaint each."""
        return self.complaints * 3 // 4 + 10


async def fill(url: str, size: Size) -> None:
    """Fills a migrated, empty database; on PostgreSQL as a superuser, who may leave foreign keys for later."""
    engine = create_engine(async_url(url), writes=True, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda bare: _Filler(bare, size).fill())
        if engine.dialect.name == "postgresql":
            async with engine.connect() as connection:
                plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
                # The planner of a running register has its statistics; a fresh one is given them. SQLite has none.
                await plain.execute(text("VACUUM ANALYZE"))
    finally:
        await engine.dispose()


class _Filler:
    """The statements, in the order in which rows point at each other."""

    def __init__(self, connection: Connection, size: Size) -> None:
        self._connection = connection
        self._size = size
        self._postgresql = connection.dialect.name == "postgresql"
        self._sql = Spelling(NOW, postgresql=self._postgresql)

    def fill(self) -> None:
        """Indexes are made again at the end: filling them row by row takes several times as long."""
        indexes = [index for table in Base.metadata.sorted_tables for index in table.indexes]
        for index in indexes:
            index.drop(self._connection)
        if self._postgresql:
            self._connection.execute(text("SET LOCAL session_replication_role = replica"))
        self._offices()
        self._people()
        self._complaints()
        self._clocks()
        self._climbed()
        self._timeline()
        self._afterwards()
        self._messages()
        for index in indexes:
            index.create(self._connection)
        self._sequences()

    def _offices(self) -> None:
        governments = [
            {
                "id": number,
                "code": f"99.{number:02}",
                "name": f"Kota Contoh {number}",
                "level": "regency",
                "time_zone": "Asia/Jakarta",
            }
            for number in range(1, GOVERNMENTS + 1)
        ]
        units = [
            {"id": number, "government_id": owner, "code": f"u{number}", "name": f"Dinas {number}", "kind": "dinas"}
            for owner in range(1, GOVERNMENTS + 1)
            for number in units_of(owner)
        ]
        self._connection.execute(insert(Government), governments)
        self._connection.execute(insert(Unit), units)

    def _people(self) -> None:
        n = self._sql.series(self._size.people)
        self._into(Person, n, id=n.c.n, created_at=_literal(NOW), last_seen_at=_literal(NOW))
        staff = (
            (OFFICER, Role.OFFICER, BIG, BIG_UNIT),
            (COORDINATOR, Role.COORDINATOR, BIG, None),
            (ADMIN, Role.NATIONAL_ADMIN, None, None),
        )
        # Every desk and every unit has somebody, who is a citizen too.
        desks = [(10 + n, Role.COORDINATOR, n, None) for n in range(2, GOVERNMENTS + 1)]
        units = [
            (100 + unit, Role.OFFICER, owner, unit) for owner in range(1, GOVERNMENTS + 1) for unit in units_of(owner)
        ]
        rows = [
            {"person_id": person, "role": role, "government_id": government, "unit_id": unit, "since": NOW}
            for person, role, government, unit in (*staff, *desks, *units)
        ]
        self._connection.execute(insert(StaffMembership), rows)

    def _complaints(self) -> None:
        rows, size = self._rolled(), self._size
        number, age, place = rows.c.n, rows.c.age, rows.c.place
        mine = and_(age % 40 == 7, age < 8_000)
        received = self._sql.at(literal(int(NOW.timestamp())) - age * (86_400 // size.a_day))
        closed = rows.c.status.not_in([status.value for status in OPEN_STATUSES])
        finished = rows.c.status.in_([Status.DONE.value, Status.CLOSED.value])
        waits = rows.c.status == Status.SUBMITTED.value
        self._into(
            Complaint,
            rows,
            id=number,
            number=literal("N") + self._sql.digits(number),
            person_id=case((mine, CITIZEN), else_=10 + roll(number, 5, size.people - 10)),
            kind=literal("complaint"),
            complaint_class=case((waits, None), (rows.c.roll < 3, "supervisory"), else_="ordinary"),
            status=rows.c.status,
            held_from=case((rows.c.status == Status.ON_HOLD.value, "in_progress"), else_=None),
            text=literal(_TELLS) + self._sql.digits(number),
            place=self._sql.json('{"district": "Kecamatan ', place % 12, '"}'),
            government_id=case((rows.c.owner == SP4N, None), else_=rows.c.owner),
            unit_id=case((or_(waits, rows.c.owner == SP4N), None), else_=rows.c.unit),
            sector=literal("sector-") + self._sql.digits(place % 20),
            accuses=rows.c.roll < 3,
            confident=rows.c.roll % 2 == 0,
            regency_code=self._sql.digits(rows.c.owner, 5),
            district_code=self._sql.digits(rows.c.owner * 100 + place % 12, 8),
            supporters=case((rows.c.roll < 90, 0), else_=rows.c.roll - 90),
            regulation_version=literal("permenpanrb-5-2025"),
            outcome_resolved=case((and_(closed, rows.c.roll < 40), True), else_=None),
            received_at=received,
            verified_at=case((waits, None), else_=self._sql.by(received, 2)),
            first_followed_up_at=case((finished, self._sql.by(received, 4)), else_=None),
            done_at=case((finished, self._sql.by(received, 8)), else_=None),
            closed_at=case((rows.c.status == Status.CLOSED.value, self._sql.by(received, 12)), else_=None),
        )

    def _rolled(self) -> Subquery:
        """Every number with its dice: whose it is, how old, how it stands."""
        n = self._sql.series(self._size.complaints).c.n
        rolled, place = roll(n, 3, 100), roll(n, 4, 1_000)
        owner = case((roll(n, 1, 10) < 4, BIG), else_=2 + roll(n, 2, SP4N - 1))
        first = select(n, (self._size.complaints - n).label("age"), owner.label("owner"), rolled.label("roll"))
        dice = first.add_columns(place.label("place"), roll(n, 6, 100).label("slow")).subquery()
        in_big = case((dice.c.place < 600, BIG_UNIT), else_=2 + dice.c.place % (BIG_UNITS - 1))
        elsewhere = BIG_UNITS + (dice.c.owner - 2) * UNITS + 1 + dice.c.place % UNITS
        unit = case((dice.c.owner == BIG, in_big), else_=elsewhere)
        placed = select(*dice.c, unit.label("unit")).subquery()
        return select(*placed.c, self._status(placed).label("status")).subquery()

    def _status(self, rows: Subquery) -> ColumnElement[str]:
        """New ones are open; of old ones two in a hundred drag on, but for the big unit, whose queue is bounded."""
        drags = and_(rows.c.slow < 2, rows.c.unit != BIG_UNIT)
        young = rows.c.age < self._size.open_window
        recent = rows.c.age < self._size.open_window * 5 // 4
        return case(
            (and_(young, or_(rows.c.roll < 10, rows.c.owner == SP4N)), Status.SUBMITTED.value),
            (and_(or_(young, drags), rows.c.roll < 45), Status.FORWARDED.value),
            (and_(or_(young, drags), rows.c.roll < 95), Status.IN_PROGRESS.value),
            (or_(young, drags), Status.ON_HOLD.value),
            (recent, Status.DONE.value),
            (rows.c.roll < 80, Status.CLOSED.value),
            (rows.c.roll < 92, Status.ARCHIVED.value),
            (rows.c.roll < 95, Status.MERGED.value),
            else_=Status.WITHDRAWN.value,
        )

    def _clocks(self) -> None:
        """Four kinds; the first two of what is done have stopped in time, but for one in ten."""
        every = frozenset(Status)
        gone = every - OPEN_STATUSES
        plan = (
            (ClockKind.VERIFY, 3, every, every - {Status.SUBMITTED}),
            (ClockKind.FIRST_FOLLOW_UP, 7, every - {Status.SUBMITTED}, gone | {Status.IN_PROGRESS, Status.ON_HOLD}),
            (ClockKind.RESOLVE, 84, every - {Status.SUBMITTED}, gone),
            (ClockKind.REACT, 14, frozenset({Status.DONE, Status.CLOSED}), frozenset({Status.CLOSED})),
        )
        for kind, days, having, stopped in plan:
            due = self._sql.later(Complaint.received_at, days)
            stop = self._sql.by(Complaint.received_at, min(days - 1, 8))
            held = Complaint.status == Status.ON_HOLD
            self._into(
                ClockRow,
                Complaint,
                having,
                complaint_id=Complaint.id,
                kind=literal(kind.value),
                limit_days=literal(days),
                regulation_version=literal("permenpanrb-5-2025"),
                time_zone=literal("Asia/Jakarta"),
                started_at=Complaint.received_at,
                due_at=due,
                original_due_at=due,
                paused_at=case((and_(held, literal(kind is ClockKind.RESOLVE)), due), else_=None),
                stopped_at=case((Complaint.status.in_(stopped), stop), else_=None),
                taken_days=case((Complaint.status.in_(stopped), min(days - 1, 6)), else_=None),
            )

    def _climbed(self) -> None:
        """What has been late for long was told on every level, long ago."""
        long_late = (ClockRow.stopped_at.is_(None), ClockRow.due_at < NOW - timedelta(days=20))
        for days, tier in enumerate(TIERS, start=1):
            at = self._sql.later(ClockRow.due_at, 3 * days)
            rows = select(ClockRow.id, ClockRow.complaint_id, literal(tier.value), at).where(*long_late)
            columns = ["clock_id", "complaint_id", "tier", "at"]
            self._connection.execute(insert(Escalation).from_select(columns, rows.order_by(ClockRow.id)))

    def _timeline(self) -> None:
        every = frozenset(Status)
        at_unit = every - {Status.SUBMITTED}
        worked = at_unit - {Status.FORWARDED, *_CLOSED_WAYS}
        done = frozenset({Status.DONE, Status.CLOSED})
        plan = (
            (None, Role.CITIZEN, every, Status.SUBMITTED, 0),
            (Action.FORWARD, Role.COORDINATOR, at_unit, Status.FORWARDED, 2),
            (Action.FOLLOW_UP, Role.OFFICER, worked, Status.IN_PROGRESS, 4),
            (Action.MARK_DONE, Role.OFFICER, done, Status.DONE, 8),
            (Action.CLOSE, Role.SYSTEM, frozenset({Status.CLOSED}), Status.CLOSED, 12),
        )
        for action, role, having, to, days in plan:
            reply = role is Role.OFFICER
            by_unit = Complaint.unit_id if reply else literal(None, BigInteger())
            self._into(
                Event,
                Complaint,
                having,
                complaint_id=Complaint.id,
                at=self._sql.by(Complaint.received_at, days),
                action=literal(action.value if action else None),
                role=literal(role.value),
                person_id=literal({Role.OFFICER: OFFICER, Role.COORDINATOR: COORDINATOR}.get(role), BigInteger()),
                unit_id=by_unit,
                to_status=literal(to.value),
                visibility=literal(Visibility.PUBLIC.value),
                text=literal(_ANSWERS if reply else None),
                substantive=Complaint.id % 10 != 0 if reply else literal_column("NULL"),
            )

    def _afterwards(self) -> None:
        closed = frozenset({Status.CLOSED})
        answer = case((Complaint.id % 7 == 0, "dissatisfied"), else_="satisfied")
        rated = self._sql.by(Complaint.received_at, 9)
        few = Complaint.id % 3 == 0
        columns = {"complaint_id": Complaint.id, "first_rated_at": rated, "rated_at": rated}
        self._into(Rating, Complaint, closed, few, **columns, round=literal(1), satisfaction=answer)
        supporter = 10 + roll(Complaint.id, 7, self._size.people - 10)
        since = Complaint.received_at
        self._into(
            Support, Complaint, frozenset(Status), few, complaint_id=Complaint.id, person_id=supporter, since=since
        )

    def _messages(self) -> None:
        """What was sent of a year, what was worked of a week: older rows are not kept."""
        size = self._size.complaints
        sent = Complaint.id > size - 365 * self._size.a_day
        for notice, days in ((Notice.RECEIPT, 0), (Notice.UPDATE, 4)):
            at = self._sql.by(Complaint.received_at, days)
            self._into(
                OutboxMessage,
                Complaint,
                frozenset(Status),
                sent,
                unique_key=literal(f"{notice}:") + self._sql.digits(Complaint.id),
                person_id=Complaint.person_id,
                kind=literal(notice.value),
                complaint_id=Complaint.id,
                priority=literal(int(notice.priority)),
                not_before=at,
                # One in twenty came too late to be true, one in two hundred did not arrive.
                state=case((Complaint.id % 20 < 1, OutboxState.FAILED.value), else_=OutboxState.SENT.value),
                error=case((Complaint.id % 200 == 0, "unknown"), (Complaint.id % 20 == 0, NO_LONGER_TRUE), else_=None),
                message_id=Complaint.id,
                created_at=at,
                sent_at=at,
            )
        n = self._sql.series(min(size, 7 * self._size.a_day) * 6)
        at = self._sql.at(literal(int(NOW.timestamp())) - n.c.n * 15)
        self._into(
            InboxUpdate,
            n,
            update_id=n.c.n,
            chat_index=literal("chat-") + self._sql.digits(roll(n.c.n, 8, size)),
            state=literal(InboxState.DONE.value),
            not_before=at,
            received_at=at,
            worked_at=at,
        )
        n = self._sql.series(size)
        self._into(ChatLease, n, chat_index=literal("chat-") + self._sql.digits(n.c.n), fence=literal(1))

    def _sequences(self) -> None:
        """Rows that came with their ids leave the counters of PostgreSQL behind."""
        if not self._postgresql:
            return
        for table in (Government, Unit, Person, Complaint):
            name = table.__tablename__
            self._connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
            )

    def _into(
        self,
        table: type[Base],
        source: FromClause | type[Base],
        having: frozenset[Status] | None = None,
        *conditions: ColumnElement[bool],
        **columns: Any,
    ) -> None:
        """One INSERT ... SELECT; what is not named gets the default of its column."""
        rows = select(*columns.values()).select_from(source)
        if having is not None and having != frozenset(Status):
            rows = rows.where(Complaint.status.in_(sorted(having)))
        # In order: a register is written in the order of time, and its pages lie so.
        order = Complaint.id if source is Complaint else source.c.n  # type: ignore[union-attr]
        self._connection.execute(insert(table).from_select(list(columns), rows.where(*conditions).order_by(order)))


def units_of(government: int) -> Sequence[int]:
    """The numbers of a government's units; the big one has forty, the others five."""
    if government == BIG:
        return range(1, BIG_UNITS + 1)
    first = BIG_UNITS + (government - 2) * UNITS + 1
    return range(first, first + UNITS)


def _literal(instant: datetime) -> ColumnElement[Any]:
    return literal(instant, Person.created_at.type)
