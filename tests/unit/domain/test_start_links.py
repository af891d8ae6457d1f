"""What a deep link carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.start_links import LinkKind, StartLink, linked, looks_like_link, read_link

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{1,39}", fullmatch=True)


@given(st.sampled_from(LinkKind), NAMES)
def test_what_is_written_is_read_again(kind: LinkKind, name: str) -> None:
    assert read_link(StartLink(kind, name).payload) == StartLink(kind, name)


def test_a_typed_payload_may_have_capitals_and_spaces_around() -> None:
    assert read_link(" K_Jalan-Rusak ") == StartLink(LinkKind.CAMPAIGN, "jalan-rusak")


@pytest.mark.parametrize(
    "said", ["", "k_", "jalan", "x_jalan", "k_jalan rusak", "k_" + "a" * 63, "k_jalan;drop", "k_é"]
)
def test_anything_else_is_no_link(said: str) -> None:
    assert read_link(said) is None


def test_a_link_that_telegram_would_not_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="64"):
        _ = StartLink(LinkKind.UNIT, "a" * 63).payload
    with pytest.raises(ValueError, match="cannot carry"):
        _ = StartLink(LinkKind.UNIT, "36.73-dishub").payload


def test_the_code_of_a_unit_is_written_without_dots() -> None:
    assert StartLink(LinkKind.UNIT, linked("36.73-Dishub")).payload == "u_36_73-dishub"


def test_an_invitation_that_begins_like_a_link_is_told_from_one() -> None:
    assert looks_like_link("k_Zc0d3fGhIjKlMnOpQrStUv")
    assert not looks_like_link("AbCdEfGhIjKlMnOpQrStUvWx")
