"""A phone is one pretend person: what they do to the bot, and what they see of it."""

import base64
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, urlsplit

from simulator.accounts import Person
from simulator.pictures import jpeg
from simulator.screen import Bubble, Button, Screen

Json = dict[str, Any]
Found = TypeVar("Found")

PATIENCE = 10.0
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
BANDUNG = (-6.9108, 107.6098)


class Line(Protocol):
    """The line from a phone to its Telegram."""

    async def post(self, path: str, body: Json) -> Any:
        """Returns the answer to a control request; raises `CannotDo` when it is refused."""

    async def download(self, file_id: str) -> bytes:
        """Returns the bytes of a file."""


class CannotDo(Exception):
    """A phone was asked for something that no phone can do now; the text says what and shows the screen."""


class Phone:
    """One person with a phone. Waiting is bounded: `within` so many seconds."""

    def __init__(self, line: Line, person: Person) -> None:
        self.line = line
        self.person = person
        self.where: Json = {}
        self._acted = -1
        self._looked = -1

    @property
    def id(self) -> int:
        """The person's user id, which is also the id of the chat."""
        return self.person.id

    # Doing

    async def arrives(self) -> None:
        """Exists at Telegram from now on, without a word to the bot."""
        await self._act("arrives")

    async def says(self, text: str, *, reply_to: Bubble | None = None) -> Bubble:
        """Writes a text; more than 4096 characters leave as several messages, as real phones do it."""
        return (await self._act("says", text=text, reply_to=reply_to.id if reply_to else None))[-1]

    async def replies(self, message: Bubble, text: str) -> Bubble:
        """Answers one message by swiping it."""
        return await self.says(text, reply_to=message)

    async def starts(self, payload: str | None = None) -> Bubble:
        """Presses START, perhaps on a deep link; unblocks the bot first if need be."""
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise CannotDo(f"Telegram carries no such payload in a link: {payload!r}")
        return (await self._act("starts", payload=payload))[-1]

    async def opens(self, link: str) -> Bubble:
        """Opens a link such as https://t.me/bot?start=PAYLOAD and presses START."""
        parts = urlsplit(link)
        if parts.hostname != "t.me":
            raise CannotDo(f"Not a link into Telegram: {link}")
        return await self.starts(next(iter(parse_qs(parts.query).get("start", [])), None))

    async def edits(self, message: Bubble, text: str) -> Bubble:
        """Rewrites an own message or its caption."""
        return (await self._act("edits", message=message.id, text=text))[-1]

    async def forwards(self, text: str, origin: "Phone | str" = "Seseorang") -> Bubble:
        """Passes on what somebody else wrote; a bare name is somebody who hides the account."""
        if isinstance(origin, Phone):
            source: Json = {"type": "user", "sender_user": origin.person.as_user()}
        else:
            source = {"type": "hidden_user", "sender_user_name": origin}
        return (await self._act("forwards", text=text, origin=source))[-1]

    async def taps(
        self, label: str, *, message: Bubble | None = None, times: int = 1, within: float = PATIENCE
    ) -> None:
        """Taps the button with this label, on the newest message that has one or on the given message.

        Several `times` are one trembling finger: the taps leave before the bot can answer the first one.
        The given message may be old, changed or deleted: its buttons are tapped as they were when it was seen.
        """
        bubble, button = await self._finds(label, message, within)
        await self._press(button, bubble, times)

    async def forges(self, data: str, *, message: Bubble | None = None) -> None:
        """Sends a tap that no button stands for."""
        await self._act("taps", data=data, message=message.id if message else None)

    async def sends_photo(
        self, photo: bytes | Path | None = None, *, caption: str | None = None, size: int | None = None
    ) -> Bubble:
        """Sends a photograph; `size` may claim another weight in bytes."""
        return await self._sends("photo", _photo(photo), caption=caption, size=size)

    async def sends_album(self, photos: list[bytes] | int = 3, *, caption: str | None = None) -> list[Bubble]:
        """Sends several photographs at once; the caption sits on the first one."""
        given = photos if isinstance(photos, list) else [jpeg(shade=40 + 20 * each) for each in range(photos)]
        items = [_file("photo", photo, caption=None if place else caption) for place, photo in enumerate(given)]
        return await self._act("sends_album", items=items)

    async def sends_sibling(self, photo: bytes, of: Bubble) -> Bubble:
        """Sends one more photograph of an album, late, as a bad connection does it."""
        album = of.content.get("media_group_id")
        if album is None:
            raise CannotDo(f"No part of an album:\n{of}")
        return (await self._act("sends_album", items=[_file("photo", photo)], album=album))[-1]

    async def sends_document(
        self, name: str, content: bytes = b"%PDF-1.4\n", *, size: int | None = None, caption: str | None = None
    ) -> Bubble:
        """Sends a file; `size` may claim 25 MB without having them."""
        return await self._sends("document", content, name=name, size=size, caption=caption)

    async def sends_video(
        self, content: bytes = b"video", *, size: int | None = None, caption: str | None = None
    ) -> Bubble:
        """Sends a video."""
        return await self._sends("video", content, name="VID_0001.mp4", size=size, caption=caption)

    async def sends_video_note(self, content: bytes = b"round video") -> Bubble:
        """Sends a round video."""
        return await self._sends("video_note", content)

    async def sends_voice(self, content: bytes = b"OggS", *, duration: int = 7, size: int | None = None) -> Bubble:
        """Sends a voice note of so many seconds."""
        return await self._sends("voice", content, size=size, about={"duration": duration})

    async def sends_sticker(self, emoji: str = "👍") -> Bubble:
        """Sends a sticker."""
        return await self._sends("sticker", b"RIFF....WEBP", about={"emoji": emoji})

    async def sends_location(self, latitude: float = BANDUNG[0], longitude: float = BANDUNG[1]) -> Bubble:
        """Sends a point on the map."""
        return await self._sends_content(location={"latitude": latitude, "longitude": longitude})

    async def sends_contact(self, phone_number: str = "+6281200000001", first_name: str | None = None) -> Bubble:
        """Sends a card with a telephone number: the own one, unless another name is given."""
        owner = {"user_id": self.id} if first_name is None else {}
        name = first_name or self.person.first_name
        return await self._sends_content(contact={"phone_number": phone_number, "first_name": name} | owner)

    async def sends_poll(self, question: str, *options: str) -> Bubble:
        """Sends a poll."""
        answers = [{"persistent_id": str(place), "text": text, "voter_count": 0} for place, text in enumerate(options)]
        poll = {"id": "1", "question": question, "options": answers, "total_voter_count": 0, "type": "regular"}
        flags = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
        flags |= {"allows_revoting": True, "members_only": False}
        return await self._sends_content(poll=poll | flags)

    async def blocks(self) -> None:
        """Blocks the bot."""
        await self._act("blocks")

    async def unblocks(self) -> None:
        """Takes the block back."""
        await self._act("unblocks")

    async def deletes_account(self) -> None:
        """Leaves Telegram for good."""
        await self._act("deletes_account")

    # Seeing

    async def screen(self) -> Screen:
        """Returns all that is visible now; as text it is a transcript."""
        return await self._look()

    async def messages(self) -> list[Bubble]:
        """Returns the visible messages, oldest first."""
        return (await self._look()).bubbles

    async def toasts(self) -> list[str]:
        """Returns the answers that taps have brought so far."""
        return (await self._look()).toasts

    async def commands(self) -> dict[str, str]:
        """Returns the menu of commands as this person is shown it: command to description."""
        return (await self._look()).commands

    async def sees(self, *words: str, within: float = PATIENCE) -> Bubble:
        """Waits until one message of the bot contains all words, and returns the newest such one.

        Without words it waits for whatever appears or changes after this person's last act.
        """
        after = -1 if words else self._acted
        return await self._until(lambda screen: screen.with_words(words, after), _wanted(words), within)

    async def sees_new(self, *words: str, within: float = PATIENCE) -> Bubble:
        """Waits as `sees` does, but only for what appears or changes after this person's last act."""
        after = self._acted
        return await self._until(lambda screen: screen.with_words(words, after), _wanted(words), within)

    async def sees_toast(self, words: str, within: float = PATIENCE) -> str:
        """Waits until the answer to a tap contains these words, and returns the newest such one."""

        def find(screen: Screen) -> str | None:
            return next((toast for toast in reversed(screen.toasts) if words in toast), None)

        return await self._until(find, f"a toast {words!r}", within)

    async def sees_button(self, label: str, within: float = PATIENCE) -> Bubble:
        """Waits until a message has a button with this label, and returns the newest such one."""
        found = await self._until(lambda screen: screen.with_button(label), f"a button {label!r}", within)
        return found[0]

    async def sees_nothing_new(self, within: float = 0.5) -> None:
        """Fails if the bot writes or changes something within so many seconds after the last look or act."""
        mark, deadline = self._looked, time.monotonic() + within
        while True:
            left = deadline - time.monotonic()
            screen = await self._look(wait=max(left, 0))
            fresh = screen.with_words((), mark)
            if fresh:
                raise AssertionError(f"{self.person.first_name} sees something new:\n{fresh}\n\n{screen}")
            if left <= 0:
                return

    async def does_not_see(self, words: str) -> None:
        """Fails if a visible message of the bot contains these words."""
        screen = await self._look()
        if screen.with_words((words,)):
            raise AssertionError(f"{self.person.first_name} sees {words!r}:\n{screen}")

    async def downloads(self, message: Bubble) -> bytes:
        """Returns the bytes of the file in a message."""
        if message.file_id is None:
            raise CannotDo(f"No file in:\n{message}")
        return await self.line.download(message.file_id)

    # Underneath

    async def _act(self, act: str, **details: Any) -> list[Bubble]:
        order = {"person": vars(self.person), "details": details} | self.where
        answer = await self.line.post(f"phones/{act}", order)
        self._acted = self._looked = answer["revision"]
        return [Bubble.from_json(message) for message in answer["messages"]]

    async def _sends(self, kind: str, content: bytes, **details: Any) -> Bubble:
        return (await self._act("sends_file", **_file(kind, content, **details)))[-1]

    async def _sends_content(self, **content: Any) -> Bubble:
        return (await self._act("sends_content", content=content))[-1]

    async def _finds(self, label: str, message: Bubble | None, within: float) -> tuple[Bubble | None, Button]:
        if message is None:
            return await self._until(lambda screen: _tappable(screen, label), f"a button {label!r}", within)
        button = message.button(label)
        if button is None:
            raise CannotDo(f"No button {label!r} under:\n{message}")
        return message, button

    async def _press(self, button: Button, bubble: Bubble | None, times: int) -> None:
        if button.wants == "contact":
            await self.sends_contact()
        elif button.wants == "location":
            await self.sends_location()
        elif bubble is None:
            await self.says(button.label)
        elif button.data is None:
            raise CannotDo(f"{button.label!r} is a link to {button.url}, the bot learns nothing of a tap")
        else:
            await self._act("taps", data=button.data, message=bubble.id, times=times)

    async def _look(self, after: int | None = None, wait: float = 0) -> Screen:
        known = self._looked if after is None else after
        body = {"person": vars(self.person), "after": known, "wait": wait} | self.where
        screen = Screen.from_json(self.person.first_name, await self.line.post("screen", body))
        self._looked = screen.revision
        return screen

    async def _until(self, find: Callable[[Screen], Found | None], wanted: str, within: float) -> Found:
        deadline = time.monotonic() + within
        screen = await self._look()
        while (found := find(screen)) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{self.person.first_name} waited {within} s for {wanted}:\n{screen}")
            screen = await self._look(screen.revision, left)
        return found


def _tappable(screen: Screen, label: str) -> tuple[Bubble | None, Button] | None:
    key = max(screen.keyboard, key=lambda button: button.fits(label), default=None)
    return screen.with_button(label) or ((None, key) if key and key.fits(label) else None)


def _wanted(words: tuple[str, ...]) -> str:
    return " and ".join(map(repr, words)) or "something new"


def _photo(photo: bytes | Path | None) -> bytes:
    if photo is None:
        return jpeg()
    return photo.read_bytes() if isinstance(photo, Path) else photo


def _file(kind: str, content: bytes, **details: Any) -> Json:
    return {"kind": kind, "bytes": base64.b64encode(content).decode()} | details
