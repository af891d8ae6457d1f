"""The parameters of a call, whichever way they came: query, JSON, form or multipart."""

import json
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import web

from simulator.refusals import Refusal, bad_request

Structure = TypeVar("Structure", dict[str, Any], list[Any])


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes


@dataclass
class Parameters:
    """Named values, read as the kind of thing that a method wants."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    @classmethod
    async def of(cls, request: web.Request) -> "Parameters":
        """Reads a request; raises `Refusal` 413 for one that is too heavy and 400 for broken JSON."""
        parameters = cls(dict(request.query))
        try:
            if request.content_type == "application/json":
                parameters._take_json(await request.text())
            else:
                await parameters._take_form(request)
        except web.HTTPRequestEntityTooLarge as too_heavy:
            raise Refusal(413, "Request Entity Too Large") from too_heavy
        return parameters

    def text(self, name: str) -> str:
        """Returns a text, empty if absent."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int | None:
        """Returns a whole number, or None if absent or none."""
        value = self.text(name).strip()
        return int(value) if value.lstrip("-").isdecimal() else None

    def flag(self, name: str) -> bool:
        """Returns a truth value, false if absent."""
        return self.text(name).lower() in ("true", "1", "yes")

    def object(self, name: str) -> dict[str, Any]:
        """Returns an object, parsed if it came as text; empty if absent."""
        return self._structure(name, dict)

    def array(self, name: str) -> list[Any]:
        """Returns an array, parsed if it came as text; empty if absent."""
        return self._structure(name, list)

    def objects(self, name: str) -> list[dict[str, Any]]:
        """Returns an array of nothing but objects; empty if absent."""
        found = self.array(name)
        if not all(isinstance(item, dict) for item in found):
            raise bad_request(f"can't parse {name}: Array of objects expected")
        return found

    def upload(self, name: str) -> Upload | None:
        """Returns the file that came for this parameter, be it by its name or by `attach://`."""
        value = self.text(name)
        key = value.removeprefix("attach://") if value.startswith("attach://") else name
        return self.uploads.get(key)

    def _structure(self, name: str, kind: type[Structure]) -> Structure:
        value = self.values.get(name)
        if isinstance(value, str):
            value = _parsed(name, value) if value else None
        if value is None:
            return kind()
        if not isinstance(value, kind):
            raise bad_request(f"can't parse {name}: {'Object' if kind is dict else 'Array'} expected")
        return value

    def _take_json(self, body: str) -> None:
        try:
            values = json.loads(body or "{}")
        except json.JSONDecodeError as broken:
            raise bad_request("can't parse JSON object") from broken
        if not isinstance(values, dict):
            raise bad_request("object expected")
        self.values |= values

    async def _take_form(self, request: web.Request) -> None:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                self.uploads[name] = Upload(value.filename, value.file.read())
            elif isinstance(value, bytes | bytearray):
                self.uploads[name] = Upload(name, bytes(value))
            else:
                self.values[name] = value


def _parsed(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError as broken:
        raise bad_request(f"can't parse {name} JSON object") from broken
