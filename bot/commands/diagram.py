"""`lapor diagram`: draws the lifecycle from its table, for the README."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.mend import Mend
from domain.lifecycle import TABLE, Action, Back, Status

BEGIN, END = "<!-- lifecycle -->", "<!-- /lifecycle -->"


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("diagram", hidden=True)(diagram)


def diagram(
    into: Annotated[Path | None, typer.Option(help="Writes it between the markers of this file.")] = None,
) -> None:
    """Draw the life of a complaint as a Mermaid diagram."""
    if into is None:
        typer.echo(block())
        return
    into.write_text(put(into.read_text(encoding="utf-8")), encoding="utf-8")


def block() -> str:
    """The diagram in its fence."""
    return "\n".join(("```mermaid", "stateDiagram-v2", *_lines(), "```"))


def put(text: str) -> str:
    """The text with the diagram between its markers; raises `Mend` when they are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise Mend(f"the file has no place for the diagram: put {BEGIN} and {END} into it")
    return f"{before}{BEGIN}\n{block()}\n{END}{after}"


def _lines() -> Iterator[str]:
    """Every way from one status to another with the actions that lead there; what stays is left out."""
    yield f"    [*] --> {Status.SUBMITTED}"
    for start in Status:
        for end in Status:
            actions = [action for action in Action if _leads(start, action, end)]
            if actions:
                yield f"    {start} --> {end}: {', '.join(action.value for action in actions)}"
    for status in Status:
        if not any(start is status for start, _ in TABLE):
            yield f"    {status} --> [*]"


def _leads(start: Status, action: Action, end: Status) -> bool:
    row = TABLE.get((start, action))
    if row is None or start is end:
        return False
    # What comes back from a hold comes back to wherever a hold can begin.
    return (end, Action.HOLD) in TABLE if row.to is Back.BEFORE_HOLD else row.to is end
