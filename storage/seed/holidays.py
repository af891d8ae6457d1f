"""The first holidays of a fresh register, from the package `holidays`; later the administrator's table is the truth."""

from collections.abc import Iterable
from importlib.metadata import version

import holidays

from domain.calendar import Holiday, HolidayKind

# The package marks a date that a moon sighting may still move only in the name.
_ESTIMATED = " (perkiraan)"
_CATEGORIES = {HolidayKind.NATIONAL: holidays.PUBLIC, HolidayKind.JOINT_LEAVE: holidays.GOVERNMENT}


def seed_source() -> str:
    """Where the seeded days are from, for the column `source`."""
    return f"PyPI holidays {version('holidays')}"


def seed_holidays(years: Iterable[int]) -> list[Holiday]:
    """National holidays and joint leave (cuti bersama) of these years by date, one per date.

    Joint leave is known only for years whose decree the package has: for later ones there is none.
    """
    wanted = sorted(set(years))
    by_date = {day.on: day for kind in reversed(_CATEGORIES) for day in _of_kind(kind, wanted)}
    return [by_date[on] for on in sorted(by_date)]


def _of_kind(kind: HolidayKind, years: list[int]) -> list[Holiday]:
    # Without `language` the names would follow the locale of the process.
    found = holidays.country_holidays("ID", years=years, categories=(_CATEGORIES[kind],), language="id")
    return [
        Holiday(on, name.replace(_ESTIMATED, ""), kind, estimated=_ESTIMATED in name)
        for on, name in found.items()
        if on.year in years
    ]
