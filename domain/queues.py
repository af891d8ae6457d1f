"""The tabs of a unit's queue: what an officer may want to see of all that is open."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Tab(StrEnum):
    """`DUE`: late or nearly so; `MINE`: taken by the reader; `NEW`: nobody has begun; `WAITING`: on the citizen."""

    ALL = "all"
    DUE = "due"
    MINE = "mine"
    NEW = "new"
    WAITING = "waiting"


NEARLY = timedelta(days=1)
"""What is due within this time stands in the tab of what is due."""
