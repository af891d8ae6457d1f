"""What things are called: every member of every enum has a name."""

import pytest

from domain.drafting import ArchiveReason, Satisfaction
from domain.lifecycle import ClockKind, ComplaintClass, Kind, Role, Status
from locales.translator import words_for
from views import naming

WORDS = words_for("id")


@pytest.mark.parametrize(
    ("name", "members"),
    [
        (naming.status_name, Status),
        (naming.kind_name, Kind),
        (naming.class_name, ComplaintClass),
        (naming.role_name, Role),
        (naming.clock_name, ClockKind),
        (naming.satisfaction_name, Satisfaction),
        (naming.archive_name, ArchiveReason),
    ],
)
def test_every_member_has_a_name_of_its_own(name, members) -> None:
    assert len({name(WORDS, member) for member in members}) == len(members)


def test_a_complaint_is_named_by_its_number_and_where_it_stands() -> None:
    assert naming.designation(WORDS, "K7M2-9QX4", Status.IN_PROGRESS) == "<b>K7M2-9QX4</b> (Sedang diproses)"


def test_a_subject_that_the_catalogue_does_not_know_is_called_other() -> None:
    assert naming.sector_name(WORDS, "astrology") == naming.sector_name(WORDS, "other")
