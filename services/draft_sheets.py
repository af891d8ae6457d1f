"""A complaint that is still being told, for the person who tells it: how they came, how it stands, the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.drafting import Step
from domain.lifecycle import Kind
from domain.when import Occurred
from services.case_sheets import CandidateSheet, CaseSheet, FileSheet, PlaceSheet
from services.support_sheets import SimilarLine


@dataclass(frozen=True)
class DraftSheet:
    """A complaint that is still being told, for the person who tells it.

    `question` names the one that separates the first two candidates, where they are close. At the review `officer` and
    `public` are the complaint as those two will read it, and `telling` the phrases by which it tells who wrote it.
    `resumed`: it was taken up again just now; `aside`: another one was kept for later just now;
    `understood`: what the story has just told besides what is wrong (`place`, `time`).
    """

    id: int
    step: Step
    text: str
    kind: Kind | None
    place: PlaceSheet | None
    place_choices: tuple[str, ...]
    occurred: Occurred
    files: tuple[FileSheet, ...]
    anonymous: bool
    secret: bool
    shown_name: str | None
    candidates: tuple[CandidateSheet, ...]
    chosen: int | None
    accuses: bool
    editing: bool
    resumed: bool = False
    question: str | None = None
    officer: CaseSheet | None = None
    public: CaseSheet | None = None
    telling: tuple[str, ...] = ()
    aside: bool = False
    understood: tuple[str, ...] = ()
    similar: tuple[SimilarLine, ...] = ()


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list: its first words, where it stopped, and since when it waits."""

    id: int
    summary: str
    step: Step
    files: int
    updated_at: datetime


@dataclass(frozen=True)
class Receipt:
    """What came of sending a draft. `repeated`: it had been sent before, by an earlier tap."""

    number: str
    repeated: bool


@dataclass(frozen=True)
class VisitSheet:
    """Somebody who came by a link: what it is about, and the draft that they had open already."""

    known: bool
    headline: str | None
    unit: str | None
    sector: str | None
    draft_id: int | None
