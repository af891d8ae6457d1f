"""Keys: sealing, opening, finding again, and changing them while the program runs."""

import pytest

from storage.crypto import BadKey, CannotOpen, Keyring, new_key


@pytest.fixture
def older() -> str:
    return new_key()


@pytest.fixture
def newer() -> str:
    return new_key()


def test_what_is_sealed_is_opened_again(older: str):
    keys = Keyring.parse(older)
    assert keys.decrypt(keys.encrypt("Ibu Siti, 08123 🙂")) == "Ibu Siti, 08123 🙂"


def test_a_sealed_value_does_not_show_the_value_nor_that_two_are_alike(older: str):
    keys = Keyring.parse(older)
    assert b"5551" not in keys.encrypt("5551")
    assert keys.encrypt("5551") != keys.encrypt("5551")


def test_the_index_of_a_value_is_always_the_same_and_differs_by_value_and_by_key(older: str, newer: str):
    keys = Keyring.parse(older)
    assert keys.index("5551") == Keyring.parse(older).index("5551")
    assert len({keys.index("5551"), keys.index("5552"), Keyring.parse(newer).index("5551")}) == 3


def test_during_a_rotation_the_newest_key_seals_and_the_older_still_opens(older: str, newer: str):
    sealed_before = Keyring.parse(older).encrypt("5551")
    during = Keyring.parse(f" {newer} , {older},")
    assert during.decrypt(sealed_before) == "5551"
    assert Keyring.parse(newer).decrypt(during.encrypt("5551")) == "5551"
    assert Keyring.parse(newer).decrypt(during.rotate(sealed_before)) == "5551"


def test_during_a_rotation_a_value_is_looked_up_under_every_key_newest_first(older: str, newer: str):
    during = Keyring.parse(f"{newer},{older}")
    assert during.indexes("5551") == (Keyring.parse(newer).index("5551"), Keyring.parse(older).index("5551"))
    assert during.index("5551") == during.indexes("5551")[0]


def test_a_value_under_a_lost_key_is_refused_by_name(older: str, newer: str):
    lost = Keyring.parse(older).encrypt("5551")
    with pytest.raises(CannotOpen, match="put the older key back"):
        Keyring.parse(newer).decrypt(lost)
    with pytest.raises(CannotOpen):
        Keyring.parse(newer).rotate(lost)


@pytest.mark.parametrize("text", ["", " , ", "secret", "x" * 44])
def test_a_missing_or_broken_key_says_the_mend_and_does_not_show_itself(text: str):
    with pytest.raises(BadKey, match='run "lapor key new"') as refusal:
        Keyring.parse(text)
    assert not text.strip(" ,") or text not in str(refusal.value)


def test_a_keyring_does_not_print_its_keys(older: str):
    assert repr(Keyring.parse(older)) == "Keyring(1 keys)"
