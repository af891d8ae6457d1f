"""What somebody types to keep the matcher busy: it is read as fast as anything else."""

import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from domain.drafting import STORY_MAX
from domain.giveaways import gives_away
from domain.masking import mask
from domain.reply_gate import examine
from routing.matcher import AgencyMatcher
from routing.rudeness import softened
from routing.words import read

MANY = 60_000
"""Characters of a text so long that its square is felt."""

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


@pytest.mark.parametrize("piece", ["1.", "kami ", "."])
@pytest.mark.usefixtures("patience")
def test_a_reply_made_to_keep_us_busy_is_judged_to_its_end(piece: str) -> None:
    assert examine(f"{piece * (MANY // len(piece))}x")


@pytest.mark.parametrize("text", [f"a{chr(10) * 100_000}x", f"\n-A{chr(39) * 100_000}a b!"], ids=["lines", "quotes"])
@pytest.mark.usefixtures("patience")
def test_a_signature_is_sought_to_the_end_of_any_text(text: str) -> None:
    assert gives_away(text) == ()


def steps(read: Callable[[str], object], text: str) -> int:
    """How many calls a reading takes: what no clock of a busy machine can blur."""
    count = 0

    def listen(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(listen)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    ("read_it", "piece"),
    [(lambda text: mask(text, lambda _kind: ""), "B 1234 XYZ "), (gives_away, "nama:x."), (softened, "bangsat ")],
    ids=["plates", "names", "rude words"],
)
def test_twice_the_text_is_twice_the_work(read_it: Callable[[str], object], piece: str) -> None:
    read_it(piece)
    half = steps(read_it, piece * 300)
    assert half < steps(read_it, piece * 600) < 2.2 * half


def test_an_address_of_mail_or_web_is_no_word_and_the_words_around_it_keep_their_places() -> None:
    text = "kirim ke warga.rw05@contoh.co.id atau https://contoh.id/jalan soal lampu"
    words = read(text)
    assert [word.form for word in words] == ["kirim", "ke", "atau", "soal", "lampu"]
    assert all(text[word.start : word.end].lower() == word.form for word in words)
