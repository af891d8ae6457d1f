"""The files that travelled through this Telegram, from phones or from the bot."""

import hashlib
import mimetypes
from dataclasses import dataclass, field
from typing import Any

from simulator.pictures import picture_size
from simulator.refusals import Refusal, bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024

# A photograph is kept in these sizes (the longer side, in pixels), the last one being the largest.
PHOTO_SIZES = (90, 320, 800, 1280)

_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "audio": "music",
    "video": "videos",
    "video_note": "video_notes",
    "sticker": "stickers",
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "audio": {"duration": 3, "mime_type": "audio/mpeg"},
    "video": {"width": 1280, "height": 720, "duration": 5, "mime_type": "video/mp4"},
    "video_note": {"length": 240, "duration": 5},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
_EXTENSIONS = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "video_note": ".mp4", "sticker": ".webp"}


@dataclass(frozen=True)
class StoredFile:
    """One file; `size` is what it claims to weigh in bytes, which may be more than `content` holds."""

    id: str
    unique_id: str
    path: str
    content: bytes
    size: int

    def as_json(self) -> dict[str, Any]:
        """Returns the ids and the weight, as every message with this file shows them."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass
class FileStore:
    """Every file by its id, and the message content that each id stands for when it is sent again."""

    bot_id: int = 0
    files: dict[str, StoredFile] = field(default_factory=dict)
    contents: dict[str, dict[str, Any]] = field(default_factory=dict)

    def keep(
        self, kind: str, content: bytes, name: str | None = None, size: int | None = None, **details: Any
    ) -> dict[str, Any]:
        """Keeps a file and returns the message content of this kind, such as {"voice": {...}}."""
        if kind == "photo":
            return self._keep_photo(content, size)
        stored = self._store(kind, content, size, name=name)
        shown = stored.as_json() | _DEFAULTS.get(kind, {}) | details
        if name and kind in ("document", "audio", "video"):
            shown["file_name"] = name
        if kind == "document":
            shown["mime_type"] = mimetypes.guess_type(name or "")[0] or "application/octet-stream"
        self.contents[stored.id] = {kind: shown}
        return self.contents[stored.id]

    def again(self, kind: str, file_id: str) -> dict[str, Any]:
        """Returns the content of a file that is sent again by its id."""
        content = self.contents.get(file_id)
        if content is None:
            raise bad_request("wrong remote file identifier specified: Wrong string length")
        if kind not in content:
            found = next(iter(content)).replace("_", " ").title()
            raise bad_request(f"can't use file of type {found} as {kind.replace('_', ' ').title()}")
        return content

    def offered(self, file_id: str | None) -> StoredFile:
        """Returns a file that a bot may download; raises `Refusal` 400 if there is none, or it is too heavy."""
        stored = self.files.get(file_id or "")
        if stored is None:
            raise bad_request(
                "invalid file_id" if not file_id else "wrong file_id or the file is temporarily unavailable"
            )
        if stored.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return stored

    def at(self, path: str) -> StoredFile:
        """Returns the file that lies at a download path."""
        for stored in self.files.values():
            if stored.path == path:
                return stored
        raise Refusal(404, "Not Found")

    def _keep_photo(self, content: bytes, size: int | None) -> dict[str, Any]:
        if len(content) > PHOTO_LIMIT:
            raise bad_request(f"file is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes")
        dimensions = picture_size(content)
        if dimensions is None or sum(dimensions) > 10_000:
            raise bad_request("IMAGE_PROCESS_FAILED" if dimensions is None else "PHOTO_INVALID_DIMENSIONS")
        sizes = [self._photo_size(content, dimensions, side, size) for side in _sides(max(dimensions))]
        for each in sizes:
            self.contents[each["file_id"]] = {"photo": sizes}
        return {"photo": sizes}

    def _photo_size(self, content: bytes, dimensions: tuple[int, int], side: int, size: int | None) -> dict[str, Any]:
        longer = max(dimensions)
        width, height = (max(1, round(length * side / longer)) for length in dimensions)
        stored = self._store("photo", content, size, variant=str(side))
        return stored.as_json() | {"width": width, "height": height}

    def _store(
        self, kind: str, content: bytes, size: int | None, name: str | None = None, variant: str = ""
    ) -> StoredFile:
        number = len(self.files) + 1
        digest = hashlib.sha256(content + f"{kind}{size}{variant}".encode()).hexdigest()
        extension = _EXTENSIONS.get(kind) or ("." + name.rpartition(".")[2] if name and "." in name else "")
        stored = StoredFile(
            id=f"{kind}-{self.bot_id}-{number}-{digest[:24]}",
            unique_id=f"AQ{digest[:14]}",
            path=f"{_FOLDERS[kind]}/file_{number}{extension}",
            content=content,
            size=len(content) if size is None else size,
        )
        self.files[stored.id] = stored
        return stored


def _sides(longer: int) -> list[int]:
    """Returns the longer sides in which a picture of this size is kept, smallest first."""
    return [side for side in PHOTO_SIZES if side < longer] + ([longer] if longer <= PHOTO_SIZES[-1] else [])
