"""People meet us: who asks, in which roles and language, what they have read, whether they can be reached."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.fair_use import MINUTE, Admission
from domain.lifecycle import Role
from domain.permissions import Actor, Membership
from services.caller import Caller
from services.fairness import admission_of
from services.office import Office
from storage.queries.guests import Known
from storage.tables_people import Person
from storage.unit_of_work import Cause, UnitOfWork

DESK_MENU, OFFICER_MENU, HEAD_MENU, INSPECTOR_MENU = "coordinator", "officer", "unit_head", "inspector"
NATIONAL_MENU, FIGURES_MENU, CITIZEN_MENU = "national", "figures", "citizen"
"""Which commands a person is offered."""


@dataclass(frozen=True)
class TelegramPerson:
    """What Telegram says of somebody who writes; names go into the sealed identity and nowhere else.

    `locale` is our language that fits the person's phone; it counts at the first meeting only.
    """

    chat_id: int
    name: str | None = None
    username: str | None = None
    locale: str = "id"


@dataclass(frozen=True)
class Guest:
    """Somebody at the door: who asks, whether they are to be heard, and how they stand just now."""

    by: Caller
    admission: Admission
    known: Known


@dataclass(frozen=True)
class MenuDue:
    """Which commands a person is to be offered, and in which language they read them now."""

    menu: str
    locale: str


class People:
    """Everything about persons that is not about a complaint."""

    def __init__(self, office: Office) -> None:
        """Works on the shared register."""
        self._office = office

    async def receive(self, telegram: TelegramPerson, cause: Cause | None = None) -> Guest:
        """Everything that must be known of somebody before they are heard; most find nothing to be written down."""
        async with self._office.database.asking() as work:
            known = await self._known(work, telegram, cause)
            if known is not None and _as_before(known, telegram):
                return await self._guest(work, known, cause)
        async with self._office.database.work() as work:
            await self._met(work, telegram)
            await work.flush()
            known = await self._known(work, telegram, cause)
            if known is None:
                raise LookupError("somebody who was met just now is not known")
            guest = await self._guest(work, known, cause)
            await work.commit()
            return guest

    async def meet(self, telegram: TelegramPerson, cause: Cause | None = None) -> Caller:
        """Knows somebody again, or makes their acquaintance; who writes can be reached again.

        It does not mark the update as worked: whatever the person wants is still to be done.
        """
        async with self._office.database.work() as work:
            person = await self._met(work, telegram)
            caller = Caller(person.id, await actor_of(work, person), person.locale, cause)
            await work.commit()
            return caller

    async def _met(self, work: UnitOfWork, telegram: TelegramPerson) -> Person:
        now = self._office.clock()
        person = await work.identities.meet(
            telegram.chat_id, now, name=telegram.name, username=telegram.username, locale=telegram.locale
        )
        if await work.people.mark_reachable(person.id):
            await work.outbox.resume(person.id, now)
        return person

    async def _known(self, work: UnitOfWork, telegram: TelegramPerson, cause: Cause | None) -> Known | None:
        now = self._office.clock()
        return await work.guests.of(telegram.chat_id, cause.update_id if cause else None, now - MINUTE, now)

    async def _guest(self, work: UnitOfWork, known: Known, cause: Cause | None) -> Guest:
        actor = await actor_of(work, known) if known.on_duty else Actor(known.id)
        by = Caller(known.id, actor, known.locale, cause, notice_version=known.notice_version)
        if cause is None:
            return Guest(by, Admission.WORK, known)
        return Guest(by, admission_of(self._office, known.came, known.passed_over_until, known.told_at), known)

    async def read_notice(self, by: Caller, version: str) -> None:
        """Keeps which version of the notice was read, and when."""
        async with self._office.database.work(by.cause) as work:
            person = await work.people.get(by.person_id)
            person.notice_version, person.notice_seen_at = version, self._office.clock()
            await work.commit()

    async def speak(self, by: Caller, locale: str) -> Caller:
        """From now on the person reads everything in another language; their menu is due anew."""
        async with self._office.database.work(by.cause) as work:
            person = await work.people.get(by.person_id)
            person.locale, person.menu = locale, None
            await work.commit()
            return replace(by, locale=locale)

    async def blocked(self, telegram: TelegramPerson, cause: Cause | None = None) -> None:
        """The person has blocked the bot: nothing is sent until they come back; nobody is banned for it."""
        async with self._office.database.work(cause) as work:
            person = await work.identities.person_of(telegram.chat_id)
            if person is not None:
                await work.people.mark_unreachable(person.id, self._office.clock())
            await work.commit()

    async def menu_due(self, by: Caller) -> MenuDue | None:
        """The menu that the person should be shown, if it is not the one they have."""
        wanted = menu_for(by.actor)
        async with self._office.database.reading() as work:
            person = await work.people.get(by.person_id)
            return MenuDue(wanted, person.locale) if person.menu != wanted else None

    async def menu_shown(self, by: Caller, menu: str) -> None:
        """Keeps which menu Telegram shows the person."""
        async with self._office.database.work() as work:
            (await work.people.get(by.person_id)).menu = menu
            await work.commit()


def menu_for(actor: Actor) -> str:
    """The menu of the highest office held: desks before units before who sees figures before citizens."""
    return next((menu for role, menu in _MENUS.items() if actor.holds(role)), CITIZEN_MENU)


_MENUS = {
    Role.COORDINATOR: DESK_MENU,
    Role.NATIONAL_ADMIN: NATIONAL_MENU,
    Role.INSPECTOR: INSPECTOR_MENU,
    Role.UNIT_HEAD: HEAD_MENU,
    Role.OFFICER: OFFICER_MENU,
    Role.PROVINCE_HUB: FIGURES_MENU,
    Role.OBSERVER: FIGURES_MENU,
}


def _as_before(known: Known, telegram: TelegramPerson) -> bool:
    """Whether nothing about somebody is to be written down anew."""
    same = (known.name, known.username) == (telegram.name, telegram.username)
    return same and known.reachable and known.under_newest_key


async def actor_of(work: UnitOfWork, person: Person | Known) -> Actor:
    """A person with the roles that they hold just now."""
    held = await work.staff.memberships_of(person.id)
    return Actor(person.id, tuple(Membership(row.role, row.government_id, row.unit_id, row.province) for row in held))
