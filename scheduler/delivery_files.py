"""What goes with a letter: files by Telegram's name of an earlier upload of ours, or uploaded from our own store."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Protocol

from telegram import Document, InputMediaDocument, InputMediaPhoto, Message, PhotoSize, Video, Voice
from telegram.error import BadRequest
from telegram.ext import ExtBot

from domain.drafting import FileKind
from scheduler.delivery_outcome import reason_of
from views.screen import File

ALBUM_LIMIT = 10
"""Files in one album at Telegram."""

log = logging.getLogger(__name__)

Bot = ExtBot[int]


class FileSource(Protocol):
    """Where the bytes lie: `services.evidence.Evidence`."""

    async def bytes_of(self, stored_id: int) -> bytes | None:
        """The bytes of a stored file; None when they are gone."""

    async def uploaded(self, stored_id: int, handle: str) -> None:
        """Remembers Telegram's name of an upload."""


class Luggage:
    """Sends files. One that Telegram does not take must not hold up the words that it goes with."""

    def __init__(self, bot: Bot, source: FileSource | None) -> None:
        """Without a source, only what Telegram has already can be sent."""
        self._bot = bot
        self._source = source

    async def all(self, chat_id: int, files: Sequence[File]) -> None:
        """Sends photos as albums, then documents as albums, then the rest one by one."""
        for group in _groups(files):
            try:
                await self._group(chat_id, group)
            except BadRequest as error:
                refused(error)

    async def one(self, chat_id: int, file: File, **more: Any) -> Message:
        """Sends one file, perhaps with a caption; raises `BadRequest` when Telegram does not take it."""
        send = _SENDERS[file.kind]
        message: Message
        if file.handle is not None:
            try:
                return await send(self._bot, chat_id, _by_handle(file), **more)
            except BadRequest as error:
                if about_words(error) or file.stored is None:
                    raise
        content = await self._bytes(file)
        message = await send(self._bot, chat_id, content, filename=file.name, **more)
        await self._remember(file, message)
        return message

    async def _group(self, chat_id: int, group: Sequence[File]) -> None:
        if len(group) == 1:
            await self.one(chat_id, group[0])
            return
        if any(file.handle is not None for file in group):
            try:
                await self._album(chat_id, group, afresh=False)
            except BadRequest as error:
                # One name may have died with the bot that it belonged to: then all are uploaded again.
                if not all(file.stored for file in group):
                    raise
                log.info("an album goes out afresh: %s", reason_of(error))
            else:
                return
        await self._album(chat_id, group, afresh=True)

    async def _album(self, chat_id: int, group: Sequence[File], *, afresh: bool) -> None:
        media, uploads = [], []
        for file in group:
            upload = file.handle is None or (afresh and file.stored is not None)
            what = await self._bytes(file) if upload else _by_handle(file)
            media.append(_ALBUM_ITEMS[file.kind](what, filename=file.name if upload else None))
            uploads.append(upload)
        sent = await self._bot.send_media_group(chat_id, media)
        for file, upload, message in zip(group, uploads, sent, strict=True):
            if upload:
                await self._remember(file, message)

    async def _bytes(self, file: File) -> bytes:
        """Raises `BadRequest`, as Telegram would, for a file that is not there."""
        content = None
        if self._source is not None and file.stored is not None:
            content = await self._source.bytes_of(file.stored)
        if content is None:
            raise BadRequest("the file does not lie in our store")
        return content

    async def _remember(self, file: File, message: Message) -> None:
        attached = message.effective_attachment
        largest = attached[-1] if isinstance(attached, Sequence) else attached
        handle = getattr(largest, "file_id", None)
        if self._source is not None and file.stored is not None and handle:
            await self._source.uploaded(file.stored, handle)


def _groups(files: Sequence[File]) -> Iterator[Sequence[File]]:
    for kind in _ALBUM_ITEMS:
        alike = [file for file in files if file.kind is kind]
        yield from (alike[at : at + ALBUM_LIMIT] for at in range(0, len(alike), ALBUM_LIMIT))
    yield from ([file] for file in files if file.kind not in _ALBUM_ITEMS)


def about_words(error: BadRequest) -> bool:
    """Whether the words were refused and not the file. Telegram rewords its errors, so this is asked loosely."""
    reason = error.message.lower()
    return "parse" in reason or "entit" in reason or "too long" in reason


def refused(error: BadRequest) -> None:
    """Says so; the words must arrive all the same."""
    log.error("a file was not taken, the message goes out without it: %s", reason_of(error))


# A file id as a plain string would be looked for on the disk first, and a file of that name be uploaded.
# Wrapped, it is an id and nothing else. The measures are never sent.


def _by_handle(file: File) -> Any:
    return _WRAPPERS[file.kind](file.handle or "")


_WRAPPERS: dict[FileKind, Callable[[str], Any]] = {
    FileKind.PHOTO: lambda handle: PhotoSize(handle, "-", width=0, height=0),
    FileKind.DOCUMENT: lambda handle: Document(handle, "-"),
    FileKind.VIDEO: lambda handle: Video(handle, "-", width=0, height=0, duration=0),
    FileKind.VOICE: lambda handle: Voice(handle, "-", duration=0),
}

_SENDERS: dict[FileKind, Callable[..., Awaitable[Message]]] = {
    FileKind.PHOTO: Bot.send_photo,
    FileKind.DOCUMENT: Bot.send_document,
    FileKind.VIDEO: Bot.send_video,
    FileKind.VOICE: Bot.send_voice,
}

_ALBUM_ITEMS: dict[FileKind, Callable[..., Any]] = {
    FileKind.PHOTO: InputMediaPhoto,
    FileKind.DOCUMENT: InputMediaDocument,
}
"""What comes in albums; Telegram mixes no documents with photos."""
