"""What a government promises in the directory file: shorter limits than the national ones, and its office hours."""

from __future__ import annotations

from collections.abc import Mapping

from domain.calendar import OfficeHours
from domain.lifecycle import ComplaintClass
from domain.regulation import Regulation, RegulationInvalid, shortened
from routing.directory_source import Entry, Problem

STAGES = ("verify_days", "first_follow_up_days", "request_days", "hold_cap_days")
CLASSES = tuple(each.value for each in ComplaintClass)


def read_promise(entry: Entry, problems: list[Problem], limits: Regulation | None) -> dict[str, int]:
    """Reads `promise: [verify_days 2, ordinary 10]`, in working days; a class promises its resolution.

    A line that cannot be read, or a limit that is longer than the regulation's, is added to the problems.
    """
    promise: dict[str, int] = {}
    for item in entry.lists.get("promise", ()):
        name, _, days = item.partition(" ")
        if name not in (*STAGES, *CLASSES) or not days.strip().isdecimal() or int(days) < 1:
            mend = f"write `verify_days 2`: one of {', '.join((*STAGES, *CLASSES))}, and a number of working days"
            problems.append(Problem(entry.at("promise"), f"the promise `{item}` is not understood", mend))
        else:
            promise[name] = int(days)
    if limits is not None:
        try:
            shortened(limits, promise_table(promise))
        except RegulationInvalid as error:
            what, _, mend = str(error).rpartition("; ")
            problems.append(Problem(entry.at("promise"), what, mend))
    return promise


def promise_table(promise: Mapping[str, int]) -> dict[str, int | dict[str, int]]:
    """The promise as the regulation takes it: the classes in a table of their own."""
    stages: dict[str, int | dict[str, int]] = {name: days for name, days in promise.items() if name in STAGES}
    classes = {name: days for name, days in promise.items() if name in CLASSES}
    return stages | ({"resolve_days": classes} if classes else {})


def read_hours(entry: Entry, problems: list[Problem]) -> dict[str, str]:
    """Reads `hours: [monday 07:30-15:30, friday 07:30-11:00]`; a weekday that is left out is a free one."""
    hours: dict[str, str] = {}
    for item in entry.lists.get("hours", ()):
        weekday, _, span = item.partition(" ")
        hours[weekday] = span.strip()
    if hours:
        try:
            OfficeHours.parse(hours)
        except ValueError as error:
            what, _, mend = str(error).rpartition("; ")
            problems.append(Problem(entry.at("hours"), what, mend))
    return hours
