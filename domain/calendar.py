"""Working days: which days an office is open, in its own time zone, and the n-th one after an instant.

The counting rule: the days with office hours (Monday to Friday unless the data say otherwise) minus national holidays
and joint leave. A start after closing or on a free day counts as made on the next working day; that day is day 0, and
a limit of n days ends at closing time of the n-th working day after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Hours = tuple[time, time]
"""Opening and closing time of one day, local."""


class HolidayKind(StrEnum):
    """Why a day on which offices would open is free."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"


@dataclass(frozen=True)
class Holiday:
    """A day on which no clock runs; `estimated` while a moon sighting or a decree may still move it."""

    on: date
    name: str
    kind: HolidayKind
    estimated: bool = False


@dataclass(frozen=True)
class SkippedDay:
    """A day that was not counted; `holiday` names it unless it is an ordinary weekend."""

    on: date
    holiday: Holiday | None = None


@dataclass(frozen=True)
class OfficeHours:
    """Opening and closing times by weekday (0 is Monday); a weekday that is absent is a free one."""

    days: Mapping[int, Hours]

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("office hours: no weekday is open; give at least one, such as monday = '07:30-16:00'")
        for weekday, (opening, closing) in self.days.items():
            if not 0 <= weekday < len(WEEKDAYS):
                raise ValueError(f"office hours: weekday {weekday} does not exist; use 0 (Monday) to 6 (Sunday)")
            if opening >= closing:
                raise ValueError(f"office hours: {WEEKDAYS[weekday]} closes before it opens; swap the two times")

    @classmethod
    def parse(cls, table: Mapping[str, str]) -> OfficeHours:
        """Reads `{"monday": "07:30-16:00", ...}`; raises ValueError that names the key and the mend."""
        return cls({_weekday(name): _hours(name, text) for name, text in table.items()})


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise ValueError(f"office hours: {name!r} is no weekday; use {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name)


def _hours(name: str, text: str) -> Hours:
    opening, _, closing = text.partition("-")
    try:
        return time.fromisoformat(opening.strip()), time.fromisoformat(closing.strip())
    except ValueError as error:
        raise ValueError(f"office hours: {name} = {text!r} is not understood; write it as '07:30-16:00'") from error


DEFAULT_HOURS = OfficeHours(
    {**dict.fromkeys(range(4), (time(7, 30), time(16))), 4: (time(7, 30), time(16, 30))},
)
"""Monday to Thursday 07:30-16:00, Friday 07:30-16:30: our default, an agency's data may differ."""


@dataclass(frozen=True)
class WorkingCalendar:
    """The working days of one time zone (IANA name: Asia/Jakarta, Asia/Makassar or Asia/Jayapura).

    Takes and gives instants as aware UTC datetimes, days as local dates. Raises ZoneInfoNotFoundError for a zone
    that does not exist and ValueError for a naive instant.
    """

    zone: str
    holidays: Iterable[Holiday] = ()
    hours: OfficeHours = DEFAULT_HOURS
    _by_date: Mapping[date, Holiday] = field(init=False, repr=False, compare=False)
    _tz: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A day may carry both kinds; the decree's national holiday is the better reason.
        ordered = tuple(sorted(self.holidays, key=lambda day: (day.on, day.kind is HolidayKind.NATIONAL)))
        object.__setattr__(self, "holidays", ordered)
        object.__setattr__(self, "_by_date", MappingProxyType({day.on: day for day in ordered}))
        object.__setattr__(self, "_tz", ZoneInfo(self.zone))

    def local(self, instant: datetime) -> datetime:
        """The instant on the clocks of this zone."""
        if instant.tzinfo is None:
            raise ValueError("a naive datetime has no place on a calendar; give an aware one in UTC")
        return instant.astimezone(self._tz)

    def local_date(self, instant: datetime) -> date:
        """The date on which the instant falls in this zone."""
        return self.local(instant).date()

    def is_working_day(self, day: date) -> bool:
        """Whether offices open on that date."""
        return day.weekday() in self.hours.days and day not in self._by_date

    def opening(self, day: date) -> datetime:
        """The instant at which offices open on a working day; raises ValueError on a free one."""
        return self._at(day, 0)

    def closing(self, day: date) -> datetime:
        """The instant at which offices close on a working day; raises ValueError on a free one."""
        return self._at(day, 1)

    def _at(self, day: date, which: int) -> datetime:
        if not self.is_working_day(day):
            raise ValueError(f"{day} is not a working day in {self.zone}")
        return datetime.combine(day, self.hours.days[day.weekday()][which], self._tz).astimezone(UTC)

    def next_working_day(self, day: date) -> date:
        """The first working day after the date."""
        return self._step(day, DAY)

    def _step(self, day: date, step: timedelta) -> date:
        day += step
        while not self.is_working_day(day):
            day += step
        return day

    def shift(self, day: date, count: int) -> date:
        """The date `count` working days after `day`, or before it if negative; 0 is the day itself."""
        for _ in range(abs(count)):
            day = self._step(day, DAY if count > 0 else -DAY)
        return day

    def day_of_start(self, instant: datetime) -> date:
        """Day 0: the local date, or the next working day after closing or on a free day."""
        day = self.local_date(instant)
        if self.is_working_day(day) and instant <= self.closing(day):
            return day
        return self.next_working_day(day)

    def due_after(self, instant: datetime, count: int) -> datetime:
        """Closing time of the `count`-th working day after day 0; raises ValueError for a negative count."""
        if count < 0:
            raise ValueError(f"a limit of {count} working days lies in the past; give 0 or more")
        return self.closing(self.shift(self.day_of_start(instant), count))

    def is_open(self, instant: datetime) -> bool:
        """Whether the offices are open; the moment of closing still counts."""
        day = self.local_date(instant)
        return self.is_working_day(day) and self.opening(day) <= instant <= self.closing(day)

    def next_opening(self, instant: datetime) -> datetime:
        """The instant itself in office hours, else the next opening: when "at once, in office hours" comes true."""
        return instant if self.is_open(instant) else self.opening(self.day_of_start(instant))

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`; 0 if `last` is not later."""
        span = range(1, (last - first).days + 1)
        return sum(self.is_working_day(first + DAY * step) for step in span)

    def skipped(self, start: datetime, due: datetime) -> tuple[SkippedDay, ...]:
        """The free days from the start's date to the due date, holidays by their name."""
        first, last = self.local_date(start), self.local_date(due)
        days = (first + DAY * step for step in range((last - first).days + 1))
        return tuple(SkippedDay(day, self._by_date.get(day)) for day in days if not self.is_working_day(day))
