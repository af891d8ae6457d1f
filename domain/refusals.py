"""Refusals: what is wrong, by name. The words that people read for them stand in the catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.lifecycle import Action, Status


class Refusal(Exception):
    """Something that a person asked for and that the rules do not give; nothing was changed."""


class NotAllowed(Refusal):
    """This person may not do this to this complaint."""

    def __init__(self, action: Action) -> None:
        super().__init__(action.value)
        self.action = action


class NotNow(Refusal):
    """The action exists for this person, but not while the complaint has this status."""

    def __init__(self, action: Action, status: Status) -> None:
        super().__init__(f"{action.value} while {status.value}")
        self.action = action
        self.status = status


class ComplaintNotFound(Refusal):
    """No complaint of this number that this person may see; a foreign number gets the same answer."""


class AlreadyTaken(Refusal):
    """Another officer of the unit has taken the complaint."""


class OwnWork(Refusal):
    """Who works on a complaint, or asked for it, does not decide about that request."""


class AtArbiter(Refusal):
    """Two units have said that it is not theirs: the arbiter decides, and not the coordinator."""


class ArbiterDecided(Refusal):
    """The arbiter has decided which unit answers for the complaint; it is not returned again."""


class DraftMissing(Refusal):
    """The person has no draft under way (or not the one that an old button speaks of)."""


class StaleStep(Refusal):
    """The answer belongs to a question that is no longer the current one."""


class AlreadyLeft(Refusal):
    """The words have left (or were taken back before): there is nothing to take back."""


class NotUnderstood(Refusal):
    """The answer does not fit the question; `reason` names the hint to show."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unfillable(Refusal):
    """Words with gaps that are not known (`gap_unknown`) or of which nothing is known here (`gap_empty`)."""

    def __init__(self, reason: str, gaps: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.gaps = gaps


class Enough(Refusal):
    """A person has sent as much as one may in a day; `what` names it, and what was told stays."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(what)
        self.what = what
        self.limit = limit


class InviteInvalid(Refusal):
    """The invitation does not exist, has expired, has been used, or is no longer its maker's to give."""


class StaffNotFound(Refusal):
    """No office of this number that this person decides about; a foreign one gets the same answer."""
