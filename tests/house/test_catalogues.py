"""The catalogues hold every sentence that the code asks for, and no sentence that nobody asks for."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from string import Formatter
from unicodedata import category

import pytest

from domain import refusals
from domain.lifecycle import TABLE, Action, Audience
from domain.refusals import Refusal
from handlers.errors import KEYS
from locales.translator import CATALOGUES, languages, own_sentences, words_for
from storage.seed.emergency import seed_emergency

HOUSE = Path(__file__).parents[2]
SPEAKING = ("views", "handlers", "scheduler", "bot")
WORDS = words_for("id")
SHAPE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
COMPLETE = ("id", "en")
"""The languages in which every sentence stands."""

TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote", "a"}


def trees() -> Iterator[ast.AST]:
    for folder in SPEAKING:
        for file in sorted((HOUSE / folder).rglob("*.py")):
            yield ast.parse(file.read_text(encoding="utf-8"))


def literals() -> Iterator[str]:
    """Every string that the code names whole."""
    nodes = list(chain.from_iterable(ast.walk(tree) for tree in trees()))
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


def patterns() -> Iterator[re.Pattern[str]]:
    """Every string that the code puts together: its holes stand for anything."""
    for node in chain.from_iterable(ast.walk(tree) for tree in trees()):
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
            if "." in str(parts[0]):
                yield re.compile("".join(re.escape(part) if part is not None else r".+" for part in parts))


def asked() -> list[ast.Call]:
    """Every call of `words` with a whole key."""
    return [
        node
        for node in chain.from_iterable(ast.walk(tree) for tree in trees())
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) in ("words", "_words")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]


def fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def sentence(key: str, language: str = "id") -> str:
    return words_for(language)._sentences[key]


def test_every_sentence_that_the_code_asks_for_is_there() -> None:
    known = {key.partition(".")[0] for key in WORDS.keys}
    keys = {text for text in literals() if SHAPE.fullmatch(text) and text.partition(".")[0] in known}
    assert sorted(key for key in keys if not WORDS.has(key) and not _is_a_file(key)) == []


def _is_a_file(key: str) -> bool:
    return key.endswith((".py", ".toml", ".yaml", ".txt", ".json"))


def test_every_sentence_is_asked_for_by_somebody() -> None:
    whole, made = set(literals()), list(patterns())
    # Other names of a choice are found by the verb of its button: see `views.spoken`.
    spare = {key for key in WORDS.keys - whole if not key.startswith("say.")}
    assert sorted(key for key in spare if not any(pattern.fullmatch(key) for pattern in made)) == []


def test_every_sentence_gets_the_values_that_it_has_holes_for() -> None:
    wrong = []
    for call in asked():
        key = call.args[0].value  # type: ignore[attr-defined]  # `asked` has looked
        given = {keyword.arg for keyword in call.keywords}
        if None not in given and WORDS.has(key) and fields(sentence(key)) - given:
            wrong.append((key, sorted(fields(sentence(key)) - given)))
    assert wrong == []


@pytest.mark.parametrize("language", languages())
def test_sentences_are_markup_that_telegram_reads(language: str) -> None:
    for key in words_for(language).keys:
        reader = _Reader()
        reader.feed(sentence(key, language))
        reader.close()
        assert reader.open == [], key
        assert reader.seen <= TAGS, key


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", languages())
def test_another_language_asks_for_no_other_values(language: str) -> None:
    for key in words_for(language).keys & WORDS.keys:
        assert fields(sentence(key, language)) <= fields(sentence(key)), key


@pytest.mark.parametrize("language", COMPLETE)
def test_whoever_adds_a_sentence_adds_it_in_both_complete_languages(language: str) -> None:
    """Give it to locales/id and to locales/en; other languages may borrow from Indonesian."""
    assert sorted(own_sentences("id").keys() ^ own_sentences(language).keys()) == []


def test_both_complete_languages_tell_the_same_values() -> None:
    indonesian, english = own_sentences("id"), own_sentences("en")
    assert [key for key in indonesian if fields(indonesian[key]) != fields(english[key])] == []


def test_tables_have_as_many_columns_in_both_complete_languages() -> None:
    indonesian, english = own_sentences("id"), own_sentences("en")
    tables = [key for key in indonesian if key.endswith(".columns")]
    assert tables
    assert [key for key in tables if indonesian[key].count("|") != english[key].count("|")] == []


@pytest.mark.parametrize("language", languages())
def test_every_language_says_its_own_name(language: str) -> None:
    assert {"language.name", "language.hint", "language.chosen"} <= own_sentences(language).keys()


@pytest.mark.parametrize("language", languages())
def test_no_sentence_leaves_its_meaning_to_a_picture_sign(language: str) -> None:
    """Screen readers skip emoji or read out their names."""
    signs = {key for key, text in own_sentences(language).items() if any(category(sign) == "So" for sign in text)}
    assert signs == set()


@pytest.mark.parametrize("language", languages())
def test_no_sentence_stands_in_two_files(language: str) -> None:
    """The second would silently win."""
    files = (CATALOGUES / language / "LC_MESSAGES").glob("*.po")
    keys = [key for file in files for key in re.findall(r'^msgid "(.+)"$', file.read_text(encoding="utf-8"), re.M)]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_letters_speak_only_of_what_somebody_is_told() -> None:
    """Their keys are put together from actions, so that a spare one would not be missed above."""
    staff = {Audience.UNIT, Audience.COORDINATOR, Audience.ARBITER, Audience.ASKER}
    for prefix, readers, besides in (
        # A request that is granted, and a complaint that a colleague takes over, are told by the service itself.
        ("letter.desk_update.", staff, {"granted", Action.TAKE}),
        ("letter.update.", {Audience.CITIZEN}, set()),
    ):
        told = besides | {action.value for (_, action), row in TABLE.items() if readers & set(row.told)}
        said = {key.removeprefix(prefix) for key in WORDS.keys if key.startswith(prefix)}
        assert {each for each in said if each in set(Action) | besides} <= told


@pytest.mark.parametrize("language", languages())
def test_no_sentence_names_a_number_to_call_in_danger(language: str) -> None:
    """They are data, which changes."""
    numbers = {seeded.number for seeded in seed_emergency()}
    said = {key for key, text in own_sentences(language).items() if numbers & set(re.findall(r"[\d-]+", text))}
    assert said == set()


def test_every_refusal_has_words() -> None:
    reasons = {"Enough", "NotNow", "NotUnderstood", "Refusal", "Unfillable"}
    every = {kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal)}
    assert {kind for kind in every if kind.__name__ not in reasons} == set(KEYS)


def test_every_reason_for_not_understanding_has_words() -> None:
    given = re.compile(r"(?:NotUnderstood|Unfillable)\(\s*\"([a-z_]+)\"")
    reasons = {
        reason
        for folder in ("services", "domain")
        for file in (HOUSE / folder).rglob("*.py")
        for reason in given.findall(file.read_text(encoding="utf-8"))
    }
    assert reasons
    assert sorted(reason for reason in reasons if not WORDS.has(f"refusal.{reason}")) == []
