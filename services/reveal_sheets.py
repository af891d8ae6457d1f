"""What is read when an identity is to be opened: how the asking stands, and, once, who it is."""

from __future__ import annotations

from dataclasses import dataclass

from domain.privacy import RevealState


@dataclass(frozen=True)
class RevealSheet:
    """An asking. `mine`: the reader has asked, and is not the second person."""

    id: int
    number: str
    state: RevealState
    reason: str
    mine: bool


@dataclass(frozen=True)
class IdentitySheet:
    """Who it is; shown once and kept nowhere. All empty: the identity was erased."""

    number: str
    shown_name: str | None
    name: str | None
    username: str | None
