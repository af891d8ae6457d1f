"""The files of the page: nothing from outside, every sentence there, nothing that a strict policy would stop."""

import re
from importlib.resources import files

WEB = {file.name: file.read_text(encoding="utf-8") for file in files("simulator").joinpath("web").iterdir()}
OURS = ("http://www.w3.org/2000/svg", "https://t.me", "https://${address}")


def test_no_file_names_an_address_elsewhere() -> None:
    found = {address for text in WEB.values() for address in re.findall(r"https?://[^\s\"'`]*", text)}
    assert found <= set(OURS)


def test_whatever_is_asked_for_by_name_is_there() -> None:
    asked = {name for text in WEB.values() for name in re.findall(r"""(?:\./|/web/)([\w.]+\.(?:js|css|svg))""", text)}
    assert asked == WEB.keys() - {"index.html"}


def test_every_sentence_that_is_used_exists_and_the_other_way_round() -> None:
    known = set(re.findall(r"^  (\w+):", WEB["words.js"], re.MULTILINE))
    used = {name for text in WEB.values() for name in re.findall(r"\bwords\.(\w+)", text)} - {"js"}
    assert used - known == set()
    by_kind = {"contact", "location", "photo", "poll"}
    assert known - used - by_kind == set()


def test_nothing_is_made_of_markup_and_nothing_is_styled_or_handled_inline() -> None:
    stopped = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|\sstyle=|\son\w+=")
    assert [name for name, text in WEB.items() if stopped.search(text)] == []


def test_every_file_fits_a_head_and_says_what_it_is() -> None:
    assert {name: text.count("\n") for name, text in WEB.items() if text.count("\n") > 400} == {}
    assert [name for name, text in WEB.items() if name.endswith((".js", ".css")) and text[:2] not in ("//", "/*")] == []
