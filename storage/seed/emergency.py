"""Reads the emergency numbers that a fresh register begins with from `emergency.yaml` beside this file."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("emergency.yaml")


@dataclass(frozen=True)
class SeededNumber:
    """A number to call in danger, with the fields of the table `emergency_numbers`."""

    number: str
    label: str
    dangers: list[str]
    area_code: str | None
    rank: int
    checked_on: date | None


def seed_emergency(file: Path = FILE) -> list[SeededNumber]:
    """The numbers, first the ones to show first; raises TypeError that names a key that is missing or unknown."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    return sorted((SeededNumber(**row) for row in rows), key=lambda seeded: (seeded.rank, seeded.number))
