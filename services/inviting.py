"""A way into an office: made by whoever decides about it, worth what its maker may still give, used once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from domain.audit import Act
from domain.examination import INSPECTORATE
from domain.lifecycle import WORKERS, Role
from domain.permissions import Actor, Membership
from domain.refusals import InviteInvalid, NotUnderstood, StaffNotFound
from domain.staffing import EVERYWHERE, StaffWord, may_appoint, offices_to_fill
from domain.start_links import looks_like_link
from services.caller import Caller
from services.handing_over import HandingOver
from services.office import Office, province_of
from services.people import actor_of
from services.staff_sheets import InviteSheet, OfficeChoice, OfficesSheet
from storage.tables_offices import Invite, StaffMembership
from storage.unit_of_work import UnitOfWork

INVITE_LASTS = timedelta(days=3)
"""How long an invitation may wait."""

TOKEN_BYTES = 18
"""Random bytes of an invitation: 24 characters of a deep link's 64."""


def token_hash(token: str) -> str:
    """What is kept of an invitation's token."""
    return sha256(token.encode()).hexdigest()


async def issue(office: Office, work: UnitOfWork, wanted: Membership, designation: str | None, by: int | None) -> str:
    """Makes an invitation and returns its token; only its hash is kept. `by`: the person who made it, if one did."""
    while looks_like_link(token := secrets.token_urlsafe(TOKEN_BYTES)):
        continue
    now = office.clock()
    invite = Invite(
        token_hash=token_hash(token),
        role=wanted.role,
        government_id=wanted.government_id,
        unit_id=wanted.unit_id,
        province=wanted.province,
        created_at=now,
        expires_at=now + INVITE_LASTS,
        invited_by=by,
    )
    await work.invites.add(invite, designation)
    _note(work, Act.INVITE, invite, by)
    return token


async def admit(office: Office, work: UnitOfWork, person_id: int, token: str) -> Invite:
    """Uses an invitation up for somebody, and tells whoever made it, and of a new judge everybody who is one.

    Raises `InviteInvalid` when it is unknown, used or expired, or when its maker may no longer give what it gives.
    """
    invite = await work.invites.use(token_hash(token), person_id, office.clock())
    if invite is None:
        raise InviteInvalid
    wanted = Membership(invite.role, invite.government_id, invite.unit_id, invite.province)
    maker = invite.invited_by
    if maker is not None and not await _may_appoint(work, await actor_of(work, await work.people.get(maker)), wanted):
        raise InviteInvalid
    row = await appoint(office, work, person_id, wanted)
    if designation := work.invites.open_name(invite):
        await work.identities.name_staff(person_id, designation)
    _note(work, Act.JOIN, invite, person_id)
    handing = HandingOver(office, work)
    if maker is not None:
        await handing.tell(StaffWord.JOINED, [maker], row)
    await handing.tell(StaffWord.ARRIVED, set(await handing.fellow_judges(row)) - {maker}, row)
    return invite


def office_of(row: StaffMembership) -> Membership:
    """What the rules need to know of an office that somebody holds."""
    return Membership(row.role, row.government_id, row.unit_id, row.province)


async def appoint(office: Office, work: UnitOfWork, person_id: int, wanted: Membership) -> StaffMembership:
    """Gives somebody an office; one that they hold already is theirs once."""
    for row in await work.staff.memberships_of(person_id):
        if office_of(row) == wanted:
            return row
    row = StaffMembership(
        person_id=person_id,
        role=wanted.role,
        government_id=wanted.government_id,
        unit_id=wanted.unit_id,
        province=wanted.province,
        since=office.clock(),
    )
    work.staff.add(row)
    await work.flush()
    return row


class Inviting:
    """Invitations from chat. Raises `StaffNotFound` for an office that is not the caller's to give."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    def roles(self, by: Caller) -> tuple[Role, ...]:
        """What the caller may invite somebody as."""
        return offices_to_fill(by.actor)

    async def offices(
        self, by: Caller, role: Role, government_id: int | None = None, unit_id: int | None = None
    ) -> OfficesSheet:
        """Where the role may be given: first the governments, if there are several, then the units of one."""
        async with self._office.database.reading() as work:
            return await self._offices(work, by, role, government_id, unit_id)

    async def invite(
        self, by: Caller, role: Role, government_id: int | None = None, unit_id: int | None = None
    ) -> InviteSheet:
        """Makes a single-use invitation that lasts three days; raises `NotUnderstood` while something is not chosen."""
        async with self._office.database.work(by.cause) as work:
            sheet = await self._offices(work, by, role, government_id, unit_id)
            if not sheet.ready:
                raise NotUnderstood("choice_unknown")
            government = await self._office.government(work, sheet.government_id)
            province = province_of(government) if role is Role.PROVINCE_HUB else None
            wanted = Membership(role, sheet.government_id, sheet.unit_id, province)
            if not await _may_appoint(work, by.actor, wanted):
                raise StaffNotFound
            token = await issue(self._office, work, wanted, None, by.actor.person_id)
            await work.commit()
            return InviteSheet(token, role, sheet.government, sheet.unit)

    async def _offices(
        self, work: UnitOfWork, by: Caller, role: Role, government_id: int | None, unit_id: int | None
    ) -> OfficesSheet:
        if role not in offices_to_fill(by.actor):
            raise StaffNotFound
        if role in EVERYWHERE:
            return OfficesSheet(role)
        governments = await self._governments(work, by, role)
        if government_id is None and len(governments) == 1:
            government_id = governments[0].id
        if government_id is None:
            return OfficesSheet(role, governments=governments)
        name = next((each.name for each in governments if each.id == government_id), None)
        if name is None:
            raise StaffNotFound
        if role not in WORKERS:
            return OfficesSheet(role, government_id=government_id, government=name)
        units = await self._units(work, by, role, government_id)
        if unit_id is None and len(units) == 1:
            unit_id = units[0].id
        if unit_id is None:
            return OfficesSheet(role, units=units, government_id=government_id, government=name)
        unit = next((each.name for each in units if each.id == unit_id), None)
        if unit is None:
            raise StaffNotFound
        return OfficesSheet(role, government_id=government_id, government=name, unit_id=unit_id, unit=unit)

    @staticmethod
    async def _governments(work: UnitOfWork, by: Caller, role: Role) -> tuple[OfficeChoice, ...]:
        """The governments where the caller may give a role, the own ones or all."""
        rows = await work.directory.governments()
        theirs = {m.government_id for m in by.actor.memberships if m.role in (Role.COORDINATOR, Role.UNIT_HEAD)}
        if role is Role.PROVINCE_HUB:
            allowed = [row for row in rows if row.level == "province"]
        else:
            everywhere = by.actor.holds(Role.NATIONAL_ADMIN)
            allowed = [row for row in rows if row.id in theirs or (everywhere and row.served)]
        return tuple(OfficeChoice(row.id, row.name) for row in allowed)

    @staticmethod
    async def _units(work: UnitOfWork, by: Caller, role: Role, government_id: int) -> tuple[OfficeChoice, ...]:
        rows = await work.directory.units(government_id)
        allowed = [row for row in rows if may_appoint(by.actor, Membership(role, government_id, row.id), row.kind)]
        if role is Role.INSPECTOR:
            allowed = [row for row in allowed if row.kind == INSPECTORATE]
        return tuple(OfficeChoice(row.id, row.name) for row in allowed)


async def _may_appoint(work: UnitOfWork, actor: Actor, wanted: Membership) -> bool:
    unit = await work.directory.unit(wanted.unit_id) if wanted.unit_id is not None else None
    return may_appoint(actor, wanted, unit.kind if unit else None)


def _note(work: UnitOfWork, act: Act, invite: Invite, person_id: int | None = None) -> None:
    """Writes down who was let in where, without the name."""
    work.audit.note(
        act,
        person_id=person_id,
        invite=invite.id,
        given=invite.role.value,
        government=invite.government_id,
        unit=invite.unit_id,
    )
