"""What `lapor doctor` looks at, in the order in which one would mend it; each look says how it stands and the mend."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

from bot.checkup_running import RUNNING
from bot.checkup_telegram import telegram
from bot.findings import Finding, State, good, of_mend, red, some, warning
from bot.house import OTHER_KEYS, House, demand_current, open_house
from bot.mend import Mend
from bot.settings import Settings
from domain.time import Clock
from services.calendar_keeping import CalendarKeeping
from storage.crypto import CannotOpen

__all__ = ["Finding", "State", "examine"]

CHECKED_WITHIN = timedelta(days=365)

IMPORT = 'run "lapor holidays import FILE" with the decree'


async def examine(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    """Looks at everything, in the order in which one would mend it."""
    async for finding in telegram(settings, clock):
        yield finding
    try:
        settings.keyring()
        await demand_current(settings)
    except Mend as mend:
        yield of_mend("database", str(mend))
        return
    yield good("database", "reachable, every migration made")
    async with open_house(settings, clock) as house:
        keys = await _keys(house)
        yield keys
        if keys.state is State.RED:
            return
        for look in (_holidays, _directory, _emergency, *RUNNING):
            async for finding in look(house):
                yield finding


async def _keys(house: House) -> Finding:
    try:
        async with house.database.reading() as work:
            staff = await work.staff.everybody()
            for row in staff:
                await work.identities.chat_id_of(row.person_id)
    except CannotOpen:
        return of_mend("keys", OTHER_KEYS)
    return good("keys", f"open the identities of {len(staff)} members of staff")


async def _holidays(house: House) -> AsyncIterator[Finding]:
    health = await CalendarKeeping(house.office).check()
    for year in health.without_days:
        yield red("holidays", f"{year} has none, so deadlines are wrong", IMPORT)
    if health.without_joint_leave:
        yield red("holidays", f"the joint leave of {health.without_joint_leave} is missing", IMPORT)
    if health.well:
        yield good("holidays", f"{health.today.year} is entered; {len(health.estimated)} days to come are estimates")


async def _directory(house: House) -> AsyncIterator[Finding]:
    async with house.database.reading() as work:
        governments = await work.directory.governments()
    staff = await house.services.staffing.everybody()
    if not governments:
        yield red("directory", "empty: nothing can be routed", 'run "lapor directory load FILE"')
    else:
        yield good("directory", f"{len(governments)} governments")
    if staff.governments_without_coordinator:
        names = some(staff.governments_without_coordinator)
        yield red(
            "coordinators", f"none in {names}", 'run "lapor staff invite coordinator --government CODE --name NAME"'
        )
    if not staff.desk_is_staffed:
        yield red("SP4N desk", "nobody reads it", 'run "lapor staff invite national_admin --name NAME"')
    if staff.empty_units:
        mend = 'run "lapor staff invite officer --government CODE --unit CODE --name NAME"'
        yield warning("units", f"nobody works in {some(staff.empty_units)}", mend)


async def _emergency(house: House) -> AsyncIterator[Finding]:
    today = house.office.clock().date()
    async with house.database.reading() as work:
        numbers = await work.directory.emergency_numbers()
    old = [row.number for row in numbers if row.checked_on is None or today - row.checked_on > CHECKED_WITHIN]
    if not numbers:
        yield red("emergency numbers", "none", 'run "lapor db upgrade"')
    elif old:
        mend = "call them and enter the date in emergency_numbers.checked_on"
        yield warning("emergency numbers", f"not checked within a year: {some(old)}", mend)
    else:
        yield good("emergency numbers", f"{len(numbers)}, all checked within a year")
