"""Pictures drawn anew: nothing of place, device and author is left, and a hostile one does no harm."""

from io import BytesIO

import pytest
from PIL import Image

from domain.evidence import Sort, sort_of
from services.cleaning import SIDE_MAX, cleaned
from tests.services.pictures import ARCHIVE, bomb, photograph, tells


def redrawn(content: bytes) -> Image.Image:
    fresh = cleaned(content, sort_of(content))
    assert fresh is not None
    assert not tells(fresh)
    return Image.open(BytesIO(fresh))


def test_a_photograph_loses_place_and_device_and_stands_upright() -> None:
    told = photograph(64, 32)
    assert tells(told)
    assert redrawn(told).size == (32, 64)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "CMYK"])
def test_a_picture_of_any_colours_becomes_a_plain_one(mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (40, 30)).save(written, "TIFF" if mode == "CMYK" else "PNG")
    content = written.getvalue()
    if mode == "CMYK":
        assert cleaned(content, sort_of(content)) is None
    else:
        assert redrawn(content).mode == "RGB"


def test_what_is_transparent_becomes_white_and_not_black() -> None:
    written = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    assert min(redrawn(written.getvalue()).getpixel((10, 10))) > 250  # type: ignore[type-var, arg-type]  # three colours


def test_a_large_picture_is_made_smaller_and_stays_readable() -> None:
    assert max(redrawn(photograph(5000, 300)).size) == SIDE_MAX


@pytest.mark.parametrize(
    "content",
    [ARCHIVE, bomb(), bomb()[:200], photograph()[:300], b"\xff\xd8\xff" + bytes(500), b"\x89PNG\r\n\x1a\n"],
    ids=["zip", "bomb", "cut bomb", "cut photo", "zeros", "signature"],
)
def test_what_is_no_picture_or_a_trap_is_left_as_it_is(content: bytes) -> None:
    assert cleaned(content, sort_of(content)) is None


@pytest.mark.parametrize(("format_", "opened"), [("JPEG", True), ("PNG", False), ("WEBP", False)])
def test_only_what_is_decoded_at_a_fraction_may_be_as_large_as_a_telephone_makes_it(format_: str, opened: bool) -> None:
    written = BytesIO()
    Image.new("L", (6000, 4001)).save(written, format_, **({"quality": 1} if format_ == "WEBP" else {}))
    content = written.getvalue()
    assert (cleaned(content, sort_of(content)) is not None) is opened


def test_a_name_makes_no_picture() -> None:
    assert sort_of(ARCHIVE) is Sort.UNKNOWN
