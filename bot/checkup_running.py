"""What the doctor asks of a program at work: its queues, jobs and rights, its files and disk, its backups."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.findings import Finding, good, red, some, warning
from bot.house import House
from domain.evidence import FetchState
from domain.messages import OutboxState
from scheduler.jobs import Job, backup_jobs, jobs_of, learning_jobs, retention_jobs
from services.backing_up import BackingUp
from services.evidence import GIGABYTE
from services.learning import Learning
from services.retaining import Retaining
from storage.queries.pulse import BACKUP, Pulse

NEARLY_FULL = 0.9

LATE = timedelta(minutes=5)
VERY_LATE = timedelta(minutes=30)

JOB_GRACE = timedelta(minutes=15)
"""How much later than its rhythm a job may run: a restart takes a moment."""

DISK_LOW = 5 * GIGABYTE
DISK_OUT = GIGABYTE // 2

BACKUP_OLD = timedelta(days=2)
BACKUP_VERY_OLD = timedelta(days=7)

GROUP_NEWS = timedelta(days=1)
"""For how long a trouble in a group is worth a line."""

RESTART = "look whether lapor runs and at its log; start it again"


async def _pulse(house: House) -> Pulse:
    async with house.database.reading() as work:
        return await work.pulses.at(house.office.clock())


async def _processes(house: House) -> AsyncIterator[Finding]:
    """Who delivers and who keeps the timetable."""
    held = (await _pulse(house)).held
    lacking = [right for right in ("delivery", "timetable") if right not in held]
    if lacking:
        yield warning("processes", f"nobody holds {' and '.join(lacking)} just now", 'start "lapor run"')
    else:
        yield good("processes", "one delivers, one keeps the timetable")


async def _inbox(house: House) -> AsyncIterator[Finding]:
    pulse = await _pulse(house)
    age = _since(pulse.inbox.oldest, pulse.at)
    waiting = f"{pulse.inbox.count} wait, the oldest for {_told(age)}"
    if age > VERY_LATE:
        yield red("inbox", waiting, RESTART)
    elif age > LATE:
        yield warning("inbox", waiting, RESTART)
    else:
        yield good("inbox", waiting if pulse.inbox.count else "nothing waits")
    if pulse.set_aside.count:
        aside = _told(_since(pulse.set_aside.oldest, pulse.at))
        mend = 'read "lapor inbox", mend the cause, then "lapor inbox retry ID"'
        yield warning("set aside", f"{pulse.set_aside.count} updates, the oldest for {aside}", mend)


async def _outbox(house: House) -> AsyncIterator[Finding]:
    pulse = await _pulse(house)
    age = _since(pulse.all_due.oldest, pulse.at)
    late = f"{pulse.all_due.count} messages are due, the oldest for {_told(age)}"
    if age > VERY_LATE:
        yield red("outbox", late, RESTART)
    elif age > LATE:
        yield warning("outbox", late, "look for 429 in the log of delivery; it catches up by itself at 25 a second")
    else:
        yield good("outbox", late if pulse.all_due.count else "nothing is late")
    failed, doubtful = pulse.outbox.get(OutboxState.FAILED, 0), pulse.outbox.get(OutboxState.UNCERTAIN, 0)
    if failed or doubtful:
        says = f"{failed} messages failed, {doubtful} are uncertain"
        yield warning("undelivered", says, 'read "lapor outbox", mend the cause, then "lapor outbox retry ID"')


async def _groups(house: House) -> AsyncIterator[Finding]:
    """The units' groups in which nothing arrives."""
    async with house.database.reading() as work:
        ailing = await work.groups.ailing(house.office.clock() - GROUP_NEWS)
        names = [f"{(await work.directory.unit(group.unit_id)).name} ({group.error or 'lost'})" for group in ailing]
    if names:
        mend = "ask its officers to let the bot in again, or to connect another group; each of them gets the cards"
        yield warning("groups", f"trouble in {some(names)}", mend)


async def _jobs(house: House) -> AsyncIterator[Finding]:
    pulse = await _pulse(house)
    jobs = every_job(house)
    never = [job.id for job in jobs if job.id not in pulse.ran]
    overdue = [job.id for job in jobs if job.id in pulse.ran and _overdue(job, pulse)]
    if overdue:
        yield red("jobs", f"overdue: {some(overdue)}", 'start "lapor run" or "lapor scheduler", look at its log')
    elif never:
        yield warning("jobs", f"never ran: {some(never)}", 'start "lapor run": they run within the hour')
    else:
        yield good("jobs", f"{len(jobs)}, all in their rhythm")


def _overdue(job: Job, pulse: Pulse) -> bool:
    return pulse.at - pulse.ran[job.id] > 2 * job.every + JOB_GRACE


def every_job(house: House) -> tuple[Job, ...]:
    """The jobs that need no process of their own."""
    return (
        *jobs_of(house.timekeeping),
        *retention_jobs(Retaining(house.office)),
        *learning_jobs(Learning(house.office)),
        *backup_jobs(BackingUp(house.office, house.services.evidence.files)),
    )


async def _files(house: House) -> AsyncIterator[Finding]:
    """The store of evidence: how full it is, and what never came."""
    async with house.database.reading() as work:
        used, counts = await work.evidence.used(), await work.evidence.counts()
    part, lost = used / house.services.evidence.limit, counts.get(FetchState.LOST, 0)
    says = f"{used / GIGABYTE:.1f} GB kept, {part:.0%} of what LAPOR_FILES_GB allows"
    if part >= NEARLY_FULL:
        yield red("files", says, "raise LAPOR_FILES_GB: new files have to wait at Telegram")
    elif lost:
        mend = "nothing: their senders were told, and may send them again"
        yield warning("files", f"{says}; {lost} could not be fetched", mend)
    else:
        yield good("files", says)


async def _disk(house: House) -> AsyncIterator[Finding]:
    """The room where the register (on SQLite) and the files lie."""
    url = house.database.url
    places = {"disk of the files": house.services.evidence.files.folder}
    if url.get_backend_name() == "sqlite":
        places["disk of the register"] = Path(url.database or ".").parent
    for subject, place in places.items():
        yield _room(subject, shutil.disk_usage(_existing(place)).free)


def _room(subject: str, free: int) -> Finding:
    says = f"{free / GIGABYTE:.1f} GB free"
    if free < DISK_OUT:
        return red(
            subject, says, "free room at once: without it nothing can be stored; start with old logs and backups"
        )
    if free < DISK_LOW:
        return warning(subject, says, "free room or move the folder (LAPOR_FILES)")
    return good(subject, says)


def _existing(place: Path) -> Path:
    """The folder, or the first one above it that is there."""
    absolute = place.absolute()
    return next(folder for folder in (absolute, *absolute.parents) if folder.exists())


async def _backups(house: House) -> AsyncIterator[Finding]:
    pulse = await _pulse(house)
    last, mend = pulse.ran.get(BACKUP), 'run "lapor backup DIR --keep 14" daily (deploy/systemd has a timer)'
    if last is None:
        yield warning("backups", "none was ever made", mend)
        return
    age = pulse.at - last
    says = f"the last one was made {_told(age)} ago"
    if age > BACKUP_VERY_OLD:
        yield red("backups", says, mend)
    elif age > BACKUP_OLD:
        yield warning("backups", says, mend)
    else:
        yield good("backups", says)


def _since(instant: datetime | None, now: datetime) -> timedelta:
    return max(timedelta(), now - instant) if instant else timedelta()


def _told(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2 * 24 * 60 else f"{minutes // (24 * 60)} days"


Look = Callable[[House], AsyncIterator[Finding]]

RUNNING: tuple[Look, ...] = (_processes, _inbox, _outbox, _groups, _jobs, _files, _disk, _backups)
"""The looks at a program at work, in the order in which one would mend."""
