"""Reads what comes in besides taps: plain words, files, locations."""

from __future__ import annotations

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message, MessageOriginUser

from domain.drafting import FileKind
from services.drafting import NewFile


class Said(Filter):
    """Passes plain words: a text that is no command."""

    async def __call__(self, message: Message) -> bool:
        """Looks at the first character only."""
        return bool(message.text) and not str(message.text).startswith("/")


class Located(Filter):
    """Passes a shared location or venue, and hands over its `point`: latitude and longitude."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """A venue carries its location in the same field."""
        where = message.location
        return {"point": (where.latitude, where.longitude)} if where else False


class Filed(Filter):
    """Passes whatever can be kept as evidence, and hands over the `file`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Stickers, contacts, polls and the like are no evidence."""
        file = file_of(message)
        return {"file": file} if file else False


def is_quote(message: Message) -> bool:
    """Whether the words are somebody else's; whose they are is not looked at, and never kept."""
    origin = message.forward_origin
    if origin is None:
        return False
    own = isinstance(origin, MessageOriginUser) and message.from_user and origin.sender_user.id == message.from_user.id
    return not own


def words_of(message: Message) -> str:
    """The words of a message or of its caption; those of somebody else stand in quotation marks."""
    said = (message.text or message.caption or "").strip()
    return f"“{said}”" if said and is_quote(message) else said


def file_of(message: Message) -> NewFile | None:
    """The file that a message carries; of a photo its largest size."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return NewFile(FileKind.PHOTO, largest.file_id, largest.file_unique_id, None, largest.file_size)
    if message.document:
        document = message.document
        return NewFile(
            FileKind.DOCUMENT, document.file_id, document.file_unique_id, document.file_name, document.file_size
        )
    if film := message.video or message.video_note:
        return NewFile(
            FileKind.VIDEO, film.file_id, film.file_unique_id, getattr(film, "file_name", None), film.file_size
        )
    if sound := message.voice or message.audio:
        return NewFile(
            FileKind.VOICE, sound.file_id, sound.file_unique_id, getattr(sound, "file_name", None), sound.file_size
        )
    return None
