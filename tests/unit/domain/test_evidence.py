"""What a file is by its bytes, who may open it, and under which name it is handed on."""

import pytest

from domain.drafting import FileKind, FileState
from domain.evidence import FetchState, Sort, claims_image, neutral_name, sent_as, sort_of, state_of


@pytest.mark.parametrize(
    ("beginning", "sort"),
    [
        (b"\xff\xd8\xff\xe0....", Sort.JPEG),
        (b"\x89PNG\r\n\x1a\n....", Sort.PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Sort.WEBP),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", Sort.UNKNOWN),
        (b"GIF89a..", Sort.GIF),
        (b"\x00\x00\x00\x18ftypheic", Sort.HEIC),
        (b"\x00\x00\x00\x18ftypM4A ", Sort.M4A),
        (b"\x00\x00\x00\x18ftypisom", Sort.MP4),
        (b"%PDF-1.7", Sort.PDF),
        (b"OggS", Sort.OGG),
        (b"PK\x03\x04", Sort.UNKNOWN),
        (b"MZ\x90\x00", Sort.UNKNOWN),
        (b"", Sort.UNKNOWN),
    ],
)
def test_a_file_is_what_its_bytes_say(beginning: bytes, sort: Sort) -> None:
    assert sort_of(beginning) is sort


@pytest.mark.parametrize("sheltered", [True, False])
def test_what_was_cleaned_is_open_to_the_unit_even_of_an_anonymous_complaint(sheltered: bool) -> None:
    shown = state_of(FetchState.KEPT, Sort.JPEG, cleaned=True, sheltered=sheltered, released=False)
    assert shown is FileState.OPEN


@pytest.mark.parametrize(
    ("sort", "sheltered", "released", "shown"),
    [
        (Sort.MP4, False, False, FileState.OPEN),
        (Sort.MP4, True, False, FileState.WITHHELD),
        (Sort.MP4, True, True, FileState.OPEN),
        (Sort.UNKNOWN, False, False, FileState.WITHHELD),
        (Sort.UNKNOWN, False, True, FileState.OPEN),
    ],
)
def test_what_cannot_be_cleaned_is_withheld_where_it_may_tell_of_its_maker(
    sort: Sort, sheltered: bool, released: bool, shown: FileState
) -> None:
    assert state_of(FetchState.KEPT, sort, cleaned=False, sheltered=sheltered, released=released) is shown


def test_what_has_not_come_is_awaited_or_lost() -> None:
    nothing = {"cleaned": False, "sheltered": False, "released": False}
    assert state_of(FetchState.OWED, None, **nothing) is FileState.WAITING
    assert state_of(FetchState.LOST, None, **nothing) is FileState.LOST


def test_names_that_people_gave_are_handed_on_to_nobody() -> None:
    assert neutral_name(1, Sort.PNG, cleaned=True) == "lampiran-1.jpg"
    assert neutral_name(2, Sort.PDF, cleaned=False) == "lampiran-2.pdf"
    assert neutral_name(3, Sort.UNKNOWN, cleaned=False) == "lampiran-3.bin"


def test_a_scanned_letter_stays_a_document_and_a_photo_a_photo() -> None:
    assert sent_as(FileKind.DOCUMENT, Sort.JPEG, cleaned=True) is FileKind.DOCUMENT
    assert sent_as(FileKind.PHOTO, Sort.JPEG, cleaned=True) is FileKind.PHOTO
    assert sent_as(FileKind.VOICE, Sort.OGG, cleaned=False) is FileKind.VOICE
    assert sent_as(FileKind.VIDEO, Sort.UNKNOWN, cleaned=False) is FileKind.DOCUMENT


def test_a_document_that_is_called_a_picture_claims_to_be_one() -> None:
    assert claims_image(FileKind.DOCUMENT, "bukti.JPG", None)
    assert claims_image(FileKind.DOCUMENT, None, "image/png")
    assert not claims_image(FileKind.DOCUMENT, "surat.pdf", "application/pdf")
