"""Checks a directory file and fills it up from the templates; docs/directory.md describes the format."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from domain.regulation import Regulation
from routing.agencies import Government, Unit
from routing.areas import DISTRICT, PROVINCE, REGENCY, VILLAGE, Areas, read_lines, time_zone_of
from routing.directory_promise import read_hours, read_promise
from routing.directory_source import DirectoryError, Entry, Problem, read_csv, read_yaml
from routing.jurisdiction import Jurisdiction, Template
from routing.places import Place

CAPITAL_ZONE = "Asia/Jakarta"
REGIONAL, NATIONAL = ("province", "regency"), ("national", "body")
KINDS = ("office", "inspectorate", "territorial", "utility", "body")
TERRITORIAL = {"none": 0, "district": DISTRICT, "village": VILLAGE}
GOVERNMENT_KEYS = (
    *("code", "name", "level", "time_zone", "parent", "served", "direct_forwarding", "aliases"),
    *("promise", "hours", "sectors", "inspectorate", "template", "territorial", "without", "units"),
)
UNIT_KEYS = ("code", "name", "sectors", "kind", "parent", "aliases", "topics")
TRUTH = {"true": True, "yes": True, "ya": True, "false": False, "no": False, "tidak": False}


@dataclass(frozen=True)
class DirectoryFile:
    """What a directory file says, complete: governments with every unit of theirs."""

    governments: tuple[Government, ...]
    units: tuple[Unit, ...]


def read_directory(source: Path | str, limits: Regulation | None = None) -> DirectoryFile:
    """Reads a directory file, given as a path (`.csv` is a table, anything else YAML) or as YAML text.

    With the `limits` in force, a promise that is longer than they are is a problem too.

    Raises DirectoryError with the line and the mend of every problem, OSError for a file that cannot be read.
    """
    if isinstance(source, Path):
        text = _text(source)
        entries = read_csv(text) if source.suffix.lower() == ".csv" else read_yaml(text)
    else:
        entries = read_yaml(source)
    return _Check(Jurisdiction.load(), limits).file(entries)


@cache
def packaged_bodies() -> DirectoryFile:
    """Gives the national bodies that come with the program."""
    return read_directory("\n".join(read_lines("bodies.yaml")))


class _Check:
    """One reading of one file; it collects every problem before it gives up."""

    def __init__(self, jurisdiction: Jurisdiction, limits: Regulation | None) -> None:
        self._rules = jurisdiction
        self._limits = limits
        self._problems: list[Problem] = []
        self._lines: dict[str, int] = {}

    def file(self, entries: list[Entry]) -> DirectoryFile:
        governments: list[Government] = []
        units: list[Unit] = []
        for entry in entries:
            government = self._government(entry)
            if government:
                governments.append(government)
                units += self._units(entry, government)
        self._parents(governments, units)
        if self._problems:
            raise DirectoryError(self._problems)
        return DirectoryFile(tuple(governments), tuple(units))

    def _government(self, entry: Entry) -> Government | None:
        self._known_keys(entry, GOVERNMENT_KEYS)
        code = entry.texts.get("code")
        if not code:
            self._wrong(entry, "code", "a government has no code", "add `code:`, for a region its Kemendagri code")
            return None
        self._once(entry, code, "government")
        region = code[:1].isdigit()
        name = _areas().name(code) if region and len(code) in (PROVINCE, REGENCY) else None
        if region and name is None:
            self._wrong(entry, "code", f"no province or regency has the code {code}", "write it like 36 or 36.73")
            return None
        return Government(
            code=code,
            name=entry.texts.get("name") or self._name_of(entry, code, name),
            level=self._level(entry, code, region),
            time_zone=self._zone(entry, code, region),
            parent=entry.texts.get("parent") or (code[:PROVINCE] if region and len(code) == REGENCY else None),
            served=self._flag(entry, "served", default=region),
            aliases=tuple(entry.lists.get("aliases", ())),
            direct_forwarding=self._flag(entry, "direct_forwarding", default=False),
            promise=read_promise(entry, self._problems, self._limits),
            hours=read_hours(entry, self._problems),
        )

    def _name_of(self, entry: Entry, code: str, name: str | None) -> str:
        if name is None:
            self._wrong(entry, "name", f"government {code} has no name", "add `name:`")
            return code
        place = Place(province=name, regency=name)
        return f"Pemerintah {self._rules.title(code, place)}"

    def _level(self, entry: Entry, code: str, region: bool) -> str:
        allowed = ("regency" if len(code) == REGENCY else "province",) if region else NATIONAL
        level = entry.texts.get("level", allowed[0])
        return self._among(entry, "level", level, allowed)

    def _zone(self, entry: Entry, code: str, region: bool) -> str:
        zone = entry.texts.get("time_zone")
        if zone and zone not in available_timezones():
            mend = "write Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)"
            self._wrong(entry, "time_zone", f"there is no time zone {zone}", mend)
        return zone or (time_zone_of(code) if region else CAPITAL_ZONE)

    def _units(self, entry: Entry, government: Government) -> list[Unit]:
        own = {unit.code: unit for unit in self._own_units(entry, government)}
        if government.level in NATIONAL:
            return [*self._body_units(entry, government), *own.values()]
        if not self._flag(entry, "template", default=True):
            return list(own.values())
        return self._filled(entry, government, own)

    def _filled(self, entry: Entry, government: Government, own: dict[str, Unit]) -> list[Unit]:
        """Adds the usual offices to those of the file; what the file gives to one office the others lose."""
        without = set(entry.lists.get("without", ()))
        templates = {each.code: each for each in self._rules.templates_of(self._rules.region(government.code))}
        self._unknown(entry, "without", without, templates, "template office")
        taken = {topic for unit in own.values() for topic in unit.topics}
        usual = [
            _from_template(each, government.code, taken)
            for code, each in templates.items()
            if code not in without and _unit_code(government.code, code) not in own
        ]
        territorial = [unit for unit in self._territorial(entry, government) if unit.code not in own]
        return [*own.values(), *usual, *territorial]

    def _territorial(self, entry: Entry, government: Government) -> list[Unit]:
        depth = self._among(entry, "territorial", entry.texts.get("territorial", "district"), tuple(TERRITORIAL))
        if government.level != "regency" or depth not in TERRITORIAL or depth == "none":
            return []
        codes = list(_areas().below(government.code, DISTRICT))
        if depth == "village":
            codes += _areas().below(government.code, VILLAGE)
        return [self._office_of(code, government.code) for code in codes]

    def _office_of(self, code: str, government: str) -> Unit:
        name = _areas().name(code)
        place = Place(district=name if len(code) == DISTRICT else None, village=name, code=code)
        title = self._rules.territorial_names(place)[0][1]
        parent = code[:DISTRICT] if len(code) == VILLAGE else None
        return Unit(code, government, title, ("territorial",), "territorial", parent)

    def _body_units(self, entry: Entry, government: Government) -> Iterable[Unit]:
        sectors = self._sectors(entry)
        if sectors:
            yield Unit(government.code, government.code, government.name, sectors, "body", None, government.aliases)
        usual = "Inspektorat Jenderal" if government.name.startswith("Kementerian") else "Satuan Pengawasan Internal"
        name = entry.texts.get("inspectorate", usual)
        code = _unit_code(government.code, "pengawasan")
        yield Unit(code, government.code, f"{name} {government.name}", (), "inspectorate")

    def _own_units(self, entry: Entry, government: Government) -> Iterable[Unit]:
        region = self._rules.region(government.code) if government.level in REGIONAL else None
        templates = {each.code: each for each in self._rules.templates_of(region)} if region else {}
        for item in entry.entries.get("units", ()):
            unit = self._unit(item, government, templates)
            if unit:
                yield unit

    def _unit(self, entry: Entry, government: Government, templates: dict[str, Template]) -> Unit | None:
        self._known_keys(entry, UNIT_KEYS)
        short = entry.texts.get("code")
        if not short:
            self._wrong(entry, "code", "a unit has no code", "add `code:`, short and without spaces")
            return None
        code = _unit_code(government.code, short)
        self._once(entry, code, "unit")
        base = self._base(entry, government, short, templates)
        if base is None:
            self._wrong(entry, "name", f"unit {short} has no name", "add `name:`")
            return None
        return replace(
            base,
            name=entry.texts.get("name", base.name),
            sectors=self._sectors(entry) if "sectors" in entry.keys else base.sectors,
            kind=self._among(entry, "kind", entry.texts.get("kind", base.kind), KINDS),
            parent=_unit_code(government.code, entry.texts["parent"]) if "parent" in entry.texts else base.parent,
            aliases=tuple(entry.lists.get("aliases", base.aliases)),
            topics=self._topics(entry) if "topics" in entry.keys else base.topics,
        )

    def _base(self, entry: Entry, government: Government, short: str, templates: dict[str, Template]) -> Unit | None:
        if short in templates:
            return _from_template(templates[short], government.code, ())
        if short.startswith(f"{government.code}.") and _areas().name(short):
            return replace(self._office_of(short, government.code), parent=None)
        name = entry.texts.get("name")
        return Unit(_unit_code(government.code, short), government.code, name, ()) if name else None

    def _sectors(self, entry: Entry) -> tuple[str, ...]:
        given = entry.lists.get("sectors", [])
        self._unknown(entry, "sectors", given, self._rules.sectors, "sector")
        return tuple(given)

    def _topics(self, entry: Entry) -> tuple[str, ...]:
        given = entry.lists.get("topics", [])
        self._unknown(entry, "topics", given, self._rules.topics, "topic")
        return tuple(given)

    def _parents(self, governments: list[Government], units: list[Unit]) -> None:
        above = {government.code for government in governments}
        for government in governments:
            parent = government.parent
            if parent and parent not in above and not (parent[:1].isdigit() and _areas().name(parent)):
                self._orphan(government.code, parent, "the code of a province or of a government of this file")
        codes = {unit.code for unit in units}
        for unit in units:
            if unit.parent and unit.parent not in codes:
                self._orphan(unit.code, unit.parent, "the code of a unit of the same government")

    def _orphan(self, code: str, parent: str, mend: str) -> None:
        line = self._lines.get(code, 1)
        self._problems.append(Problem(line, f"{code} has an unknown parent {parent}", f"write {mend}"))

    def _once(self, entry: Entry, code: str, what: str) -> None:
        if code in self._lines:
            mend = f"it stands on line {self._lines[code]} already; change or remove one"
            self._wrong(entry, "code", f"{what} code {code} is used twice", mend)
        self._lines.setdefault(code, entry.at("code"))

    def _known_keys(self, entry: Entry, allowed: Collection[str]) -> None:
        for key in sorted(entry.keys - set(allowed)):
            self._wrong(entry, key, f"unknown key `{key}`", _instead(key, allowed))

    def _unknown(self, entry: Entry, key: str, given: Iterable[str], allowed: Collection[str], what: str) -> None:
        for code in given:
            if code not in allowed:
                self._wrong(entry, key, f"unknown {what} `{code}`", _instead(code, allowed))

    def _among(self, entry: Entry, key: str, value: str, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            self._wrong(entry, key, f"`{key}` cannot be `{value}`", _instead(value, allowed))
        return value

    def _flag(self, entry: Entry, key: str, default: bool) -> bool:
        value = entry.texts.get(key)
        if value is not None and value.lower() not in TRUTH:
            self._wrong(entry, key, f"`{key}` cannot be `{value}`", "write true or false")
        return TRUTH.get(value.lower(), default) if value else default

    def _wrong(self, entry: Entry, key: str, what: str, mend: str) -> None:
        self._problems.append(Problem(entry.at(key), what, mend))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DirectoryError([Problem(1, "the file is no UTF-8 text", "save it again as UTF-8")]) from error


def _unit_code(government: str, short: str) -> str:
    """An area's code and a body's own code stand for themselves; other codes are short and get their government's."""
    if short == government or short.startswith((f"{government}.", f"{government}-")):
        return short
    return f"{government}-{short}"


def _from_template(template: Template, government: str, taken: Collection[str]) -> Unit:
    topics = tuple(topic for topic in template.topics if topic not in taken)
    code = _unit_code(government, template.code)
    return Unit(code, government, template.name, template.sectors, template.kind, None, template.aliases, topics)


def _instead(value: str, allowed: Collection[str]) -> str:
    close = get_close_matches(value, allowed, n=1)
    return f"did you mean `{close[0]}`?" if close else f"use one of {', '.join(sorted(allowed))}"


@cache
def _areas() -> Areas:
    return Areas.load()
