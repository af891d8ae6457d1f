"""Reads what comes in besides taps: plain words, files, locations."""

from __future__ import annotations

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Audio, Document, Message, MessageOriginUser, PhotoSize, Video, VideoNote, Voice

from domain.drafting import FileKind
from services.shelf import NewFile


class Said(Filter):
    """Passes plain words: a text that is no command."""

    async def __call__(self, message: Message) -> bool:
        """Looks at the first character only."""
        return bool(message.text) and not str(message.text).startswith("/")


class Located(Filter):
    """Passes a shared location or venue on earth, and hands over its `point`: latitude and longitude."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """A venue carries its location in the same field."""
        where = message.location
        if where is None or not (abs(where.latitude) <= 90 and abs(where.longitude) <= 180):
            return False
        return {"point": (where.latitude, where.longitude)}


class Filed(Filter):
    """Passes whatever can be kept as evidence, and hands over the `file`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Stickers, contacts, polls and the like are no evidence."""
        file = file_of(message)
        return {"file": file} if file else False


class Plain(Filter):
    """Passes files whose caption is no command: a command under a photo is done, with the photo."""

    async def __call__(self, message: Message) -> bool:
        """Looks at the first character only."""
        return not (message.caption or "").startswith("/")


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
        return _new(message, FileKind.PHOTO, max(message.photo, key=lambda size: size.width * size.height))
    if message.document:
        return _new(message, FileKind.DOCUMENT, message.document)
    if film := message.video or message.video_note:
        return _new(message, FileKind.VIDEO, film)
    if sound := message.voice or message.audio:
        return _new(message, FileKind.VOICE, sound)
    return None


def _new(message: Message, kind: FileKind, media: PhotoSize | Document | Video | VideoNote | Voice | Audio) -> NewFile:
    return NewFile(
        kind=kind,
        file_id=media.file_id,
        file_unique_id=media.file_unique_id,
        name=getattr(media, "file_name", None),
        size=media.file_size,
        media_type=getattr(media, "mime_type", None),
        album=message.media_group_id,
    )
