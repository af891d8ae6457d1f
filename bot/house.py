"""Puts the house together below Telegram: the register, the rules in force, the matcher, the activities."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.mend import Mend
from bot.settings import Settings
from domain.fair_use import Limits
from domain.time import Clock
from domain.watch import Watch
from handlers.activities import Services
from routing.directory import Directory as RoutingDirectory
from routing.matcher import AgencyMatcher
from services.accusations import Accusations
from services.amending import Amending
from services.campaigns import Campaigns
from services.canned import Canned
from services.correspondence import Correspondence
from services.directory import Directory
from services.emergency import Emergency
from services.evidence import GIGABYTE, Evidence
from services.explaining import Explaining
from services.exporting import Exporting
from services.fairness import Fairness
from services.groups import Groups
from services.handling import Handling
from services.intake import Intake
from services.inviting import Inviting
from services.keeping import Keeping
from services.letters import Letters
from services.merging import Merging
from services.office import Office
from services.oversight import Oversight
from services.overview import Overview
from services.people import People
from services.practising import Practising
from services.privacy import Privacy
from services.regions import Regions
from services.requests import Requests
from services.revealing import Revealing
from services.staffing import Staffing
from services.supporting import Supporting
from services.teamwork import Teamwork
from services.timekeeping import Timekeeping
from services.tracking import Tracking
from storage.crypto import CannotOpen
from storage.engine import BadDatabaseUrl, Database
from storage.files import FileStore
from storage.migrate import MigrationRefused, pending
from storage.seed.regulation import seed_regulations

NO_OTHER_LIMITS = Limits()

OTHER_KEYS = "LAPOR_KEYS does not open the identities: put the older key behind the new one, after a comma"


def system_clock() -> datetime:
    """The present instant. The only clock of the running program; no setting can move it."""
    return datetime.now(UTC)


@dataclass
class House:
    """Everything but the lines to Telegram."""

    database: Database
    office: Office
    services: Services
    letters: Letters
    timekeeping: Timekeeping


@asynccontextmanager
async def open_house(
    settings: Settings, clock: Clock = system_clock, watch: Watch | None = None
) -> AsyncIterator[House]:
    """Opens the register and what works on it; raises `Mend` when the database is not ready."""
    await demand_current(settings)
    database = open_database(settings, clock)
    try:
        files = FileStore.beside(database, settings.lapor_files)
        house = build(database, clock, files, settings.lapor_files_gb * GIGABYTE, settings.limits)
        house.office.watch = watch or house.office.watch
        house.office.undo = timedelta(seconds=settings.lapor_undo_seconds)
        house.office.matcher = await house.services.directory.matcher()
        yield house
    except CannotOpen:
        raise Mend(OTHER_KEYS) from None
    finally:
        await database.dispose()


def open_database(settings: Settings, clock: Clock = system_clock) -> Database:
    """Opens the register; raises `Mend` for a URL or keys that cannot be used."""
    try:
        return Database.open(settings.database_url.get_secret_value(), settings.keyring(), clock)
    except BadDatabaseUrl as error:
        raise Mend(f"DATABASE_URL is wrong: {error}") from None


async def demand_current(settings: Settings) -> None:
    """Raises `Mend` unless every migration has been made."""
    if await lacking(settings):
        raise Mend('the database is older than this program: run "lapor db upgrade"')


async def lacking(settings: Settings) -> tuple[str, ...]:
    """The migrations that the database still lacks; raises `Mend` when it cannot be read."""
    try:
        return await pending(settings.database_url.get_secret_value())
    except BadDatabaseUrl as error:
        raise Mend(f"DATABASE_URL is wrong: {error}") from None
    except MigrationRefused as error:
        raise Mend(str(error)) from None
    except Exception as error:
        raise Mend(f"the database cannot be reached ({type(error).__name__}): check DATABASE_URL") from error


def build(
    database: Database,
    clock: Clock,
    files: FileStore | None = None,
    limit: int = 10 * GIGABYTE,
    limits: Limits = NO_OTHER_LIMITS,
) -> House:
    """Makes one object per activity over one register; the matcher still knows no government.

    `files` lie beside the register unless another place is named; `limit` is how many bytes they may be. `limits` are
    those of one person.
    """
    office = unlearned_office(database, clock, limits)
    services = activities(office, files or FileStore.beside(database), limit)
    return House(database, office, services, Letters(office), Timekeeping(office))


def unlearned_office(database: Database, clock: Clock, limits: Limits = NO_OTHER_LIMITS) -> Office:
    """The office alone, whose matcher knows no government: enough for whoever routes nothing."""
    matcher = AgencyMatcher.load(RoutingDirectory.from_parts([], []))
    return Office(database, clock, seed_regulations(), matcher, limits=limits)


def activities(office: Office, files: FileStore, limit: int = 10 * GIGABYTE) -> Services:
    """One object per activity over one office; `limit` is how many bytes the files may be."""
    return Services(
        people=People(office),
        intake=Intake(office),
        tracking=Tracking(office),
        correspondence=Correspondence(office),
        canned=Canned(office),
        evidence=Evidence(office, files, limit),
        handling=Handling(office),
        oversight=Oversight(office),
        directory=Directory(office),
        explaining=Explaining(office),
        requests=Requests(office),
        emergency=Emergency(office),
        campaigns=Campaigns(office),
        keeping=Keeping(office),
        amending=Amending(office),
        supporting=Supporting(office),
        merging=Merging(office),
        teamwork=Teamwork(office),
        accusations=Accusations(office),
        privacy=Privacy(office),
        fairness=Fairness(office),
        revealing=Revealing(office),
        overview=Overview(office),
        regions=Regions(office),
        practising=Practising(office),
        groups=Groups(office),
        exporting=Exporting(office),
        inviting=Inviting(office),
        staffing=Staffing(office),
    )
