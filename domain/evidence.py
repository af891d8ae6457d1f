"""What a file is, told by its first bytes, and whether a unit may open it; the rules of evidence."""

from __future__ import annotations

from enum import StrEnum

from domain.drafting import FileKind, FileState


class FetchState(StrEnum):
    """How far a file has come from Telegram to our own store."""

    OWED = "owed"
    KEPT = "kept"
    LOST = "lost"
    DOUBLE = "double"


class Problem(StrEnum):
    """What may be wrong with a file, for the person who sent it."""

    NO_IMAGE = "no_image"
    LOST = "lost"


class Sort(StrEnum):
    """What a file is by its content; the value is the ending of the neutral name under which it is handed on."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    HEIC = "heic"
    PDF = "pdf"
    MP4 = "mp4"
    WEBM = "webm"
    OGG = "ogg"
    MP3 = "mp3"
    M4A = "m4a"
    UNKNOWN = "bin"

    @property
    def known(self) -> bool:
        """Whether it can be opened for staff at all without somebody looking at it first."""
        return self is not Sort.UNKNOWN


CLEANABLE = frozenset({Sort.JPEG, Sort.PNG, Sort.WEBP, Sort.GIF})
"""Pictures that can be drawn anew, without place, device and author."""

_BEGINNINGS: tuple[tuple[bytes, Sort], ...] = (
    (b"\xff\xd8\xff", Sort.JPEG),
    (b"\x89PNG\r\n\x1a\n", Sort.PNG),
    (b"GIF87a", Sort.GIF),
    (b"GIF89a", Sort.GIF),
    (b"%PDF-", Sort.PDF),
    (b"\x1aE\xdf\xa3", Sort.WEBM),
    (b"OggS", Sort.OGG),
    (b"ID3", Sort.MP3),
    (b"\xff\xfb", Sort.MP3),
    (b"\xff\xf3", Sort.MP3),
)

_BRANDS = {b"heic": Sort.HEIC, b"heix": Sort.HEIC, b"mif1": Sort.HEIC, b"avif": Sort.HEIC, b"M4A ": Sort.M4A}
"""What the boxes of the MP4 family hold besides films, by their brand."""


def sort_of(content: bytes) -> Sort:
    """What the bytes are, whatever the file is called."""
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], Sort.MP4)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Sort.WEBP
    return next((sort for beginning, sort in _BEGINNINGS if content.startswith(beginning)), Sort.UNKNOWN)


def claims_image(kind: FileKind, name: str | None, media_type: str | None) -> bool:
    """Whether its sender called it a picture."""
    ending = (name or "").casefold().rpartition(".")[2]
    image = (media_type or "").startswith("image/") or ending in ("jpg", "jpeg", "png", "webp", "gif", "heic")
    return kind is FileKind.PHOTO or image


def state_of(fetched: FetchState, sort: Sort | None, *, cleaned: bool, sheltered: bool, released: bool) -> FileState:
    """Whether a unit may open a file.

    What was cleaned is open. What cannot be cleaned may tell of its maker: of a `sheltered` complaint (anonymous or
    secret) it is withheld, and so is what nobody can name, until a coordinator releases it.
    """
    if fetched is not FetchState.KEPT or sort is None:
        return FileState.LOST if fetched is FetchState.LOST else FileState.WAITING
    free = cleaned or released or (sort.known and not sheltered)
    return FileState.OPEN if free else FileState.WITHHELD


def neutral_name(place: int, sort: Sort, *, cleaned: bool) -> str:
    """The name under which the `place`-th file of a complaint is handed on; names that people gave never are."""
    return f"lampiran-{place}.{(Sort.JPEG if cleaned else sort).value}"


def sent_as(kind: FileKind, sort: Sort, *, cleaned: bool) -> FileKind:
    """How it is sent: what came as a photo as one; a scanned letter stays a document, or it could not be read."""
    if cleaned:
        return FileKind.PHOTO if kind is FileKind.PHOTO else FileKind.DOCUMENT
    match kind, sort:
        case (FileKind.VOICE, Sort.OGG):
            return FileKind.VOICE
        case (FileKind.VIDEO, Sort.MP4):
            return FileKind.VIDEO
        case _:
            return FileKind.DOCUMENT
