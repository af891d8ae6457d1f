"""What `lapor doctor` looks at: each check says how it stands and, if need be, the mend."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.composition import OTHER_KEYS, House, demand_current, open_house
from bot.getme import Away, who_are_we
from bot.mend import Mend
from bot.settings import Settings
from domain.evidence import FetchState
from domain.messages import OutboxState
from domain.time import Clock
from services.calendar_keeping import CalendarKeeping
from services.evidence import GIGABYTE
from storage.crypto import CannotOpen

CLOCK_MAY_DIFFER = timedelta(minutes=1)
CHECKED_WITHIN = timedelta(days=365)
NEARLY_FULL = 0.9
LISTED = 5
"""Names in one line; the rest is counted."""


class State(StrEnum):
    """How something stands. Only red makes the doctor's exit status 1."""

    GOOD = "ok"
    WARNING = "warn"
    RED = "RED"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, and the mend."""

    subject: str
    state: State
    says: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.state:5} {self.subject}: {self.says}"


def good(subject: str, says: str) -> Finding:
    """All is well."""
    return Finding(subject, State.GOOD, says)


def warning(subject: str, says: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(subject, State.WARNING, says)


def red(subject: str, says: str) -> Finding:
    """It does not work, or people wait in vain."""
    return Finding(subject, State.RED, says)


async def examine(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Looks at everything, in the order in which one would mend it."""
    async for finding in _telegram(settings, clock):
        yield finding
    try:
        settings.keyring()
        await demand_current(settings)
    except Mend as mend:
        yield red("database", str(mend))
        return
    yield good("database", "reachable, every migration made")
    async with open_house(settings, clock) as house:
        keys = await _identities(house)
        yield keys
        if keys.state is State.RED:
            return
        for look in (_holidays, _directory, _emergency, _inbox, _outbox, _files):
            async for finding in look(house):
                yield finding


async def _telegram(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    try:
        me = await who_are_we(settings)
    except (Mend, Away) as reason:
        yield red("token", str(reason))
        return
    yield good("token", f"@{me.username}")
    if me.telegram_time is None:
        yield warning("clock", "Telegram did not say its time, so it was not compared")
    elif abs(me.telegram_time - clock()) > CLOCK_MAY_DIFFER:
        yield red("clock", "differs from Telegram's by more than a minute: switch on time synchronisation (NTP)")
    else:
        yield good("clock", "agrees with Telegram's")


async def _identities(house: House) -> Finding:
    try:
        async with house.database.reading() as work:
            staff = await work.staff.everybody()
            for row in staff:
                await work.identities.chat_id_of(row.person_id)
    except CannotOpen:
        return red("keys", OTHER_KEYS)
    return good("keys", f"open the identities of {len(staff)} members of staff")


async def _holidays(house: House) -> AsyncIterator[Finding]:
    health = await CalendarKeeping(house.office).check()
    for year in health.without_days:
        yield red("holidays", f'{year} has none, so deadlines are wrong: run "lapor holidays import FILE"')
    if health.without_joint_leave:
        mend = 'run "lapor holidays import FILE" with the decree'
        yield red("holidays", f"the joint leave of {health.without_joint_leave} is missing: {mend}")
    if health.well:
        yield good("holidays", f"{health.today.year} is entered; {len(health.estimated)} days to come are estimates")


async def _directory(house: House) -> AsyncIterator[Finding]:
    async with house.database.reading() as work:
        governments = await work.directory.governments()
    staff = await house.services.directory.staff()
    if not governments:
        yield red("directory", 'empty: run "lapor directory load FILE"')
    else:
        yield good("directory", f"{len(governments)} governments")
    if staff.governments_without_coordinator:
        names = _some(staff.governments_without_coordinator)
        yield red("coordinators", f'none in {names}: run "lapor invite coordinator --government CODE --name NAME"')
    if not staff.desk_is_staffed:
        yield red("SP4N desk", 'nobody reads it: run "lapor invite national_admin --name NAME"')
    if staff.empty_units:
        names = _some(staff.empty_units)
        yield warning(
            "units", f'nobody works in {names}: run "lapor invite officer --government CODE --unit CODE --name NAME"'
        )


async def _emergency(house: House) -> AsyncIterator[Finding]:
    today = house.office.clock().date()
    async with house.database.reading() as work:
        numbers = await work.directory.emergency_numbers()
    old = [row.number for row in numbers if row.checked_on is None or today - row.checked_on > CHECKED_WITHIN]
    if not numbers:
        yield red("emergency numbers", 'none: run "lapor db upgrade"')
    elif old:
        yield warning("emergency numbers", f"not checked within a year: {_some(old)}; call them and enter the date")
    else:
        yield good("emergency numbers", f"{len(numbers)}, all checked within a year")


async def _inbox(house: House) -> AsyncIterator[Finding]:
    async with house.database.reading() as work:
        dead = len(await work.inbox.dead())
    yield (
        warning("inbox", f'{dead} updates are set aside: see "lapor inbox"')
        if dead
        else good("inbox", "nothing set aside")
    )


async def _files(house: House) -> AsyncIterator[Finding]:
    """The store of evidence: how full it is, and what never came."""
    async with house.database.reading() as work:
        used, counts = await work.evidence.used(), await work.evidence.counts()
    part, lost = used / house.services.evidence.limit, counts.get(FetchState.LOST, 0)
    says = f"{used / GIGABYTE:.1f} GB kept, {part:.0%} of what LAPOR_FILES_GB allows"
    if part >= NEARLY_FULL:
        yield red("files", f"{says}: raise it, new files have to wait at Telegram")
    elif lost:
        yield warning("files", f"{says}; {lost} could not be fetched, and their senders were told")
    else:
        yield good("files", says)


async def _outbox(house: House) -> AsyncIterator[Finding]:
    async with house.database.reading() as work:
        counts = await work.outbox.counts()
    failed, doubtful = counts.get(OutboxState.FAILED, 0), counts.get(OutboxState.UNCERTAIN, 0)
    if failed or doubtful:
        yield warning("outbox", f"{failed} messages failed, {doubtful} are uncertain: the log of that time says why")
    else:
        yield good("outbox", "nothing failed")


def _some(names: tuple[str, ...] | list[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")
