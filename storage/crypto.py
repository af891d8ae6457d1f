"""Seals what names a person, and finds it again without opening it.

A sealed value is a Fernet token. A blind index is an HMAC-SHA256 of the value under a key derived (HKDF)
from the same secret, so a row can be found by a Telegram id that is nowhere written in clear. Several keys
may stand side by side: the newest seals, all of them open.
"""

from base64 import urlsafe_b64decode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INDEX_LABEL = b"laporbot/blind-index/1"
_NAME_LABEL = "laporbot/key-name/1"
_MEND = 'run "lapor key new" and put its line into the environment'


class BadKey(ValueError):
    """A key is missing or malformed; the message says the mend and never shows the key."""


class CannotOpen(ValueError):
    """A sealed value was written under a key that this keyring does not hold."""


def new_key() -> str:
    """Makes a fresh key: 32 random bytes in URL-safe base64, 44 characters."""
    return Fernet.generate_key().decode()


class Keyring:
    """The keys of one installation, newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises `BadKey` when there is no key or one is not 32 bytes of URL-safe base64."""
        if not keys:
            raise BadKey(f"there is no encryption key: {_MEND}")
        self._boxes = [_fernet(key, place) for place, key in enumerate(keys, start=1)]
        self._box = MultiFernet(self._boxes)
        self._index_keys = tuple(_index_key(key) for key in keys)

    def __repr__(self) -> str:
        """Says how many keys there are and shows none."""
        return f"Keyring({len(self._index_keys)} keys)"

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Reads `"newest,older"`; spaces and empty items are ignored."""
        return cls([key for item in text.split(",") if (key := item.strip())])

    def encrypt(self, value: str) -> bytes:
        """Seals under the newest key; two sealings of one value differ."""
        return self._box.encrypt(value.encode())

    def decrypt(self, sealed: bytes) -> str:
        """Opens with whichever key fits, or raises `CannotOpen`."""
        try:
            return self._box.decrypt(sealed).decode()
        except InvalidToken:
            raise CannotOpen("no key of this keyring opens the value: put the older key back") from None

    def seal(self, content: bytes) -> bytes:
        """Seals bytes under the newest key; the result is base64."""
        return self._box.encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """Opens what `seal` sealed, or raises `CannotOpen`."""
        try:
            return self._box.decrypt(sealed)
        except InvalidToken:
            raise CannotOpen("no key of this keyring opens the file: put the older key back") from None

    def rotate(self, sealed: bytes) -> bytes:
        """Seals anew under the newest key what an older one sealed."""
        try:
            return self._box.rotate(sealed)
        except InvalidToken:
            raise CannotOpen("no key of this keyring opens the value: put the older key back") from None

    def place_of(self, sealed: bytes) -> int | None:
        """Which key opens a value: 0 the newest, 1 the one before; None when no key does."""
        for place, box in enumerate(self._boxes):
            try:
                box.decrypt(sealed)
            except InvalidToken:
                continue
            return place
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """Eight digits for each key, newest first, by which people tell keys apart; they reveal nothing of it."""
        return tuple(_hmac(key, _NAME_LABEL)[:8] for key in self._index_keys)

    def index(self, value: str) -> str:
        """The blind index under the newest key: 64 hexadecimal digits, the same at every call."""
        return _hmac(self._index_keys[0], value)

    def indexes(self, value: str) -> tuple[str, ...]:
        """The blind index under every key, newest first: look-ups ask for any of them during a rotation."""
        return tuple(_hmac(key, value) for key in self._index_keys)


def _fernet(key: str, place: int) -> Fernet:
    try:
        return Fernet(key)
    except ValueError:
        raise BadKey(f"encryption key number {place} is not a key: {_MEND}") from None


def _index_key(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=_INDEX_LABEL)
    return derivation.derive(urlsafe_b64decode(key))


def _hmac(key: bytes, value: str) -> str:
    code = HMAC(key, SHA256())
    code.update(value.encode())
    return code.finalize().hex()
