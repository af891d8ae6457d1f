"""What a button says: short, typed, versioned."""

import pytest

from domain.lifecycle import Kind
from views.taps import LIMIT, Tap, Verb, tap, unpack


def test_a_tap_survives_the_way_to_telegram_and_back() -> None:
    sent = tap(Verb.KIND, 12, Kind.ASPIRATION)
    assert sent == Tap(Verb.KIND, ("12", "aspiration"))
    assert unpack(sent.pack()) == sent


def test_a_tap_without_arguments_survives_too() -> None:
    assert unpack(tap(Verb.HELP).pack()) == Tap(Verb.HELP)


def test_sixty_four_bytes_pass_and_one_more_is_a_slip_of_the_programmer() -> None:
    room = LIMIT - len(tap(Verb.SHOW, "").pack())
    assert len(tap(Verb.SHOW, "x" * room).pack()) == LIMIT
    with pytest.raises(ValueError, match="over 64 bytes"):
        tap(Verb.SHOW, "x" * (room + 1)).pack()


def test_bytes_are_counted_and_not_letters() -> None:
    with pytest.raises(ValueError, match="over 64 bytes"):
        tap(Verb.SHOW, "é" * 40).pack()


@pytest.mark.parametrize(
    "forged", [None, "", ":", "1", "1:", "0:help", "2:help", "1:unknown", "help", "1:HELP", "'; DROP TABLE", "1:\x00"]
)
def test_what_is_old_or_forged_is_not_read(forged: str | None) -> None:
    assert unpack(forged) is None


def test_no_two_verbs_share_a_payload() -> None:
    assert len({verb.value for verb in Verb}) == len(Verb)
    assert all(":" not in verb.value for verb in Verb)
