"""What a citizen told, as an officer reads it: the same words before sending, on the card and in the list."""

from __future__ import annotations

from collections import Counter

from domain.drafting import FileState
from domain.when import Occurred
from locales.translator import Html, Words, plain
from services.case_sheets import CaseSheet, FileSheet, PlaceSheet
from views.dates import day
from views.letter_parts import quoted
from views.screen import clip, lines, paragraph

VALUE_SHOWN = 150
"""UTF-16 units of a short value: a name, a time."""

PLACE_SHOWN = 200


def told(case: CaseSheet, words: Words) -> Html:
    """What was told, and by whom as far as the reader may know it; the citizen reads the same before sending."""
    place = place_text(case.place, words) if case.place else None
    details = lines(
        words("told.place", place=place) if place else None,
        words("told.occurred", occurred=occurred_text(case.occurred, words)) if case.occurred else None,
        reporter(case, words),
        *_evidence(case, words),
    )
    return paragraph(
        voiced(case, words), quoted(case.text, words), details, words("letter.secret") if case.secret else None
    )


def voiced(case: CaseSheet, words: Words) -> Html | None:
    """That it was told in a recording, and who wrote the words that stand for it."""
    if not case.voiced:
        return None
    return words("letter.gist" if case.text else "letter.voiced")


def occurred_text(told: Occurred, words: Words, limit: int = VALUE_SHOWN) -> Html:
    """The person's own words with the day that was understood in them: weeks later "kemarin" alone says nothing."""
    said = plain(clip(told.words, limit)) if told.words else None
    on = day(words, told.on) if told.on else None
    if said and on:
        return words("told.roughly" if told.rough else "told.understood", said=said, day=on)
    return said or on or words("told.long_ago")


def reporter(case: CaseSheet, words: Words) -> Html:
    """The name that the person let the office see, if any."""
    if case.anonymous:
        return words("told.reporter_anonymous")
    if not case.reporter:
        return words("told.reporter_unnamed")
    return words("told.reporter", name=clip(case.reporter, VALUE_SHOWN))


def _evidence(case: CaseSheet, words: Words) -> tuple[Html | None, ...]:
    counted = words("told.files", files=files_text(case.files, words)) if case.files else None
    return counted, *closed_files(case, words)


def closed_files(case: CaseSheet, words: Words) -> tuple[Html, ...]:
    """How many files cannot be opened, and why."""
    counts = {state: sum(file.state is state for file in case.files) for state in _CLOSED}
    return tuple(words(f"evidence.count.{state.value}", count=count) for state, count in counts.items() if count)


_CLOSED = (FileState.WAITING, FileState.WITHHELD, FileState.LOST)


def place_text(place: PlaceSheet, words: Words) -> Html | None:
    """The place as it was told and as it was recognised."""
    said = Html("; ".join(plain(clip(part, PLACE_SHOWN)) for part in place_parts(place)))
    return said or (words("review.point") if place.point else None)


def place_parts(place: PlaceSheet) -> tuple[str, ...]:
    """The person's words and the register's; what was typed as it is written there need not be said twice."""
    told, label = place.words or "", place.label or ""
    parts = (label,) if label.casefold().startswith(told.casefold().strip()) else (told, label)
    return tuple(part for part in parts if part)


def files_text(files: tuple[FileSheet, ...], words: Words) -> Html:
    """How many files of each kind: "2 foto, 1 dokumen"."""
    counts = Counter(file.kind for file in files)
    return Html(", ".join(words(f"files.{kind.value}", count=count) for kind, count in counts.items()))


def flagged(case: CaseSheet, words: Words) -> Html | None:
    """What a desk should know of the words: rude ones are softened, threats and hatred want an eye."""
    return lines(*(words(f"flag.{flag.value}") for flag in case.flags)) or None
