"""The terminal of the demo: a narrator's lines, and every message of a phone as a chat bubble."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from html import unescape

from rich.align import AlignMethod
from rich.box import ROUNDED
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from locales.translator import Words
from simulator import Bubble, Button

LINE = 84
"""Characters of the narrator's lines where the terminal has them."""

BUBBLE = 66
"""Characters across a bubble, its border included: two sides can be told apart at 80 columns."""

LABEL = BUBBLE - 8
"""Characters of a button's label within a bubble."""

_STYLES = {"bold": "bold", "italic": "italic", "blockquote": "italic", "code": "bold", "underline": "underline"}


@dataclass(frozen=True)
class Pace:
    """Seconds that a reader is given: for every bubble, and for every hundred characters in it."""

    bubble: float = 0.0
    hundred: float = 0.0
    longest: float = 4.0

    def after(self, text: str) -> float:
        """The pause after a text."""
        return min(self.longest, self.bubble + self.hundred * len(text) / 100)


AT_ONCE = Pace()
HUMAN = Pace(bubble=0.7, hundred=0.5)


class Terminal:
    """Writes on a console, which knows by itself whether colours and lines are wanted."""

    def __init__(self, words: Words, console: Console | None = None, pace: Pace = AT_ONCE) -> None:
        """Speaks the language of `words`; rests between bubbles as `pace` says."""
        self._words = words
        self._console = console or Console(highlight=False)
        self._pace = pace

    def sentence(self, key: str, **values: object) -> str:
        """A sentence of the catalogue as plain text."""
        return unescape(self._words(f"demo.{key}", **values))

    def says(self, key: str, **values: object) -> None:
        """The narrator says a sentence of the catalogue."""
        self._console.print(Text(self.sentence(key, **values)), width=self._width(LINE))

    def lists(self, *lines: str) -> None:
        """Lines as they are, a little to the right; a long path is not broken."""
        for line in lines:
            self._console.print(Text(f"  {line}"), soft_wrap=True)

    def begins(self, key: str, **values: object) -> None:
        """A new act: its title on a rule."""
        title = Text(self.sentence(key, **values), style="bold")
        self._console.print()
        self._console.print(Rule(title, align="left", style="dim"), width=self._width(LINE))

    async def brings(self, to: str, colour: str, bubble: Bubble) -> None:
        """A message of the bot on somebody's phone, at the left."""
        text = self._text(bubble)
        self._bubble(self.sentence("bubble.to", name=to), text, colour, "left")
        await asyncio.sleep(self._pace.after(text.plain))

    async def sends(self, name: str, colour: str, bubble: Bubble) -> None:
        """What somebody wrote or sent, at the right."""
        text = self._text(bubble)
        self._bubble(name, text, f"bold {colour}", "right")
        await asyncio.sleep(self._pace.after(text.plain))

    async def taps(self, name: str, colour: str, label: str) -> None:
        """A tap on a button, at the right."""
        self._bubble(name, Text(self.sentence("bubble.tap", label=label)), f"bold {colour}", "right")
        await asyncio.sleep(self._pace.after(label))

    def _bubble(self, title: str, text: Text, style: str, side: AlignMethod) -> None:
        room = self._width(LINE)
        across = min(BUBBLE, room)
        widest = max((Text(line).cell_len for line in [title, *text.plain.splitlines()]), default=0) + 6
        panel = Panel(text, title=Text(title), title_align=side, border_style=style, box=ROUNDED)
        wide = min(across, max(widest, 24))
        left = room - wide if side == "right" else 0
        self._console.print(Padding(panel, (0, 0, 0, left)), width=left + wide)

    def _width(self, wanted: int) -> int:
        return min(self._console.width, wanted)

    def _text(self, bubble: Bubble) -> Text:
        parts = [self._attached(bubble), _marked(bubble), *map(_row, bubble.buttons)]
        return Text("\n").join(part for part in parts if part.plain)

    def _attached(self, bubble: Bubble) -> Text:
        """A word for what a terminal cannot show."""
        if bubble.kind == "text":
            return Text()
        if bubble.kind == "location":
            point = bubble.content["location"]
            return Text(self.sentence("bubble.pin", lat=f"{point['latitude']:.4f}", lng=f"{point['longitude']:.4f}"))
        if bubble.kind != "photo":
            return Text(self.sentence("bubble.file"))
        chart = not bubble.mine and bubble.text.startswith(self.sentence("bubble.charted"))
        return Text(self.sentence("bubble.chart" if chart else "bubble.photo"))


def _marked(bubble: Bubble) -> Text:
    """The words with their emphasis; Telegram counts the places of it in UTF-16 units."""
    text = Text(bubble.text)
    raw = bubble.text.encode("utf-16-le")
    for entity in bubble.entities:
        start = len(raw[: entity["offset"] * 2].decode("utf-16-le"))
        end = len(raw[: (entity["offset"] + entity["length"]) * 2].decode("utf-16-le"))
        text.stylize(_STYLES.get(entity["type"], ""), start, end)
    return text


def _row(buttons: list[Button]) -> Text:
    """One row of buttons; a label that is too long for its button is cut, as phones do it."""
    labels = [Text(button.label) for button in buttons]
    for label in labels:
        label.truncate(LABEL, overflow="ellipsis")
    return Text("  ").join(Text(f"[ {label.plain} ]", style="reverse") for label in labels)
