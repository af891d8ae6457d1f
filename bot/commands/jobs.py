"""`lapor jobs`: what happens by itself, when it ran, and what would be said at a given time."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.house import House
    from scheduler.jobs import Job
    from scheduler.rehearsal import Outlook

SHOWN = 40
"""Lines of what is left unsaid; the rest is counted, `--all` shows it."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    jobs = typer.Typer(help="What happens by itself.", no_args_is_help=True)
    jobs.command("list")(list_jobs)
    jobs.command("run")(run)
    jobs.command("dry-run")(dry_run)
    app.add_typer(jobs, name="jobs")


def list_jobs() -> None:
    """List every job with its last and its next run."""
    asyncio.run(_list(Settings.read()))


def run(name: Annotated[str, typer.Argument(help='One of those that "lapor jobs list" names.')]) -> None:
    """Run one job now. Running it twice does nothing twice."""
    asyncio.run(_run(Settings.read(), name))


def dry_run(
    at: Annotated[str | None, typer.Option(help="Local time of Jakarta, as 2026-04-15T09:00; now if left out.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show everything that would not be sent.")] = False,
) -> None:
    """Say what would be sent to whom, and why the rest would not. Sends nothing and keeps nothing."""
    asyncio.run(_dry_run(Settings.read(), at, everything=all_))


async def _list(settings: Settings) -> None:
    from bot.house import open_house

    async with open_house(settings) as house:
        async with house.database.reading() as work:
            ran = {row.name: row for row in await work.job_runs.all()}
        for job in _jobs(house):
            last = ran.get(job.id)
            typer.echo(f"{job.id:14} {job.caption}")
            if last is None:
                typer.echo(f'{"":14} never ran; runs when "lapor run" starts')
                continue
            typer.echo(f"{'':14} last {_time(last.ran_at)} (did {last.count}), next {_time(last.ran_at + job.every)}")
            if last.busy_at is not None and last.busy_at != last.ran_at:
                typer.echo(f"{'':14} last had something to do {_time(last.busy_at)}")


async def _run(settings: Settings, name: str) -> None:
    from bot.house import open_house
    from scheduler.timetable import perform

    async with open_house(settings) as house:
        jobs = {job.id: job for job in _jobs(house)}
        if name not in jobs:
            raise Mend(f"there is no job {name!r}: use one of {', '.join(jobs)}")
        count = await perform(jobs[name], house.database, house.office.clock())
    typer.echo(f"{name}: {count}")


async def _dry_run(settings: Settings, at: str | None, *, everything: bool) -> None:
    from bot.house import open_house
    from scheduler.rehearsal import rehearse

    instant = _instant(at) if at else None
    async with open_house(settings) as house:
        outlook = await rehearse(house.office, instant or house.office.clock())
    _tell(outlook, everything=everything)


def _tell(outlook: Outlook, *, everything: bool) -> None:
    typer.echo(f"At {_time(outlook.at)}; nothing is sent and nothing is kept.")
    typer.echo("Jobs: " + ", ".join(f"{name} {count}" for name, count in outlook.done))
    typer.echo(f"Would be sent: {len(outlook.sent)}")
    for (notice, to, about), count in Counter((would.notice, would.to, would.about) for would in outlook.sent).items():
        typer.echo(f"  {notice:12} to {to}, about {about}" + (f" (x{count})" if count > 1 else ""))
    typer.echo(f"Would not: {len(outlook.left_unsaid)}")
    shown = outlook.left_unsaid if everything else outlook.left_unsaid[:SHOWN]
    for each in shown:
        until = f", until {_time(each.until)}" if each.until else ""
        typer.echo(f"  {each.job}: {each.subject}: {each.why.value}{until}")
    if len(shown) < len(outlook.left_unsaid):
        typer.echo(f"  ... and {len(outlook.left_unsaid) - len(shown)} more: --all shows them")


def _jobs(house: House) -> tuple[Job, ...]:
    from bot.checkup_running import every_job

    return every_job(house)


def _instant(text: str) -> datetime:
    from zoneinfo import ZoneInfo

    from services.office import HOME_ZONE

    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Mend(f"--at {text!r} is no time: write it as 2026-04-15T09:00") from None
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(HOME_ZONE))


def _time(instant: datetime) -> str:
    from zoneinfo import ZoneInfo

    from services.office import HOME_ZONE

    return f"{instant.astimezone(ZoneInfo(HOME_ZONE)):%Y-%m-%d %H:%M} WIB"
