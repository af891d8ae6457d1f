"""Telegram's HTML dialect: what readers see, and what is refused."""

import pytest

from simulator.formatting import formatted, units
from simulator.refusals import Refusal


def kinds(source: str) -> list[tuple[str, int, int]]:
    found = formatted(source, "HTML")
    return [(entity["type"], entity["offset"], entity["length"]) for entity in found.entities]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot;", 'a <b> & "c"'),
        ("&#65;&#x42;", "AB"),
        ("teh & kopi", "teh & kopi"),
        ("R&D; &nbsp; &apos;", "R&D; &nbsp; &apos;"),
        ("  di tepi \n", "di tepi"),
        ("tab\there\r\n", "tab here"),
        ('<a href="https://contoh.id">x</a>', "x"),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍"),
    ],
)
def test_readers_see_the_text_without_its_markup(source: str, text: str) -> None:
    assert formatted(source, "HTML").text == text


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<b>x</b>", "bold"),
        ("<strong>x</strong>", "bold"),
        ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<a href="https://contoh.id">x</a>', "text_link"),
    ],
)
def test_every_tag_becomes_its_entity(source: str, entity: str) -> None:
    assert kinds(source) == [(entity, 0, 1)]


def test_offsets_are_counted_in_utf16_units() -> None:
    assert kinds("👍 <b>é👍</b>") == [("bold", 3, 3)]


def test_nested_tags_lie_over_each_other() -> None:
    assert kinds("<b>satu <i>dua</i></b>") == [("bold", 0, 8), ("italic", 5, 3)]


def test_trimming_moves_the_entities_along() -> None:
    assert kinds("  <b>x </b> ") == [("bold", 0, 1)]


def test_an_empty_tag_leaves_no_entity() -> None:
    assert kinds("x<b></b>") == []


def test_code_inside_pre_names_its_language() -> None:
    found = formatted('<pre><code class="language-python">x</code></pre>', "HTML")
    assert found.entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_link_keeps_its_address_with_references_resolved() -> None:
    found = formatted("<a href='https://contoh.id/?a=1&amp;b=2'>x</a>", "HTML")
    assert found.entities[0]["url"] == "https://contoh.id/?a=1&b=2"


def test_commands_addresses_and_mentions_are_found_in_plain_text() -> None:
    found = formatted("/lapor ke @dinas_pu di https://contoh.id #jalan", None)
    assert [entity["type"] for entity in found.entities] == ["bot_command", "mention", "url", "hashtag"]


def test_nothing_is_found_inside_code() -> None:
    assert kinds("<code>/start abc</code>") == [("code", 0, 10)]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é <br> x", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        formatted(source, "HTML")
    assert refused.value.status == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_half_an_emoji_is_refused() -> None:
    with pytest.raises(Refusal, match="strings must be encoded in UTF-8"):
        formatted("\ud83d", None)


def test_an_emoji_counts_twice() -> None:
    assert units("a👍") == 3
