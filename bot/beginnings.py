"""Brings the register up to this program: its tables, and the rows that a fresh one begins with."""

from __future__ import annotations

from bot.house import build, lacking, open_database, system_clock
from bot.mend import Mend
from bot.settings import Settings
from domain.time import Clock
from services.seeding import Seeding
from storage.migrate import MigrationRefused, upgrade


async def bring_up(settings: Settings, clock: Clock = system_clock) -> tuple[str, ...]:
    """Makes the migrations that are lacking and enters what is missing; returns the migrations made."""
    missing = await lacking(settings)
    database = open_database(settings, clock)
    try:
        await upgrade(settings.database_url.get_secret_value())
        await Seeding(build(database, clock).office).seed()
    except MigrationRefused as error:
        raise Mend(str(error)) from None
    finally:
        await database.dispose()
    return missing
