"""Choices that were typed: by their number, by their label, or by another name that people have for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from locales.translator import FALLBACK, Html, Words, words_for
from views.screen import Button, Screen
from views.taps import Tap, unpack

SLIPPERY = 5
"""Letters from which on a name is recognised with one slip of the finger; shorter ones mean too much else."""


def choice(screen: Screen, words: Words, text: str) -> Tap | None:
    """What the typed words choose on a screen; None if they choose nothing there."""
    said = bare(text)
    return _by_number(screen, words, said) or _by_name(screen, words, said) or _by_slip(screen, words, said)


def noted(choices: Iterable[Button]) -> tuple[tuple[str, str], ...]:
    """Choices as they are kept: each by its label and what its button says."""
    return tuple((button.label, button.tap.pack()) for button in choices)


def recalled(kept: Iterable[tuple[str, str | None]]) -> Screen:
    """The choices as they were shown; none at all if one is of an older version, since the numbers must stay."""
    read = tuple((label, unpack(data)) for label, data in kept)
    buttons = tuple(Button(label, tap) for label, tap in read if tap)
    return Screen(Html(""), (buttons,) if len(buttons) == len(read) else ())


def bare(text: str) -> str:
    """The words without capitals, marks and double spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _by_number(screen: Screen, words: Words, said: str) -> Tap | None:
    place = _place(said, words)
    return screen.choices[place - 1].tap if 0 < place <= len(screen.choices) else None


def _place(said: str, words: Words) -> int:
    """The number that was typed, in digits or spelled out, perhaps after "nomor"; 0 if there is none."""
    before, _, last = said.rpartition(" ")
    if before and not all(part in words("number.before").split("|") for part in before.split()):
        return 0
    if re.fullmatch(r"[0-9]{1,2}", last):
        return int(last)
    for key in ("number.words", "number.ordinals"):
        spelled = words(key).split("|")
        if last in spelled:
            return spelled.index(last) + 1
    return 0


def _by_name(screen: Screen, words: Words, said: str) -> Tap | None:
    return next((button.tap for button in screen.choices if said and said in names(button, words)), None)


def _by_slip(screen: Screen, words: Words, said: str) -> Tap | None:
    """A name with one letter wrong, missing, doubled or changed over; None if it might be two choices."""
    meant = {
        button.tap
        for button in screen.choices
        for name in names(button, words)
        # One wrong sign in the number of a complaint may be another complaint.
        if len(name) >= SLIPPERY and not re.search(r"\d", name) and _differs_by_a_slip(name, said)
    }
    return meant.pop() if len(meant) == 1 else None


def _differs_by_a_slip(name: str, said: str) -> bool:
    longer, shorter = (name, said) if len(name) >= len(said) else (said, name)
    if len(longer) - len(shorter) > 1:
        return False
    at = next((place for place, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    swapped = shorter[:at] + shorter[at : at + 2][::-1] + shorter[at + 2 :]
    return longer[at + 1 :] == shorter[at + 1 :] or swapped == longer


def names(button: Button, words: Words) -> set[str]:
    """The label, and what the catalogues know as other names of this choice; Indonesian is always understood."""
    # Ids and the numbers of complaints carry no meaning; coded answers are written small.
    particulars = [arg for arg in button.tap.args if arg.islower()]
    key = ".".join(("say", button.tap.verb.value, *particulars))
    others = [name for each in (words, words_for(FALLBACK)) if each.has(key) for name in each(key).split("|")]
    return {bare(name) for name in (button.label, *others)}
