"""The number of a complaint: how it is read however it is typed, and what its check character catches."""

from itertools import combinations, count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ticket import ALPHABET, Number, SlipOfTyping, find_numbers, new_number, parse

NUMBER = "7KM-3QX-PW9"
DRAWS = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=8, max_size=8)


def drawn(values: list[int]) -> Number:
    source = iter(values)
    return new_number(lambda _: next(source))


def bare(number: str) -> str:
    return number.replace("-", "")


def is_read(text: str) -> bool:
    return not isinstance(parse(text), SlipOfTyping)


@pytest.mark.parametrize(
    "typed",
    [
        "7KM-3QX-PW9",
        "7km3qxpw9",
        "7km 3qx pw9",
        "  #7KM-3QX-PW9  ",
        "LAPOR 7KM-3QX-PW9",
        "Laporan nomor: 7KM3QXPW9",
        "no. 7KM-3QX-PW9",
        "No 7km 3qx pw9",
        "nmr. 7KM-3QX-PW9",
        "tiket #7km-3qx-pw9.",
        "７ＫＭ－３ＱＸ－ＰＷ９",
        "7KM–3QX–PW9",
        "7 K M 3 Q X P W 9",
        "7KM.3QX.PW9",
        "7KM_3QX_PW9",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert parse(typed) == NUMBER


@pytest.mark.parametrize("typed", ["NMR-3RU-7MA", "nmr 3ru 7ma", "nmr. NMR-3RU-7MA", "nomor nmr3ru7ma"])
def test_a_number_may_begin_as_the_word_for_number_does(typed: str) -> None:
    assert parse(typed) == "NMR-3RU-7MA"


@pytest.mark.parametrize("typed", ["", "7KM-3QX-PW", "7KM-3QX-PW99", "halo", "lapor", "#", "1234567", "🙂"])
def test_a_text_of_another_length_is_no_number(typed: str) -> None:
    assert parse(typed) == SlipOfTyping()


@pytest.mark.parametrize("typed", ["7KM-3QI-PWO", "1KM-1QX-PW9"])
def test_two_characters_that_never_occur_leave_nothing_to_guess(typed: str) -> None:
    assert parse(typed) == SlipOfTyping()


@given(values=DRAWS, place=st.integers(0, 8), foreign=st.sampled_from("01ILO"))
@settings(max_examples=100, deadline=None)
def test_one_character_that_never_occurs_is_made_good_by_the_check(values: list[int], place: int, foreign: str) -> None:
    number = drawn(values)
    typed = bare(number)[:place] + foreign + bare(number)[place + 1 :]
    slip = parse(typed)
    assert isinstance(slip, SlipOfTyping)
    assert slip.suggestions == (number,)


@pytest.mark.parametrize(
    "typed",
    [
        "K7M-3QX-PW9",
        "7KM-3QX-P9W",
        "7MK-3QX-PW9",
        "7K3-MQX-PW9",
        "7KN-3QX-PW9",
        "7KM-8QX-PW9",
        "TKM-3QX-PW9",
        "7KM-3DX-PW9",
    ],
)
def test_a_likely_slip_suggests_the_number_that_was_meant(typed: str) -> None:
    slip = parse(typed)
    assert isinstance(slip, SlipOfTyping)
    assert NUMBER in slip.suggestions


@given(values=DRAWS)
@settings(max_examples=60, deadline=None)
def test_every_single_wrong_character_is_caught(values: list[int]) -> None:
    number = bare(drawn(values))
    wrong = (number[:i] + other + number[i + 1 :] for i in range(9) for other in ALPHABET if other != number[i])
    assert not any(is_read(text) for text in wrong)


@given(values=DRAWS)
@settings(max_examples=100, deadline=None)
def test_every_exchange_of_two_characters_is_caught(values: list[int]) -> None:
    number = bare(drawn(values))
    for i, j in combinations(range(9), 2):
        exchanged = list(number)
        exchanged[i], exchanged[j] = number[j], number[i]
        assert is_read("".join(exchanged)) == (number[i] == number[j])


@given(values=DRAWS)
@settings(max_examples=100, deadline=None)
def test_what_is_drawn_can_be_read_and_found(values: list[int]) -> None:
    number = drawn(values)
    assert parse(number.lower()) == number
    assert find_numbers(f"Laporan saya {number}, mohon dicek.") == (number,)


@given(text=st.text(alphabet=ALPHABET, min_size=9, max_size=9))
@settings(max_examples=200, deadline=None)
def test_suggestions_are_at_most_three_and_pass_the_check(text: str) -> None:
    read = parse(text)
    if isinstance(read, SlipOfTyping):
        assert len(read.suggestions) <= 3
        assert all(parse(suggestion) == suggestion for suggestion in read.suggestions)


def test_all_randomness_is_asked_for_one_character_at_a_time() -> None:
    asked: list[int] = []
    values = count()

    def randbelow(bound: int) -> int:
        asked.append(bound)
        return next(values)

    assert new_number(randbelow).startswith("234-567-89")
    assert asked == [31] * 8


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bagaimana kabar 7KM-3QX-PW9?", (NUMBER,)),
        ("cek 7km3qxpw9 dan 7KM 3QX PW9", (NUMBER,)),
        ("nomor 7KM-3QX-PW8 salah ketik", ()),
        ("X7KM-3QX-PW9", ()),
        ("PENGADUAN SAYA BELUM DIJAWAB", ()),
        ("tidak ada nomor", ()),
        ("", ()),
    ],
)
def test_numbers_are_found_in_free_text(text: str, numbers: tuple[str, ...]) -> None:
    assert find_numbers(text) == numbers
