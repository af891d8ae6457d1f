"""Text as Telegram understands it: cleaned, parsed from its HTML dialect, trimmed, measured in UTF-16 units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator.refusals import Refusal, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?P<decimal>[0-9]+)|#[xX](?P<hex>[0-9a-fA-F]+)|(?P<name>[a-zA-Z]+));?")
_NAME = re.compile(r"[^\s>]+")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]+)))?""")
_DETECTED = (
    ("url", re.compile(r"https?://[^\s<>\"]+")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}")),
    ("hashtag", re.compile(r"(?<!\w)#[^\W\d]\w*")),
)
# These only change how letters look; what Telegram detects may lie within them.
_LOOKS = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}
# Telegram keeps the line feed, drops the carriage return and makes every other control character a space.
_CLEANING = {code: " " for code in range(32) if code not in (10, 13)} | {13: None}


@dataclass
class Formatted:
    """A plain text and the entities (Bot API objects) that lie over it."""

    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)


def units(text: str) -> int:
    """Returns the length of a text as Telegram counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def formatted(source: str, parse_mode: str | None, entities: list[dict[str, Any]] | None = None) -> Formatted:
    """Returns the text that readers will see; raises `Refusal` 400 for broken mark-up."""
    source = _cleaned(source)
    if parse_mode and parse_mode.lower() == "html":
        result = _Html(source).read()
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        result = Formatted(source, [_checked(entity) for entity in entities or []])
    return _with_detected(_trimmed(result))


def _cleaned(source: str) -> str:
    try:
        source.encode()
    except UnicodeEncodeError as half_an_emoji:
        raise bad_request("strings must be encoded in UTF-8") from half_an_emoji
    return source.translate(_CLEANING)


def _checked(entity: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(entity.get("offset"), int) or not isinstance(entity.get("length"), int):
        raise bad_request("can't parse MessageEntity: offset and length expected")
    return entity


def _trimmed(found: Formatted) -> Formatted:
    text = found.text.lstrip()
    shift = units(found.text) - units(text)
    text = text.rstrip()
    end, kept = units(text), []
    for entity in found.entities:
        start = max(entity["offset"] - shift, 0)
        stop = min(entity["offset"] + entity["length"] - shift, end)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    return Formatted(text, kept)


def _with_detected(found: Formatted) -> Formatted:
    others = [entity for entity in found.entities if entity["type"] not in _LOOKS]
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in others]
    for kind, offset, length in _detect(found.text):
        if all(offset + length <= start or offset >= stop for start, stop in taken):
            taken.append((offset, offset + length))
            found.entities.append({"type": kind, "offset": offset, "length": length})
    found.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    del found.entities[ENTITY_LIMIT:]
    return found


def _detect(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            yield kind, units(text[: match.start()]), units(match.group())


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    language: str | None = None


class _Html:
    """Reads Telegram's HTML dialect; its errors name the byte, as Telegram's do."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def read(self) -> Formatted:
        while self.at < len(self.source):
            if self.source[self.at] == "&":
                self._take_reference()
            elif self.source.startswith("</", self.at):
                self._take_end()
            elif self.source[self.at] == "<":
                self._take_start()
            else:
                self._emit(self.source[self.at], 1)
        if self.open:
            raise self._broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return Formatted("".join(self.text), self.entities)

    def _emit(self, text: str, consumed: int) -> None:
        self.text.append(text)
        self.offset += units(text)
        self.at += consumed

    def _take_reference(self) -> None:
        match = _REFERENCE.match(self.source, self.at)
        character = _character(match) if match else None
        # Telegram shows an ampersand that begins nothing it knows as it stands.
        if match is None or character is None:
            self._emit("&", 1)
        else:
            self._emit(character, len(match.group()))

    def _take_start(self) -> None:
        begin = self.at
        name = _NAME.match(self.source, begin + 1)
        self.at = name.end() if name else begin + 1
        if self.at == len(self.source):
            raise self._broken("Unclosed start tag", begin)
        tag = name.group().lower() if name else ""
        if tag not in _TYPES:
            raise self._broken(f'Unsupported start tag "{tag}"', begin)
        attributes = self._take_attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._broken('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, self.offset))

    def _take_attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self.at >= len(self.source):
                raise self._broken("Unclosed start tag", begin)
            if self.source[self.at] == ">":
                self.at += 1
                return attributes
            match = _ATTRIBUTE.match(self.source, self.at)
            if match is None:
                raise self._broken(f'Empty attribute name in the tag "{tag}"', begin)
            name, *values = match.groups()
            value = next((found for found in values if found is not None), None)
            if value is None and name != "expandable":
                wanted = "Expected equal sign in declaration of an attribute of the tag"
                raise self._broken(f'{wanted} "{tag}"', begin)
            attributes[name.lower()] = _dereferenced(value or "")
            self.at = match.end()

    def _skip_spaces(self) -> None:
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1

    def _take_end(self) -> None:
        begin = self.at
        name = _NAME.match(self.source, begin + 2)
        self.at = name.end() if name else begin + 2
        self._skip_spaces()
        if not self.open:
            raise self._broken("Unexpected end tag", begin)
        if self.source[self.at : self.at + 1] != ">":
            raise self._broken("Unclosed end tag", begin)
        opened, found = self.open.pop(), name.group().lower() if name else ""
        if found not in ("", opened.tag):
            wanted = f'expected "</{opened.tag}>", found "</{found}>"'
            raise bad_request(f"can't parse entities: Unmatched end tag at byte offset {self._byte(begin)}, {wanted}")
        self.at += 1
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        kind = _TYPES[opened.tag]
        # Only bots with a bought name may use custom emoji: the others' readers see the plain emoji.
        if length == 0 or kind == "custom_emoji" or self._names_the_language(opened):
            return
        entity: dict[str, Any] = {"type": kind, "offset": opened.offset, "length": length}
        if opened.tag == "a":
            entity["url"] = opened.attributes.get("href") or self._since(opened.offset)
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.language:
            entity["language"] = opened.language
        self.entities.append(entity)

    def _names_the_language(self, opened: _Open) -> bool:
        inside_pre = bool(self.open) and self.open[-1].tag == "pre" and self.open[-1].offset == opened.offset
        if opened.tag != "code" or not inside_pre:
            return False
        self.open[-1].language = opened.attributes.get("class", "").removeprefix("language-") or None
        return True

    def _since(self, offset: int) -> str:
        return "".join(self.text).encode("utf-16-le")[offset * 2 :].decode("utf-16-le")

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _broken(self, reason: str, at: int | None = None) -> Refusal:
        where = "" if at is None else f" at byte offset {self._byte(at)}"
        return bad_request(f"can't parse entities: {reason}{where}")


def _character(match: re.Match[str]) -> str | None:
    if match["name"]:
        return _NAMED.get(match["name"])
    code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else None


def _dereferenced(value: str) -> str:
    return _REFERENCE.sub(lambda match: _character(match) or match.group(), value)
