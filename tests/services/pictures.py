"""Files as people send them: photographs that tell where they were taken, and what only calls itself one."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image
from PIL.Image import Exif

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
TELEPHONE = "Telepon Ibu Sari"


def photograph(width: int = 64, height: int = 32, shade: int = 128) -> bytes:
    """A JPEG that was taken in Serang with somebody's telephone, lying on its side."""
    exif = Exif()
    exif[MAKER], exif[ORIENTATION] = TELEPHONE, 6
    exif.get_ifd(GPS).update({1: "S", 2: (6.0, 7.0, 12.0), 3: "E", 4: (106.0, 9.0, 1.0)})
    written = BytesIO()
    Image.new("RGB", (width, height), (shade, 90, 60)).save(written, "JPEG", exif=exif, comment=TELEPHONE.encode())
    return written.getvalue()


def tells(content: bytes) -> bool:
    """Whether a file still says where or by whom it was made."""
    with Image.open(BytesIO(content)) as picture:
        return bool(picture.getexif()) or "comment" in picture.info or TELEPHONE.encode() in content


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few hundred kilobytes that claims thousands of millions of pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side + 1) * 1000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


ARCHIVE = b"PK\x03\x04" + bytes(60)
"""A zip, whatever it is called."""

FILM = bytes(4) + b"ftypisom" + bytes(40)
PAPER = b"%PDF-1.4\n1 0 obj << /Author (Sari) >> endobj"
