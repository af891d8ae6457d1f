"""The town that is attacked."""

from tests.handlers.staff.conftest import clock, matcher, place, town

__all__ = ["clock", "matcher", "place", "town"]
