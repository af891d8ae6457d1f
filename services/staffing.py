"""Who works where, for whoever decides about it: seen, ended, and handed to a colleague, each after a preview."""

from __future__ import annotations

from collections.abc import Sequence

from domain.audit import Act
from domain.lifecycle import WORKERS, Role
from domain.permissions import SYSTEM
from domain.refusals import NotUnderstood, StaffNotFound, StaleStep
from domain.staffing import ACTING, IDLE_AFTER, StaffWord, may_appoint
from services.caller import Caller
from services.handing_over import HandingOver
from services.handling import PAGE
from services.inviting import appoint, office_of
from services.office import Office
from services.staff_sheets import ChangedSheet, ChangeSheet, StaffLine, StaffList, StaffPage
from storage.tables_offices import StaffMembership
from storage.unit_of_work import UnitOfWork

OPERATOR = Caller(person_id=0, actor=SYSTEM, locale="en")
"""Who sits at the command line: no person of ours, and free to decide about everybody."""

DESIGNATION_MAX = 60
"""Characters of a designation: it stands in a list on a phone."""


class Staffing:
    """Raises `StaffNotFound` for an office about which the caller does not decide, as for one that is not there."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def everybody(self) -> StaffList:
        """Who works here, and where nobody does."""
        async with self._office.database.reading() as work:
            governments = {row.id: row.name for row in await work.directory.governments() if row.served}
            empty = await work.staff.units_without_anybody()
            return StaffList(
                await self._lines(work, OPERATOR, await work.staff.everybody()),
                tuple(f"{governments.get(unit.government_id, '?')}: {unit.name}" for unit in empty),
                tuple([name for key, name in governments.items() if not await work.staff.at_desk(key)]),
                bool(await work.staff.at_desk(None)),
            )

    async def page(self, by: Caller, page: int = 0) -> StaffPage:
        """Those about whom the caller decides, office by office; one page."""
        since = self._office.clock() - IDLE_AFTER
        async with self._office.database.reading() as work:
            rows = await work.staff.page_within(by.actor, PAGE + 1, page * PAGE)
            empty = await work.staff.units_without_anybody(by.actor)
            return StaffPage(
                await self._lines(work, by, rows[:PAGE]),
                len(rows) > PAGE,
                await work.staff.idle_within(by.actor, None, since),
                tuple(unit.name for unit in empty),
            )

    async def one(self, by: Caller, membership_id: int) -> StaffLine:
        """One of them."""
        async with self._office.database.reading() as work:
            return await self._line(work, by, await _within(work, by, membership_id))

    async def colleagues(self, by: Caller, membership_id: int) -> tuple[StaffLine, tuple[StaffLine, ...]]:
        """An office, and who of its unit could take over; whoever can be reached and is not idle comes first."""
        async with self._office.database.reading() as work:
            row = await _within(work, by, membership_id)
            unit = await work.staff.of_unit(row.unit_id) if row.unit_id is not None else ()
            rows = {each.person_id: each for each in unit if each.role in WORKERS and each.person_id != row.person_id}
            lines = await self._lines(work, by, tuple(rows.values()))
            fitting = sorted(lines, key=lambda line: (not line.reachable, line.idle, line.id))
            return await self._line(work, by, row), tuple(fitting)

    async def preview(self, by: Caller, membership_id: int, heir_id: int | None = None) -> ChangeSheet:
        """First tap: what ending an office, or giving its work to a colleague, would change.

        Raises `NotUnderstood("own_office")` for one's own office in a unit: whoever could leave it at will would read
        the next moment what accuses it.
        """
        async with self._office.database.reading() as work:
            row = await _within(work, by, membership_id)
            heir = await _colleague(work, row, heir_id) if heir_id is not None else None
            return await self._preview(work, by, row, heir)

    async def revoke(
        self, by: Caller, membership_id: int, heir_id: int | None = None, serial: int | None = None
    ) -> ChangedSheet:
        """Second tap: ends an office. Its work goes to a colleague of the unit, or back to the unit's queue.

        Raises `StaleStep` when something that the preview said is no longer so, and `NotUnderstood` for an heir who
        does not work in the unit.
        """
        async with self._office.database.work(by.cause) as work:
            row = await _within(work, by, membership_id, lock=True)
            heir = await _colleague(work, row, heir_id) if heir_id is not None else None
            before = await self._previewed(work, by, row, heir, serial)
            moved = await self._end(work, by, row, heir)
            work.audit.note(
                Act.REVOKE,
                person_id=by.actor.person_id,
                membership=row.id,
                person=row.person_id,
                heir=heir.person_id if heir else None,
                complaints=len(moved),
            )
            await work.commit()
            return _changed(before, moved, ends=True)

    async def transfer(
        self, by: Caller, membership_id: int, heir_id: int, *, office: bool = False, serial: int | None = None
    ) -> ChangedSheet:
        """Gives what somebody has in hand to a colleague of the unit; with `office` also the office itself.

        An office may go to anybody about whom the caller decides. Raises as `revoke` does, and
        `NotUnderstood("nothing_in_hand")` when there is nothing to give.
        """
        async with self._office.database.work(by.cause) as work:
            row = await _within(work, by, membership_id, lock=True)
            heir = await (_within(work, by, heir_id) if office else _colleague(work, row, heir_id))
            if heir.person_id == row.person_id:
                raise NotUnderstood("heir_elsewhere")
            before = await self._previewed(work, by, row, heir, serial)
            if not office and not before.line.in_hand:
                raise NotUnderstood("nothing_in_hand")
            if office:
                heir = await appoint(self._office, work, heir.person_id, office_of(row))
                handing = HandingOver(self._office, work)
                await handing.tell(StaffWord.ARRIVED, set(await handing.fellow_judges(heir)) - {by.person_id}, heir)
                moved = await self._end(work, by, row, heir)
            else:
                moved = await self._give(work, by, row, heir)
            work.audit.note(
                Act.TRANSFER,
                person_id=by.actor.person_id,
                membership=row.id,
                person=row.person_id,
                heir=heir.person_id,
                office=int(office),
                complaints=len(moved),
            )
            await work.commit()
            return _changed(before, moved, ends=office)

    async def designate(self, by: Caller, membership_id: int, words: str) -> StaffLine:
        """Calls a member of staff by what they do, so that lists can be read; raises `NotUnderstood`."""
        said = " ".join(words.split())
        if not 0 < len(said) <= DESIGNATION_MAX:
            raise NotUnderstood("designation_length")
        async with self._office.database.work(by.cause) as work:
            row = await _within(work, by, membership_id)
            await work.identities.name_staff(row.person_id, said)
            line = await self._line(work, by, row)
            await work.commit()
            return line

    async def _previewed(
        self, work: UnitOfWork, by: Caller, row: StaffMembership, heir: StaffMembership | None, serial: int | None
    ) -> ChangeSheet:
        found = await self._preview(work, by, row, heir)
        if serial not in (None, found.serial):
            raise StaleStep
        return found

    async def _preview(
        self, work: UnitOfWork, by: Caller, row: StaffMembership, heir: StaffMembership | None
    ) -> ChangeSheet:
        if row.person_id == by.person_id and row.role in WORKERS:
            raise NotUnderstood("own_office")
        line = await self._line(work, by, row)
        handing = HandingOver(self._office, work)
        last_of_unit = row.role in WORKERS and not await handing.left_in_unit(row)
        last_at_desk = row.role in _DESKS and not await handing.left_at_desk(row)
        waiting = await work.staff.waiting_in(by.actor, row.unit_id) if row.unit_id and last_of_unit else 0
        return ChangeSheet(
            line=line,
            heir=await self._line(work, by, heir) if heir else None,
            last_of_unit=last_of_unit,
            last_at_desk=last_at_desk,
            waiting=waiting,
            in_group=await handing.group_of(row) is not None,
            serial=line.in_hand * 4 + 2 * last_of_unit + last_at_desk,
        )

    async def _end(self, work: UnitOfWork, by: Caller, row: StaffMembership, heir: StaffMembership | None) -> list[int]:
        """Ends an office with everything that follows; returns the complaints that changed hands."""
        handing, leaver = HandingOver(self._office, work), row.person_id
        row.revoked_at = self._office.clock()
        await work.flush()
        moved = await handing.move(row, heir.person_id if heir else None)
        unsent = await handing.drop_words(leaver)
        if not await work.staff.memberships_of(leaver):
            await work.identities.name_staff(leaver, None)
        if leaver != by.person_id:
            await handing.tell(StaffWord.LEFT, [leaver], row, unsent=unsent)
        colleagues = await handing.left_in_unit(row)
        if moved and heir is not None:
            await handing.tell(StaffWord.RECEIVED, [heir.person_id], row, moved)
        elif moved and colleagues:
            await handing.tell(StaffWord.QUEUED, colleagues, row, moved)
        if row.role in WORKERS and not colleagues:
            await handing.leave_group(row, by.actor.person_id)
            await handing.tell(StaffWord.UNIT_EMPTY, await handing.desk_above(row.government_id), row)
        if row.role is Role.COORDINATOR and not await work.staff.at_desk(row.government_id):
            await handing.tell(StaffWord.DESK_EMPTY, await work.staff.at_desk(None), row)
        return moved

    async def _give(self, work: UnitOfWork, by: Caller, row: StaffMembership, heir: StaffMembership) -> list[int]:
        handing = HandingOver(self._office, work)
        moved = await handing.move(row, heir.person_id)
        await handing.tell(StaffWord.RECEIVED, {heir.person_id} - {by.person_id}, row, moved)
        await handing.tell(StaffWord.GIVEN, {row.person_id} - {by.person_id}, row, moved)
        return moved

    async def _line(self, work: UnitOfWork, by: Caller, row: StaffMembership) -> StaffLine:
        return (await self._lines(work, by, (row,)))[0]

    async def _lines(self, work: UnitOfWork, by: Caller, rows: Sequence[StaffMembership]) -> tuple[StaffLine, ...]:
        people, since = {row.person_id for row in rows}, self._office.clock() - IDLE_AFTER
        in_hand = await work.staff.in_hand(by.actor, people)
        active = await work.staff.active_since(people, since)
        lines = []
        for row in rows:
            government = await self._office.government(work, row.government_id)
            unit = await work.directory.unit(row.unit_id) if row.unit_id is not None else None
            person = await work.people.get(row.person_id)
            lines.append(
                StaffLine(
                    id=row.id,
                    person_id=row.person_id,
                    role=row.role,
                    government=government.name if government else None,
                    unit=unit.name if unit else None,
                    designation=await work.identities.staff_name_of(row.person_id),
                    since=row.since,
                    reachable=person.unreachable_since is None,
                    idle=row.role in ACTING and row.since < since and row.person_id not in active,
                    in_hand=in_hand.get((row.person_id, row.unit_id), 0) if row.role in WORKERS else 0,
                    mine=row.person_id == by.person_id,
                )
            )
        return tuple(lines)


def _changed(before: ChangeSheet, moved: Sequence[int], *, ends: bool) -> ChangedSheet:
    """What was done, as the preview counted it: a difference would tell of what accuses a unit of the reader."""
    gone = ends and before.last_of_unit and before.heir is None
    return ChangedSheet(before.line, before.heir, before.line.in_hand if moved else 0, gone, ends and before.in_group)


_DESKS = frozenset({Role.COORDINATOR, Role.NATIONAL_ADMIN})


async def _within(work: UnitOfWork, by: Caller, membership_id: int, *, lock: bool = False) -> StaffMembership:
    row = await work.staff.within(by.actor, membership_id, lock=lock)
    unit = await work.directory.unit(row.unit_id) if row is not None and row.unit_id is not None else None
    if row is None or not may_appoint(by.actor, office_of(row), unit.kind if unit else None):
        raise StaffNotFound
    return row


async def _colleague(work: UnitOfWork, row: StaffMembership, heir_id: int) -> StaffMembership:
    """Somebody else who works in the unit of an office; a foreign number is answered as a missing one."""
    unit = await work.staff.of_unit(row.unit_id) if row.unit_id is not None else ()
    for each in unit:
        if each.id == heir_id and each.role in WORKERS and each.person_id != row.person_id:
            return each
    raise NotUnderstood("heir_elsewhere")
