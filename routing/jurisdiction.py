"""Says which level of government owns a sector, and what its office is called there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from routing.areas import DISTRICT, PROVINCE, REGENCY, VILLAGE, read_lines
from routing.places import Place

REGENCY_LEVEL, PROVINCE_LEVEL = "regency", "province"
KABUPATEN, KOTA, PROVINSI = "kabupaten", "kota", "provinsi"
KINDS_OF_REGION = (KABUPATEN, KOTA, PROVINSI)
FIRST_KOTA = "71"


@dataclass(frozen=True)
class Template:
    """An office that every government of some kinds has, under its usual name."""

    code: str
    name: str
    sectors: tuple[str, ...]
    topics: tuple[str, ...]
    kind: str
    regions: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """Where the complaints of a sector belong, and the words that move them elsewhere."""

    home: str
    also: tuple[str, ...]
    when: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True)
class Jurisdiction:
    """The rules of who owns what, read from `templates.yaml` and `templates_rules.yaml`."""

    templates: tuple[Template, ...]
    rules: Mapping[str, Rule]
    topic_words: Mapping[str, re.Pattern[str]]
    topic_sectors: Mapping[str, tuple[str, ...]]
    local_offices: Mapping[str, str]
    administrative_only: tuple[str, ...]
    province_titles: Mapping[str, str]
    district_titles: Mapping[str, str]
    village_titles: Mapping[str, str]

    @classmethod
    @cache
    def load(cls) -> Jurisdiction:
        """Reads the packaged rules, once."""
        rules = _yaml("templates_rules.yaml")
        return cls(
            templates=tuple(_template(entry) for entry in _yaml("templates.yaml")["units"]),
            rules={sector: _rule(entry) for sector, entry in rules["sectors"].items()},
            topic_words={topic: _phrases(words) for topic, words in rules["topics"].items()},
            topic_sectors={topic: tuple(sectors) for topic, sectors in rules["topic_sectors"].items()},
            local_offices=rules["local_offices"],
            administrative_only=tuple(rules["administrative_only"]),
            province_titles=rules["province_titles"],
            district_titles=rules["district_titles"],
            village_titles=rules["village_titles"],
        )

    @property
    def sectors(self) -> frozenset[str]:
        """The codes of all sectors."""
        return frozenset(self.rules)

    @property
    def topics(self) -> frozenset[str]:
        """The codes of the topics that a directory file may give to a unit."""
        return frozenset(self.topic_words)

    def targets(self, sector: str, text: str) -> tuple[str, ...]:
        """Gives who may own a complaint, the likeliest first: `regency`, `province` or the code of a national body.

        Raises KeyError for an unknown sector.
        """
        rule = self.rules[sector]
        moved = [to for to, phrases in rule.when if phrases.search(text)][:1]
        return tuple(dict.fromkeys((*moved, rule.home, *rule.also)))

    def topics_in(self, sector: str, text: str) -> tuple[str, ...]:
        """Gives the topics that the words name, as far as they matter in the sector."""
        return tuple(
            topic
            for topic, phrases in self.topic_words.items()
            if sector in self.topic_sectors[topic] and phrases.search(text)
        )

    def templates_of(self, region: str) -> tuple[Template, ...]:
        """Gives the usual offices of a kabupaten, kota or provinsi."""
        return tuple(template for template in self.templates if region in template.regions)

    def region(self, code: str) -> str:
        """Says what kind of government a code belongs to; codes of a kota begin at 71, and Jakarta works like one."""
        if code in self.administrative_only:
            return KOTA
        if len(code) == PROVINCE:
            return PROVINSI
        return KOTA if code[3:5] >= FIRST_KOTA else KABUPATEN

    def government_of(self, code: str, level: str) -> str | None:
        """Gives the code of the government of an area; within Jakarta every answer is the province."""
        if level == PROVINCE_LEVEL or code[:PROVINCE] in self.administrative_only:
            return code[:PROVINCE] or None
        return code[:REGENCY] if len(code) >= REGENCY else None

    def title(self, government: str, place: Place) -> str:
        """Names a region as it stands after an office: `Kota Serang`, `Provinsi Banten`, `Aceh`."""
        if len(government) == PROVINCE:
            return self.province_titles.get(government) or f"Provinsi {place.province}"
        return place.regency or ""

    def territorial_names(self, place: Place) -> tuple[tuple[str, str], ...]:
        """Gives code and name of the village office and the district office of a place, the closest first."""
        code, found = place.code or "", []
        if place.village and len(code) == VILLAGE:
            found.append((code, f"{self._village_title(code)} {place.village}"))
        if place.district and len(code) >= DISTRICT:
            found.append((code[:DISTRICT], f"{_longest(self.district_titles, code)} {place.district}"))
        return tuple(found)

    def _village_title(self, code: str) -> str:
        return "Kelurahan" if code[9] == "1" else _longest(self.village_titles, code)


def _longest(titles: Mapping[str, str], code: str) -> str:
    return titles[max((start for start in titles if code.startswith(start)), key=len)]


def _template(entry: Mapping[str, Any]) -> Template:
    return Template(
        code=entry["code"],
        name=entry["name"],
        sectors=tuple(entry["sectors"]),
        topics=tuple(entry.get("topics", ())),
        kind=entry.get("kind", "office"),
        regions=tuple(entry.get("levels", KINDS_OF_REGION)),
        aliases=tuple(entry["aliases"]),
    )


def _rule(entry: Mapping[str, Any]) -> Rule:
    when = tuple((case["to"], _phrases(case["words"])) for case in entry.get("when", ()))
    return Rule(entry["home"], tuple(entry.get("also", ())), when)


def _phrases(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")


def _yaml(name: str) -> Any:
    return yaml.load("\n".join(read_lines(name)), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
