"""Reads complaints to learn from, and leaves out of them what could point to a person or a place."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from routing.areas import Areas
from routing.model import ELSEWHERE, NOWHERE
from routing.privacy import nameless, place_names, proper_nouns
from routing.topics import Topics
from routing.words import TITLE_END, Word, read

SEED = "seed"

Forms = tuple[str | None, ...]


@dataclass(frozen=True)
class Complaint:
    """One row to learn from; `government` is None where no place is known, `title` the length of its title."""

    source: str
    text: str
    sector: str
    government: str | None
    words: tuple[Word, ...]
    title: int = 0
    topic: str = ""


@dataclass(frozen=True)
class Example:
    """What is learned from: forms without private ones, the right sector, whose habits it shows.

    `headed` counts the first forms that stand in the title; `topic` is what the operators noted.
    """

    forms: Forms
    sector: str
    domain: str
    headed: int = 0
    topic: str = ""


def load_complaints(folder: Path, codes: Mapping[str, str]) -> list[Complaint]:
    """Reads every CSV in name order; `codes` gives the government of a regency's name."""
    complaints = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            complaints += [_complaint(row, codes) for row in csv.DictReader(lines) if row["sector"]]
    return complaints


def regencies(folder: Path) -> list[str]:
    """Returns the names of all regencies that occur in the folder."""
    names = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            names |= {row["regency"] for row in csv.DictReader(lines)}
    return sorted(names - {""})


def _complaint(row: Mapping[str, str], codes: Mapping[str, str]) -> Complaint:
    title = row["title"]
    text = f"{title}{TITLE_END}{row['text']}" if title else row["text"]
    government = codes.get(row["regency"], ELSEWHERE) if row["regency"] else None
    return Complaint(row["source"], text, row["sector"], government, read(text), len(title), row["topic"])


def examples(complaints: Sequence[Complaint], topics: Topics) -> list[Example]:
    """Returns the complaints without what is private, and each phrase of the topics as an example of its own."""
    allowed = frozenset(form for phrase in topics.phrases for form in phrase.split())
    forms = sorted({word.form for each in complaints for word in each.words})
    private = proper_nouns(((each.text, each.words) for each in complaints), allowed)
    private |= place_names(forms, Areas.load(), allowed)
    learned = [
        Example(
            nameless(each.words, private),
            each.sector,
            each.government or NOWHERE,
            sum(word.end <= each.title for word in each.words),
            each.topic,
        )
        for each in complaints
    ]
    seeds = [
        Example(tuple(phrase.split()), sector, SEED) for phrase, sectors in topics.phrases.items() for sector in sectors
    ]
    return learned + seeds
