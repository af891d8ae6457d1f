"""What somebody types to keep the matcher busy: it is read as fast as anything else."""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from domain.drafting import STORY_MAX
from domain.masking import mask
from domain.telling import gives_away
from routing.matcher import AgencyMatcher
from routing.words import read

PATIENCE_S = 20
"""Longer than any machine needs; what backtracks without end needs minutes."""


class Endless(Exception):
    """The reading did not come to an end."""


@pytest.fixture
def patience() -> Iterator[None]:
    """Ends what does not end by itself."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Endless

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def matcher() -> AgencyMatcher:
    """The matcher, read once."""
    return AgencyMatcher.load()


@pytest.mark.parametrize(
    "piece",
    ["a", "a@", "a.", "@.", "a@a.a", "@", "http://", "0812-", "wa ", "rek bca ", "kelurahan kota ", "e\u0301", "😀"],
)
@pytest.mark.usefixtures("patience")
def test_a_text_made_to_keep_us_busy_is_read_to_its_end(matcher: AgencyMatcher, piece: str) -> None:
    text = (piece * STORY_MAX)[:STORY_MAX]
    assert matcher.suggest(text, None).candidates is not None
    assert matcher.gazetteer.mentions(text) is not None
    assert mask(text, lambda _kind: "").text is not None
    assert gives_away(text) is not None


def test_an_address_of_mail_or_web_is_no_word_and_the_words_around_it_keep_their_places() -> None:
    text = "kirim ke warga.rw05@contoh.co.id atau https://contoh.id/jalan soal lampu"
    words = read(text)
    assert [word.form for word in words] == ["kirim", "ke", "atau", "soal", "lampu"]
    assert all(text[word.start : word.end].lower() == word.form for word in words)
