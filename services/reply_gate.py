"""Judges a reply before it leaves, and keeps with its words what was found and why it should leave all the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.drafting import Purpose
from domain.lifecycle import Action
from domain.reply_gate import Finding, Rule, examine
from domain.reply_words import sentences
from routing.likeness import copied, hollow
from storage.tables_drafts import Composition
from storage.unit_of_work import UnitOfWork

REPLIES = {Purpose.FOLLOW_UP: Action.FOLLOW_UP, Purpose.DONE: Action.MARK_DONE}
"""What the citizen is answered with."""

JUDGED = frozenset({*REPLIES, Purpose.ANNOUNCE})
"""What must say something: an announcement is read by more people than any reply."""

FOUND, AS_IS = "found", "as_is"
"""Under what names a composition keeps the findings, and the reason for sending it all the same (empty while asked)."""

GATE = "gate"
"""Under what name the timeline keeps both, for the desk alone."""

EARLIER = 50
"""Replies of the same officer that a new one is compared with."""


def judge(text: str, earlier: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What a reply should mend; `earlier` are replies that its writer has sent for other complaints."""
    return examine(text, hollow(sentences(text)), copied(text, earlier))


async def look(work: UnitOfWork, row: Composition) -> None:
    """Judges the words of a composition if they must say something, and keeps what was found."""
    if row.purpose not in JUDGED or row.text is None:
        return
    earlier = await work.timeline.replies_by(row.person_id, tuple(REPLIES.values()), row.complaint_id, EARLIER)
    found = [[finding.rule.value, finding.quote] for finding in judge(row.text, earlier)]
    row.data = {**{key: value for key, value in row.data.items() if key != FOUND}, **({FOUND: found} if found else {})}


def findings(data: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What was found in the words of a composition."""
    return tuple(Finding(Rule(rule), quote) for rule, quote in data.get(FOUND, ()))


def held(data: Mapping[str, Any]) -> bool:
    """Whether the words may not leave yet."""
    return bool(data.get(FOUND)) and not data.get(AS_IS)


def reason_is_asked(data: Mapping[str, Any]) -> bool:
    """Whether the next words are the reason for sending a reply as it is."""
    return data.get(AS_IS) == ""


def for_timeline(data: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars of an event: what was found stands there only with the reason why it left all the same."""
    kept = {key: value for key, value in data.items() if key not in (FOUND, AS_IS)}
    if not data.get(FOUND):
        return kept
    rules = [finding.rule.value for finding in findings(data)]
    return {**kept, GATE: {"rules": rules, "reason": data.get(AS_IS)}}
