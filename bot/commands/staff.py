"""`lapor staff`: who works here, who is let in, who leaves, and who takes the work over."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.mend import Mend
from bot.settings import Settings
from domain.lifecycle import Role
from domain.refusals import NotUnderstood, StaffNotFound
from domain.staffing import OFFICES
from services.staff_sheets import ChangeSheet, StaffLine

Number = Annotated[
    int, typer.Argument(metavar="NUMBER", help='The number of an office, as "lapor staff list" shows it.')
]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

WRONG = {
    "heir_elsewhere": '--to must be the number of somebody else in the same unit: see "lapor staff list"',
    "nothing_in_hand": "there is nothing in hand that could be given to a colleague",
}


def _office(given: str) -> Role:
    """A role that somebody is given; citizens and helpers come by themselves."""
    if given not in OFFICES:
        raise Mend(f"nobody is invited as {given}: choose one of {', '.join(OFFICES)}")
    return Role(given)


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    staff = typer.Typer(help="Who works here.", no_args_is_help=True)
    staff.callback()(about)
    staff.command("list")(list_staff)
    staff.command("invite")(invite)
    staff.command("revoke")(revoke)
    staff.command("transfer")(transfer)
    app.add_typer(staff, name="staff")


def about() -> None:
    """Who works here."""


def list_staff() -> None:
    """List who works here with what they have in hand, who is idle, and the units where nobody is."""
    asyncio.run(_list(Settings.read()))


def invite(
    role: Annotated[str, typer.Argument(metavar="ROLE", help=f"One of {', '.join(OFFICES)}.")],
    name: Annotated[str, typer.Option(help="What the invited person does, as colleagues say it; not their name.")],
    government: Annotated[str | None, typer.Option(help="Code of the government in the directory.")] = None,
    unit: Annotated[str | None, typer.Option(help="Code of the unit within the government.")] = None,
) -> None:
    """Make a single-use invitation and print its link."""
    asyncio.run(_invite(Settings.read(), _office(role), government, unit, name))


def revoke(
    number: Number,
    to: Annotated[int | None, typer.Option(help="The number of a colleague in the same unit who takes over.")] = None,
    yes: Sure = False,
) -> None:
    """End an office: its work goes to a colleague, or back to the unit; whoever held it is told."""
    asyncio.run(_revoke(Settings.read(), number, to, yes))


def transfer(
    number: Number,
    to: Annotated[int, typer.Option(help="The number of the colleague who takes over.")],
    office: Annotated[bool, typer.Option("--office", help="The office too, which ends for whoever held it.")] = False,
    yes: Sure = False,
) -> None:
    """Give what somebody has in hand to a colleague; both are told."""
    asyncio.run(_transfer(Settings.read(), number, to, office, yes))


async def _list(settings: Settings) -> None:
    from bot.house import open_house

    async with open_house(settings) as house:
        staff = await house.services.staffing.everybody()
    for line in staff.lines:
        typer.echo(_told(line))
    for unit in staff.empty_units:
        typer.echo(f"nobody          {unit}")
    for government in staff.governments_without_coordinator:
        typer.echo(f"no coordinator  {government}")
    if not staff.desk_is_staffed:
        typer.echo('nobody          the desk that forwards to SP4N: "lapor staff invite national_admin --name NAME"')


def _told(line: StaffLine) -> str:
    scope = ", ".join(part for part in (line.unit, line.government) if part) or "the whole country"
    marks = (
        f"{line.in_hand} in hand" if line.in_hand else "",
        "tidak aktif 30 hari" if line.idle else "",
        "" if line.reachable else "has blocked the bot",
    )
    about = "".join(f"  ({mark})" for mark in marks if mark)
    who = f"person {line.person_id}  {line.designation or 'no designation'}"
    return f"{line.id:5}  {line.role.value:15} {who}: {scope}{about}"


async def _invite(settings: Settings, role: Role, government: str | None, unit: str | None, name: str) -> None:
    from bot.getme import Away, who_are_we
    from bot.house import open_house
    from services.directory import DirectoryRefused

    async with open_house(settings) as house:
        try:
            token = await house.services.directory.invite(role, government, unit, name)
        except DirectoryRefused as error:
            raise Mend(str(error)) from None
    typer.echo("Single use, valid for three days. Send both lines to the invited person:")
    try:
        me = await who_are_we(settings)
        typer.echo(f"https://t.me/{me.username}?start={token}")
    except (Away, Mend) as reason:
        typer.echo(f"(no link, since Telegram was not asked: {reason})", err=True)
    typer.echo(f"/start {token}")


async def _revoke(settings: Settings, number: int, to: int | None, yes: bool) -> None:
    from bot.house import open_house
    from services.staffing import OPERATOR

    async with open_house(settings) as house:
        try:
            sheet = await house.services.staffing.preview(OPERATOR, number, to)
            _sure(sheet, "End this office?", yes)
            done = await house.services.staffing.revoke(OPERATOR, number, to, sheet.serial)
        except (StaffNotFound, NotUnderstood) as refusal:
            raise _mend(refusal, number) from None
    typer.echo(f"Ended. Complaints that changed hands: {done.moved}.")


async def _transfer(settings: Settings, number: int, to: int, office: bool, yes: bool) -> None:
    from bot.house import open_house
    from services.staffing import OPERATOR

    async with open_house(settings) as house:
        try:
            sheet = await house.services.staffing.preview(OPERATOR, number)
            _sure(sheet, f"Give the work to number {to}{', and the office' if office else ''}?", yes)
            done = await house.services.staffing.transfer(OPERATOR, number, to, office=office)
        except (StaffNotFound, NotUnderstood) as refusal:
            raise _mend(refusal, number) from None
    typer.echo(f"Given. Complaints that changed hands: {done.moved}.")


def _sure(sheet: ChangeSheet, question: str, yes: bool) -> None:
    """Shows what would change; raises `typer.Abort` unless the operator agrees."""
    typer.echo(_told(sheet.line))
    if sheet.last_of_unit:
        typer.echo(f"Nobody else works in this unit; complaints that wait there: {sheet.waiting}.")
    if sheet.last_at_desk:
        typer.echo("Nobody else holds this desk.")
    if not yes:
        typer.confirm(question, abort=True)


def _mend(refusal: StaffNotFound | NotUnderstood, number: int) -> Mend:
    if isinstance(refusal, NotUnderstood):
        return Mend(WRONG[refusal.reason])
    return Mend(f'no office has the number {number}, or that of --to: see "lapor staff list"')
