"""The cast: people with phones, whose every message is seen in the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from bot.demo.bubbles import Terminal
from simulator import Bubble, Phone

PATIENCE = 30.0
"""Seconds that somebody waits for an answer; a busy machine may need some."""


class StoryBroke(Exception):
    """The story cannot go on: in which step, and what was expected and found instead."""

    def __init__(self, step: str, reason: str) -> None:
        """Both are for the person before the terminal."""
        super().__init__(f"{step}: {reason}")
        self.step = step
        self.reason = reason


@dataclass(frozen=True)
class Part:
    """Somebody in the story: how the person is called, what the person does here, and the colour of the bubbles."""

    name: str
    office: str
    colour: str

    @property
    def called(self) -> str:
        """The name with the office, as it stands over a bubble."""
        return f"{self.name} ({self.office})"

    @property
    def short(self) -> str:
        """The name as it is typed: one word, small letters."""
        return self.name.split()[-1].lower()


class Player:
    """A phone that is played in front of an audience."""

    def __init__(self, part: Part, phone: Phone, terminal: Terminal, patience: float = PATIENCE) -> None:
        """Has shown nothing yet; waits at most `patience` seconds for an answer."""
        self.part = part
        self.phone = phone
        self._terminal = terminal
        self._patience = patience
        self._shown: dict[int, str] = {}

    async def says(self, text: str) -> None:
        """Writes a message."""
        await self._shows_own(await self.phone.says(text))

    async def opens(self, link: str) -> None:
        """Opens a link into the chat."""
        await self._shows_own(await self.phone.opens(link))

    async def joins(self, link: str) -> None:
        """Opens a link behind the scenes and waits for the answer."""
        await self.phone.opens(link)
        await self.phone.sees_new(within=self._patience)
        await self.catches_up()

    async def sends_photo(self, photo: bytes) -> None:
        """Sends a photograph."""
        await self._shows_own(await self.phone.sends_photo(photo))

    async def sends_location(self, latitude: float, longitude: float) -> None:
        """Sends a point on the map."""
        await self._shows_own(await self.phone.sends_location(latitude, longitude))

    async def taps(self, label: str) -> None:
        """Taps the newest button with this label, once it is there."""
        await self.phone.sees_button(label, within=self._patience)
        await self._terminal.taps(self.part.called, self.part.colour, label)
        await self.phone.taps(label)

    async def reads(self, *words: str) -> Bubble:
        """Waits for a new message with all these words, and shows what has come until then."""
        found = await self.phone.sees_new(*words, within=self._patience)
        await self.shows_news()
        return found

    async def shows_news(self) -> bool:
        """Shows what has come or changed since the last look; returns whether there was anything."""
        news = [bubble for bubble in await self.phone.messages() if self._is_news(bubble)]
        for bubble in news:
            self._shown[bubble.id] = bubble.text
            await self._terminal.brings(self.part.called, self.part.colour, bubble)
        return bool(news)

    async def catches_up(self) -> None:
        """Takes for shown whatever has come until now."""
        self._shown.update({bubble.id: bubble.text for bubble in await self.phone.messages()})

    async def shows_all(self) -> None:
        """Shows the whole chat once more."""
        for bubble in await self.phone.messages():
            self._shown[bubble.id] = bubble.text
            show = self._terminal.sends if bubble.mine else self._terminal.brings
            await show(self.part.called, self.part.colour, bubble)

    def _is_news(self, bubble: Bubble) -> bool:
        return not bubble.mine and self._shown.get(bubble.id) != bubble.text

    async def _shows_own(self, bubble: Bubble) -> None:
        self._shown[bubble.id] = bubble.text
        await self._terminal.sends(self.part.called, self.part.colour, bubble)
