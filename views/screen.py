"""A screen: a text and its buttons, as any messenger could show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.drafting import FileKind
from locales.translator import Html, plain
from views.taps import Tap

TEXT_LIMIT = 4096
"""Characters of a message at Telegram, counted after entities are parsed (in UTF-16 code units)."""


@dataclass(frozen=True)
class Button:
    """One choice: its label and what it says when tapped."""

    label: str
    tap: Tap


@dataclass(frozen=True)
class File:
    """A file that goes with a screen: by Telegram's name of our upload, or (`stored`) from our own store.

    `name` is a neutral one; the name that somebody's machine gave it goes nowhere.
    """

    kind: FileKind
    handle: str | None = None
    stored: int | None = None
    name: str = "lampiran"


@dataclass(frozen=True)
class Document:
    """A file that was written for this screen."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Screen:
    """What a person sees. `text` is HTML; `choices` are also numbered in the text, so that they can be typed.

    `picture` is a PNG that was drawn for this screen; its words say nothing that the text does not. `picture_says` is
    the same as the picture, for whoever does not see it.
    """

    text: Html
    rows: tuple[tuple[Button, ...], ...] = ()
    files: tuple[File, ...] = ()
    location: tuple[float, float] | None = None
    picture: bytes | None = None
    picture_says: Html | None = None
    documents: tuple[Document, ...] = ()

    @property
    def choices(self) -> tuple[Button, ...]:
        """Every button in reading order; the n-th can be typed as its number."""
        return tuple(button for row in self.rows for button in row)

    def pictured(self, picture: bytes, says: Html) -> Screen:
        """The same screen with a picture above it, and what it says in words."""
        return replace(self, picture=picture, picture_says=says)

    def after(self, *paragraphs: Html) -> Screen:
        """The same screen with paragraphs before its text."""
        return replace(self, text=paragraph(*paragraphs, self.text))

    def plus(self, button: Button) -> Screen:
        """The same screen with one more choice, numbered after the others."""
        line = Html(f"{len(self.choices) + 1}. {plain(button.label)}")
        return replace(self, text=paragraph(self.text, line), rows=(*self.rows, (button,)))


def paragraph(*parts: Html | None) -> Html:
    """Joins parts by an empty line and leaves out what is empty."""
    return Html("\n\n".join(part for part in parts if part))


def lines(*parts: Html | None) -> Html:
    """Joins parts by a line break and leaves out what is empty."""
    return Html("\n".join(part for part in parts if part))


def numbered(buttons: Iterable[Button]) -> Html:
    """The choices as numbered lines: a screen reader may not say that a message has buttons."""
    return Html("\n".join(f"{place}. {plain(button.label)}" for place, button in enumerate(buttons, start=1)))


def choice_screen(text: Html, *rows: tuple[Button, ...]) -> Screen:
    """A screen whose choices stand in the text as well."""
    return Screen(paragraph(text, numbered(button for row in rows for button in row)), rows)


def clip(text: str, limit: int) -> str:
    """Cuts plain text to `limit` UTF-16 units without splitting an emoji; an ellipsis marks the cut."""
    if utf16_length(text) <= limit:
        return text
    kept = text.encode("utf-16-le")[: (limit - 1) * 2].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + "…"


def utf16_length(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
