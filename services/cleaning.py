"""Draws pictures anew, so that nothing of place, device and author is left in them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from domain.evidence import CLEANABLE, Sort

PIXELS_MAX = 64_000_000
"""Pixels of a JPEG that is opened at all: more than telephones make, and it is decoded at a fraction of its size."""

WHOLE_PIXELS_MAX = 24_000_000
"""Pixels of any other picture: those are decoded whole, up to eight bytes a pixel (200 MB), and shrunk from there."""

SIDE_MAX = 2560
"""Pixels of the longer side of what is handed on: a letter can still be read."""

QUALITY = 85


def cleaned(content: bytes, sort: Sort) -> bytes | None:
    """The picture as a fresh JPEG, upright, without any metadata; None for what cannot be drawn anew.

    Only the pixels are taken over. A picture that claims more than `PIXELS_MAX`, or `WHOLE_PIXELS_MAX`, is not opened.
    """
    if sort not in CLEANABLE:
        return None
    try:
        return _redrawn(content, sort)
    except Exception:  # noqa: BLE001 (a hostile file makes the library raise anything: then it is no picture to us)
        return None


def _redrawn(content: bytes, sort: Sort) -> bytes | None:
    with Image.open(BytesIO(content), formats=[_FORMATS[sort]]) as picture:
        if picture.width * picture.height > (PIXELS_MAX if sort is Sort.JPEG else WHOLE_PIXELS_MAX):
            return None
        # A JPEG is decoded at a fraction of its size where that is enough.
        picture.draft("RGB", (SIDE_MAX, SIDE_MAX))
        # Small first: turning makes a copy, and a picture is turned as well when it is small.
        picture.thumbnail((SIDE_MAX, SIDE_MAX), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(picture)
        fresh = Image.new("RGB", upright.size, "white")
        transparent = upright.convert("RGBA") if upright.mode in ("RGBA", "LA", "PA", "P") else None
        fresh.paste(transparent or upright.convert("RGB"), mask=transparent)
        written = BytesIO()
        fresh.save(written, "JPEG", quality=QUALITY, optimize=True)
        return written.getvalue()


_FORMATS = {Sort.JPEG: "JPEG", Sort.PNG: "PNG", Sort.WEBP: "WEBP", Sort.GIF: "GIF"}
