"""What things are called in the reader's language."""

from __future__ import annotations

from domain.drafting import Satisfaction
from domain.lifecycle import ClockKind, ComplaintClass, Kind, Role, Status
from locales.translator import Html, Words


def status_name(words: Words, status: Status) -> Html:
    """Where a complaint stands."""
    return words(f"status.{status.value}")


def kind_name(words: Words, kind: Kind) -> Html:
    """What the citizen says that it is."""
    return words(f"kind.{kind.value}")


def class_name(words: Words, complaint_class: ComplaintClass) -> Html:
    """What the coordinator says that it is."""
    return words(f"class.{complaint_class.value}")


def classification(words: Words, kind: Kind, complaint_class: ComplaintClass | None) -> Html:
    """SP4N's own field "Klasifikasi": the class once a coordinator has said it, and until then the citizen's kind."""
    return class_name(words, complaint_class) if complaint_class else kind_name(words, kind)


def role_name(words: Words, role: Role) -> Html:
    """In what capacity somebody acts."""
    return words(f"role.{role.value}")


def clock_name(words: Words, clock: ClockKind) -> Html:
    """What a deadline is for."""
    return words(f"clock.{clock.value}")


def satisfaction_name(words: Words, satisfaction: Satisfaction) -> Html:
    """One of the four official answers."""
    return words(f"satisfaction.{satisfaction.value}")


def archive_name(words: Words, reason: str) -> Html:
    """Why a complaint was put away."""
    return words(f"archive.{reason}")


def sector_name(words: Words, sector: str) -> Html:
    """A subject of public service; one that the catalogues do not know is called "other"."""
    key = f"sector.{sector}"
    return words(key) if words.has(key) else words("sector.other")


def designation(words: Words, number: str, status: Status) -> Html:
    """How a complaint is named in a sentence: its number and where it stands."""
    return words("designation", number=number, status=status_name(words, status))
