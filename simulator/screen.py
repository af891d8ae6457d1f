"""What stands on a phone's screen."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

_KINDS = (
    "photo",
    "document",
    "voice",
    "audio",
    "video",
    "video_note",
    "sticker",
    "location",
    "contact",
    "poll",
)


@dataclass(frozen=True)
class Button:
    """One button; `data` is what a tap tells the bot, `url` where a link leads."""

    label: str
    data: str | None = None
    url: str | None = None
    wants: str | None = None

    @classmethod
    def from_json(cls, button: Json) -> "Button":
        wants = next((name for name in ("contact", "location") if button.get(f"request_{name}")), None)
        return cls(button["text"], button.get("callback_data"), button.get("url"), wants)

    def fits(self, label: str) -> int:
        """Returns how well a label names this button: 3 exactly, 2 by its beginning, 1 somewhere, 0 not."""
        wanted, own = label.casefold(), self.label.casefold()
        return (wanted == own) + own.startswith(wanted) + (wanted in own)


@dataclass(frozen=True)
class Bubble:
    """One visible message. `text` is plain: the text or the caption, as a reader sees it."""

    id: int
    mine: bool
    sender: str
    kind: str
    text: str
    entities: list[Json]
    buttons: list[list[Button]]
    content: Json
    edited: bool
    reply_to: int | None
    at: datetime
    revision: int
    thread: int | None = None

    @classmethod
    def from_json(cls, message: Json) -> "Bubble":
        content = message["content"]
        rows = (message["markup"] or {}).get("inline_keyboard", [])
        return cls(
            id=message["id"],
            mine=message["mine"],
            sender=message["sender"],
            kind=next((kind for kind in _KINDS if kind in content), "text"),
            text=content.get("text") or content.get("caption") or "",
            entities=content.get("entities") or content.get("caption_entities") or [],
            buttons=[[Button.from_json(button) for button in row] for row in rows],
            content=content,
            edited=message["edited"],
            reply_to=message["reply_to"],
            at=datetime.fromtimestamp(message["date"], UTC),
            revision=message["revision"],
            thread=message["thread"],
        )

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    @property
    def file_id(self) -> str | None:
        """The id of the file in this message; of a photo, the largest size."""
        media = self.content.get(self.kind)
        found = media[-1] if isinstance(media, list) else media
        return found.get("file_id") if isinstance(found, dict) else None

    def button(self, label: str) -> Button | None:
        """Returns the button that a label names best, or None."""
        candidates = [button for row in self.buttons for button in row if button.fits(label)]
        return max(candidates, key=lambda button: button.fits(label), default=None)

    def __str__(self) -> str:
        what = "" if self.kind == "text" else f"[{self.kind}{self._detail()}] "
        marks = f"{' ↩' if self.reply_to else ''}{' (edited)' if self.edited else ''}"
        lines = f"{what}{self.text}".splitlines() or [""]
        rows = ["  ".join(f"[ {button.label} ]" for button in row) for row in self.buttons]
        return "\n    ".join([f"{self.sender}{marks}: {lines[0]}", *lines[1:], *rows])

    def _detail(self) -> str:
        media = self.content[self.kind]
        if self.kind == "location":
            return f" {media['latitude']:.5f}, {media['longitude']:.5f}"
        return f" {media['file_name']}" if isinstance(media, dict) and media.get("file_name") else ""


@dataclass(frozen=True)
class Screen:
    """A whole chat as its person sees it; `toasts` are the answers to taps, oldest first."""

    owner: str
    revision: int
    bubbles: list[Bubble]
    keyboard: list[Button] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    commands: dict[str, str] = field(default_factory=dict)
    unanswered_taps: int = 0

    @classmethod
    def from_json(cls, owner: str, seen: Json) -> "Screen":
        rows = (seen["keyboard"] or {}).get("keyboard", [])
        return cls(
            owner=owner,
            revision=seen["revision"],
            bubbles=[Bubble.from_json(message) for message in seen["messages"]],
            keyboard=[Button.from_json(button) for row in rows for button in row],
            toasts=[toast["text"] for toast in seen["toasts"]],
            commands={command["command"]: command["description"] for command in seen["commands"]},
            unanswered_taps=seen["unanswered_taps"],
        )

    def with_button(self, label: str) -> tuple[Bubble, Button] | None:
        """Returns the newest message that has such a button, and the button."""
        for bubble in reversed(self.bubbles):
            button = bubble.button(label)
            if button:
                return bubble, button
        return None

    def with_words(self, words: tuple[str, ...], after: int = -1) -> Bubble | None:
        """Returns the newest message of others that contains all words and changed after a revision."""
        for bubble in reversed(self.bubbles):
            if not bubble.mine and bubble.revision > after and all(word in bubble for word in words):
                return bubble
        return None

    def __str__(self) -> str:
        keys = "  ".join(f"[ {button.label} ]" for button in self.keyboard)
        toasts = [f"(toast) {toast}" for toast in self.toasts]
        body = [*map(str, self.bubbles), *toasts, *([f"(keyboard) {keys}"] if keys else [])]
        return "\n".join([f"── the phone of {self.owner} ──", *(body or ["(nothing)"])])
