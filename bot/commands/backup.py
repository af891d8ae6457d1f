"""`lapor backup` and `lapor restore`: everything in one sealed file, and back, onto either engine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.alone import BOT, SCHEDULER, alone
from bot.mend import Mend
from bot.settings import Settings

if TYPE_CHECKING:
    from services.backing_up import Made
    from services.office import Office
    from services.restoring import Restored
    from storage.backup_file import Backup, Manifest
    from storage.crypto import Keyring

GIGABYTE = 1024**3


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    folder: Annotated[Path, typer.Argument(help="The folder for backups; it is made if need be.")],
    keep: Annotated[int | None, typer.Option(min=1, help="Throw away older backups: so many stay.")] = None,
    files: Annotated[bool, typer.Option(help="Take the files that people sent along.")] = True,
) -> None:
    """Write everything into one sealed file while the bot runs, and read it back. It opens with LAPOR_KEYS only."""
    made = asyncio.run(_backup(Settings.read(), folder, keep, with_files=files))
    typer.echo(f"{made.place}: {made.size / GIGABYTE:.2f} GB, {_about(made.manifest)}; read back and whole.")
    for old in made.dropped:
        typer.echo(f"thrown away: {old.name}")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that lapor backup has written.")],
    check: Annotated[bool, typer.Option("--check", help="Only say whether it is whole and our keys open it.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the register that is there.")
    ] = False,
    stopped_at: Annotated[
        str | None, typer.Option(help="When the lost register stopped, in Jakarta: 2026-04-15T09:00; now if left out.")
    ] = None,
    broken_log: Annotated[
        bool, typer.Option("--accept-broken-log", help="Restore although its audit log does not hold together.")
    ] = False,
) -> None:
    """Put a backup into DATABASE_URL, on either engine. Stop every lapor process first."""
    settings = Settings.read()
    wish = _Wish(file, replace=replace, broken_log=broken_log, ended_at=_instant(stopped_at))
    if check:
        manifest = _checked(wish.file, settings.keyring())
        typer.echo(f"{file}: whole. {_about(manifest)}.")
        return
    with alone(settings, BOT, SCHEDULER):
        _tell(asyncio.run(_restore(settings, wish)))


@dataclass(frozen=True)
class _Wish:
    file: Path
    replace: bool
    broken_log: bool
    ended_at: datetime | None


def _about(manifest: Manifest) -> str:
    files = f"{len(manifest.files)} files" if manifest.with_files else "no files (copy their folder by other means)"
    log = f"audit log to line {manifest.head.partition(':')[0]}" if manifest.head else "an empty audit log"
    made = manifest.at.astimezone(ZoneInfo("Asia/Jakarta"))
    return f"{manifest.rows} rows, {files}, {log}, made {made:%Y-%m-%d %H:%M} WIB, keys {', '.join(manifest.keys)}"


async def _backup(settings: Settings, folder: Path, keep: int | None, *, with_files: bool) -> Made:
    from sqlalchemy.exc import DBAPIError

    from bot.house import demand_current, open_database, system_clock, unlearned_office
    from bot.progress import progress
    from services.backing_up import BackingUp
    from storage.backup_file import BadBackup
    from storage.files import FileStore

    await demand_current(settings)
    database = open_database(settings)
    store = FileStore.beside(database, settings.lapor_files)
    backing_up = BackingUp(unlearned_office(database, system_clock), store)
    try:
        with progress(None) as go_on:
            return await backing_up.make(folder, keep=keep, with_files=with_files, go_on=go_on)
    except OSError as error:
        raise Mend(
            f"the backup could not be written ({error.strerror or type(error).__name__}): look at {folder}"
        ) from None
    except DBAPIError as error:
        raise Mend(f"{_trouble(error)}: look at the database and its log, then try again") from None
    except BadBackup as error:
        raise Mend(f"the backup is not what was written: {error}. Look at the disk of {folder}") from None
    finally:
        await database.dispose()


def _checked(file: Path, keyring: Keyring) -> Manifest:
    """Reads a backup whole; raises `Mend`."""
    opened = _opened(file, keyring)
    opened.close()
    return opened.manifest


def _opened(file: Path, keyring: Keyring) -> Backup:
    from bot.progress import progress
    from storage.backup_file import Backup, BadBackup

    try:
        opened = Backup(file, keyring)
        with progress(opened.manifest.rows + len(opened.manifest.files)) as go_on:
            opened.check(go_on)
    except BadBackup as error:
        raise Mend(f"{file} is not restored: {error}") from None
    return opened


async def _restore(settings: Settings, wish: _Wish) -> Restored:
    from sqlalchemy.exc import DBAPIError

    from bot.house import open_database, system_clock, unlearned_office
    from services.restoring import MadeLater, Restoring
    from storage.backup_file import BadBackup
    from storage.erasure_ledger import ErasureLedger
    from storage.files import FileStore
    from storage.restoring import BrokenLog, Occupied, StillRunning, Wanted

    opened = _opened(wish.file, settings.keyring())
    typer.echo(f"{wish.file}: {_about(opened.manifest)}.")
    database = open_database(settings)
    store = FileStore.beside(database, settings.lapor_files)
    office = unlearned_office(database, system_clock)
    restoring = Restoring(office, settings.database_url.get_secret_value(), store, _catch_up)
    beside = ErasureLedger(wish.file.absolute().parent, settings.keyring())
    try:
        wanted = Wanted(wish.replace, wish.broken_log)
        return await restoring.restore(opened, beside, wanted, wish.ended_at or system_clock())
    except Occupied:
        raise Mend("DATABASE_URL holds a register already: back it up, then add --replace") from None
    except StillRunning:
        raise Mend("lapor is running on this register: stop every process, wait two minutes, try again") from None
    except BrokenLog as line:
        raise Mend(f"its audit log is broken at line {line}: find out why, or add --accept-broken-log") from None
    except MadeLater:
        raise Mend(
            "--stopped-at lies before the backup was made: give the time at which the register stopped"
        ) from None
    except BadBackup as error:
        raise Mend(f"{wish.file} is not restored: {error}") from None
    except (DBAPIError, OSError) as error:
        raise Mend(
            f"{_trouble(error)}: look at DATABASE_URL, its rights, the disk; move a broken SQLite file away"
        ) from None
    finally:
        opened.close()
        await database.dispose()


def _trouble(error: Exception) -> str:
    """The kind of an error; its words may quote the register."""
    cause = getattr(error, "orig", None) or error
    return f"the database or the disk refuses ({type(cause).__name__})"


async def _catch_up(office: Office, ended_at: datetime) -> int:
    """What fell due until the register stopped happens now; it is not said, since it may have been said then."""
    from scheduler.jobs import jobs_of
    from services.timekeeping import Timekeeping

    return sum([await job.act(ended_at) for job in jobs_of(Timekeeping(office))])


def _tell(restored: Restored) -> None:
    say: Callable[[str], None] = typer.echo
    say(f"Restored: {restored.rows} rows, {restored.files} files.")
    if restored.files_lacking:
        say(f"{restored.files_lacking} files are lacking: copy their folder (LAPOR_FILES) from where it is kept.")
    if restored.forgotten:
        say(f"{restored.forgotten} people who were forgotten since the backup are forgotten again.")
    if restored.invitations:
        say(f"{restored.invitations} unused invitations were withdrawn, since they may have been used: invite anew.")
    say(f"{restored.caught_up} things that fell due before the register stopped have happened, without a word.")
    say(f"{restored.again} receipts and cards go once more; {restored.held_back} messages wait, as they may have left.")
    say('Now: "lapor outbox" (what waits), "lapor staff list" (who left since is back: "lapor staff revoke"),')
    say('"lapor audit verify", "lapor doctor", then start lapor. What came in after the backup is lost.')


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Mend(f"--stopped-at {text!r} is no time: write it as 2026-04-15T09:00") from None
    return (given if given.tzinfo else given.replace(tzinfo=ZoneInfo("Asia/Jakarta"))).astimezone(UTC)
