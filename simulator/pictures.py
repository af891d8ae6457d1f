"""Small true photographs: grey JPEG files of any size, made of nothing but the standard library."""

import struct


def jpeg(width: int = 1280, height: int = 960, shade: int = 128, note: str = "") -> bytes:
    """Returns a valid grey JPEG; `shade` (0-255) and `note` make two photographs different files.

    Every 8x8 block costs two bits: "as bright as the last one" and "nothing more", so a phone's
    picture weighs a few kilobytes.
    """
    quantisation = _segment(0xDB, bytes([0]) + bytes([8] * 64))
    frame = _segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + bytes([1, 0x11, 0]))
    first = (shade - 128).bit_length() if shade >= 128 else (128 - shade).bit_length()
    brightness = _huffman_table(0x00, [0, first] if first else [0])
    detail = _huffman_table(0x10, [0])
    scan = _segment(0xDA, bytes([1, 1, 0x00, 0, 63, 0]))
    comment = _segment(0xFE, note.encode()) if note else b""
    blocks = -(-width // 8) * -(-height // 8)
    return b"".join(
        [
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0" + struct.pack(">HBHHBB", 0x0101, 0, 1, 1, 0, 0)),
            comment,
            quantisation,
            frame,
            brightness,
            detail,
            scan,
            _data(shade - 128, first, blocks),
            b"\xff\xd9",
        ]
    )


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Returns (width, height) of a JPEG, PNG or GIF, or None if this is no picture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _huffman_table(place: int, symbols: list[int]) -> bytes:
    counts = [1 if length < len(symbols) else 0 for length in range(16)]
    return _segment(0xC4, bytes([place, *counts, *symbols]))


def _data(difference: int, size: int, blocks: int) -> bytes:
    """Returns the bits: code "0" is the first symbol of a table, "10" its second."""
    bits = ""
    if size:
        value = difference if difference > 0 else difference + (1 << size) - 1
        bits, blocks = f"10{value:0{size}b}0", blocks - 1
    bits += "00" * blocks
    bits += "1" * (-len(bits) % 8)
    raw = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return raw.replace(b"\xff", b"\xff\x00")
