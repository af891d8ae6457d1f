"""What somebody is given to read who tries their hand: a step, their words, and days as they would run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.lifecycle import ComplaintClass
from domain.practice import PracticeStep
from domain.reply_gate import Finding


@dataclass(frozen=True)
class PracticeSheet:
    """Where a practice stands. `astray`: what was tapped is real work that this practice does not teach."""

    step: PracticeStep
    text: str | None
    findings: tuple[Finding, ...]
    complaint_class: ComplaintClass
    begun_at: datetime
    time_zone: str
    verify_by: datetime
    follow_up_by: datetime
    resolve_by: datetime
    react_by: datetime
    astray: bool = False
