"""Knows every province, regency, district and village by code, by name and by position."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """An area or a point; each field is empty where it is not known."""

    province: str | None = None
    regency: str | None = None
    district: str | None = None
    village: str | None = None
    lat: float | None = None
    lng: float | None = None
    code: str | None = None


@dataclass(frozen=True)
class PlaceMatch:
    """A place found in somebody's words, with how sure the reading is (0 to 100)."""

    place: Place
    score: float
    words: str
