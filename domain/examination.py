"""What is examined (accusations, berkadar pengawasan), and who may count it; nobody else can even guess it.

The rule is as simple as it can be: what is examined is counted in two places only, in the figures of the inspectorate
that has it, and in one line beside the totals of the nation. Every other figure of everybody is counted without it. So
there is no total anywhere from which it could be found by taking the other parts away.
"""

from __future__ import annotations

from domain.lifecycle import ComplaintClass, Role
from domain.permissions import Actor

INSPECTORATE = "inspectorate"
"""The kind of unit that examines."""


def is_examined(*, accuses: bool, complaint_class: ComplaintClass | None, unit_kind: str | None = None) -> bool:
    """Whether a complaint accuses somebody, is berkadar pengawasan, or lies with an inspectorate."""
    return accuses or complaint_class is ComplaintClass.SUPERVISORY or unit_kind == INSPECTORATE


def works_in_a_unit(actor: Actor) -> bool:
    """Whether somebody belongs to a unit, which may be accused one day.

    They are not told what counts all that happens and cannot be cut: the head of the audit log, identities that were
    opened, what posters have brought.
    """
    return bool(actor.units)


def counts_examined(actor: Actor) -> bool:
    """Whether the line of what is examined may be told: to the nation's overseers who belong to no unit."""
    return actor.holds(Role.NATIONAL_ADMIN, Role.OBSERVER) and not works_in_a_unit(actor)
