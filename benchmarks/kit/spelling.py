"""How both engines spell what a filled register is made of: series of numbers, dice, instants, digits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, Text, cast, func, literal, literal_column, select

from storage.types import Json

_PRIME = 2_147_483_647


class Spelling:
    """The words of one engine. `now`: the instant after which nothing has happened yet."""

    def __init__(self, now: datetime, *, postgresql: bool) -> None:
        self._now = now
        self._postgresql = postgresql

    def series(self, last: int) -> FromClause:
        """The numbers from 1 to `last`, as a column `n`."""
        if self._postgresql:
            n = func.generate_series(1, cast(last, BigInteger)).column_valued("n")
            return select(n).subquery()
        counted = select(literal(1).label("n")).cte(recursive=True)
        return counted.union_all(select(counted.c.n + 1).where(counted.c.n < last))

    def at(self, epoch: ColumnElement[int]) -> ColumnElement[Any]:
        """The instant of so many seconds since 1970."""
        if self._postgresql:
            return func.to_timestamp(epoch)
        return func.strftime("%Y-%m-%d %H:%M:%S.000000", epoch, "unixepoch")

    def later(self, instant: Any, days: int) -> ColumnElement[Any]:
        if self._postgresql:
            return instant + literal_column(f"INTERVAL '{days} days'")
        return func.strftime("%Y-%m-%d %H:%M:%S.000000", instant, f"+{days} days")

    def by(self, instant: Any, days: int) -> ColumnElement[Any]:
        """So many days later, or a minute ago: nothing has happened in the future."""
        limit, later = self.at(literal(int(self._now.timestamp()) - 60)), self.later(instant, days)
        return func.least(later, limit) if self._postgresql else func.min(later, limit)

    def digits(self, number: Any, width: int = 9) -> ColumnElement[str]:
        return func.lpad(cast(number, Text), width, "0") if self._postgresql else func.printf(f"%0{width}d", number)

    def json(self, before: str, number: Any, after: str) -> ColumnElement[Any]:
        words = literal(before) + self.digits(number) + literal(after)
        return cast(words, Json) if self._postgresql else words


def roll(n: Any, salt: int, sides: int) -> ColumnElement[int]:
    """Dice that fall alike every time; every salt is a die of its own."""
    return (cast(n, BigInteger) * (1_103_515_245 + salt * 97_777_777)) % _PRIME % sides
