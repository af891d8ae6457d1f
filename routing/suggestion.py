"""What the matcher answers: up to three candidates with the citizen's own words as reasons."""

from dataclasses import dataclass

from routing.places import Place


@dataclass(frozen=True)
class Suggestion:
    """Proposes one office; `government` and `unit` are codes of the directory, `score` lies between 0 and 1."""

    sector: str
    government: str | None
    agency: str
    unit: str | None
    unit_name: str | None
    score: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Separates two close candidates: `key` names the sentence in the catalogues, `sectors` the two answers."""

    key: str
    sectors: tuple[str, str]


@dataclass(frozen=True)
class Suggestions:
    """Holds at most three candidates, best first; `confident` only above the calibrated margin.

    `accused` are the codes of the units that the text may be accusing; they must never receive it.
    """

    candidates: tuple[Suggestion, ...] = ()
    confident: bool = False
    accuses: bool = False
    question: Question | None = None
    place: Place | None = None
    accused: tuple[str, ...] = ()
