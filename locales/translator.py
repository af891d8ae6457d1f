"""The translator: a key and its values become a sentence in the reader's language.

Keys are dotted (`intake.ask_place`). Values are escaped for Telegram's HTML unless they are `Html` already,
so that no word of a person can ever become markup. Languages that count write `{count} {count:day|days}`.

A language is a folder of catalogues that says its own name; what it does not hold yet is said in Indonesian.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

CATALOGUES = Path(__file__).parent
FALLBACK = "id"


class Html(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


class UnknownKey(LookupError):
    """A sentence that no catalogue of the language holds: a slip of the programmer."""


class Words:
    """The sentences of one language. Called with a key and values, it gives HTML."""

    def __init__(self, locale: str, sentences: Mapping[str, str]) -> None:
        """Takes the merged sentences of every catalogue of the language."""
        self.locale = locale
        self._sentences = sentences

    def __call__(self, key: str, **values: object) -> Html:
        """Gives the sentence; raises `UnknownKey` if there is none, `KeyError` if a value is missing."""
        try:
            sentence = self._sentences[key]
        except KeyError:
            raise UnknownKey(f"no sentence {key!r} in the catalogues of {self.locale!r}") from None
        return Html(sentence.format_map({name: _value(value) for name, value in values.items()}))

    def has(self, key: str) -> bool:
        """Whether the language has this sentence."""
        return key in self._sentences

    @property
    def keys(self) -> frozenset[str]:
        """Every key of the language, for the tests of completeness."""
        return frozenset(self._sentences)


class _Count(int):
    """A whole number that picks the form of a word: `{count:day|days}` is "day" for one and "days" otherwise."""

    def __format__(self, forms: str) -> str:
        one, bar, many = forms.partition("|")
        return (one if self == 1 else many) if bar else format(int(self), forms)


def _value(value: object) -> str | _Count:
    if isinstance(value, int) and not isinstance(value, bool):
        return _Count(value)
    return value if isinstance(value, Html) else escape(str(value), quote=False)


def plain(text: str) -> Html:
    """Escapes somebody's words so that they may stand inside markup."""
    return Html(escape(text, quote=False))


@cache
def languages(catalogues: Path = CATALOGUES) -> tuple[str, ...]:
    """The languages that have a catalogue, the fallback first."""
    found = {path.parent.parent.name for path in catalogues.glob("*/LC_MESSAGES/*.mo")}
    return (FALLBACK, *sorted(found - {FALLBACK}))


@cache
def tongues(catalogues: Path = CATALOGUES) -> tuple[Words, ...]:
    """Every language that can be chosen, the fallback first."""
    return tuple(words_for(language, catalogues) for language in languages(catalogues))


@cache
def words_for(locale: str, catalogues: Path = CATALOGUES) -> Words:
    """The sentences of a language; an unknown or malformed code falls back to Indonesian."""
    code = locale_of(locale, catalogues)
    sentences: dict[str, str] = {}
    for language in dict.fromkeys((FALLBACK, code)):
        sentences |= own_sentences(language, catalogues)
    if not sentences:
        raise UnknownKey('no catalogue is compiled: run "make setup"')
    return Words(code, sentences)


def own_sentences(language: str, catalogues: Path = CATALOGUES) -> dict[str, str]:
    """What the catalogues of one language hold, without what it borrows."""
    sentences: dict[str, str] = {}
    for path in sorted((catalogues / language / "LC_MESSAGES").glob("*.mo")):
        with path.open("rb") as file:
            translations = gettext.GNUTranslations(file)
        # The mapping of a catalogue is its only complete list; the empty key is its header.
        catalogue: dict[str, str] = vars(translations)["_catalog"]
        sentences.update({key: text for key, text in catalogue.items() if isinstance(key, str) and key})
    return sentences


def locale_of(code: str | None, catalogues: Path = CATALOGUES) -> str:
    """Our language for a code that a telephone sends; Indonesian when it is absent, unknown or malformed.

    Telegram sends "in" for Indonesian on old phones, regional forms such as "en-GB", or nothing.
    """
    bare = (code or "").replace("_", "-").split("-")[0].lower()
    bare = {"in": "id"}.get(bare, bare)
    return bare if bare in languages(catalogues) else FALLBACK
