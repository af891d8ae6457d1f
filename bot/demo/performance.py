"""A performance: what this is, the story, and then the phones are open to whoever sits before the machine."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bot.demo.audience import Audience
from bot.demo.bubbles import Terminal
from bot.demo.cast import PATIENCE, StoryBroke
from bot.demo.phones import phones_page
from bot.demo.stage import Desk, stage
from bot.demo.story import BUDI, HENDRA, RINA, SARI, begin, enrol, tell
from bot.mend import Mend
from simulator import Telegram


async def perform(
    terminal: Terminal,
    folder: Path,
    telegram: AbstractAsyncContextManager[Telegram],
    *,
    once: bool = False,
    story: bool = True,
    patience: float = PATIENCE,
) -> None:
    """Tells the story and, unless `once`, opens the phones until the audience leaves; without `story` at once.

    `patience` is in seconds for each answer.

    Raises `StoryBroke` when the story cannot go on and `Mend` when something must be mended first.
    """
    Desk(folder).demand_free()
    _introduce(terminal, folder, story=story)
    try:
        async with telegram as connected, stage(folder, connected, terminal, patience) as ready:
            tale = begin(ready)
            await (tell(tale) if story else enrol(tale))
            if not once:
                async with phones_page(ready, (tale.sari, tale.rina, tale.budi)) as page:
                    await Audience(ready, page.url).stays()
    except* (StoryBroke, Mend) as ended:
        raise _first(ended) from None


def _introduce(terminal: Terminal, folder: Path, *, story: bool) -> None:
    """One sentence what this is, who appears, and where everything lies."""
    terminal.says("intro.what")
    terminal.says("intro.cast")
    terminal.lists(*(f"{part.name}, {part.office}" for part in (SARI, BUDI, RINA, HENDRA)))
    if story:
        terminal.says("intro.story")
    terminal.says("intro.folder")
    terminal.lists(str(folder))
    terminal.says("intro.setup")


def _first(ended: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one error inside, however deep it lies."""
    inner = ended.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
