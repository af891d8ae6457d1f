"""What a group is brought next, step by step."""

from dataclasses import replace

import pytest

from domain.groups import Errand, Standing, for_groups, next_errand
from domain.lifecycle import ComplaintClass

NEW = Standing(
    topics=True,
    thread=False,
    message=False,
    closed=False,
    stale=True,
    owed=False,
    titled=False,
    readable=True,
    ended=False,
)
OPENED = replace(NEW, thread=True, titled=True)


def test_a_new_complaint_gets_its_topic_then_its_card_and_then_nothing() -> None:
    carded = replace(OPENED, message=True, stale=False)
    assert [next_errand(each) for each in (NEW, OPENED, carded)] == [Errand.OPEN, Errand.CARD, None]


def test_without_topics_the_card_comes_at_once() -> None:
    assert next_errand(replace(NEW, topics=False)) is Errand.CARD


def test_words_come_before_the_card_is_drawn_anew() -> None:
    changed = replace(OPENED, message=True, owed=True)
    assert next_errand(changed) is Errand.SAY
    assert next_errand(replace(changed, owed=False)) is Errand.EDIT


def test_a_complaint_that_comes_back_opens_its_topic_again() -> None:
    closed = replace(OPENED, message=True, closed=True, titled=False)
    opened, drawn = replace(closed, closed=False), replace(closed, closed=False, stale=False)
    assert [next_errand(each) for each in (closed, opened, drawn)] == [Errand.REOPEN, Errand.EDIT, Errand.RENAME]


def test_an_ended_complaint_is_told_of_made_bare_and_its_topic_closed() -> None:
    ended = replace(OPENED, message=True, owed=True, ended=True)
    said, bare = replace(ended, owed=False), replace(ended, owed=False, stale=False)
    neutral = replace(bare, titled=False)
    shut = replace(neutral, closed=True)
    steps = [next_errand(each) for each in (ended, said, bare, neutral, shut)]
    assert steps == [Errand.SAY, Errand.EDIT, Errand.RENAME, Errand.CLOSE, None]


def test_a_topic_without_a_card_loses_its_title_too() -> None:
    assert next_errand(replace(OPENED, readable=False)) is Errand.RENAME
    assert next_errand(replace(OPENED, readable=False, closed=True)) is Errand.RENAME


def test_no_topic_is_renamed_without_the_right_to_manage_them() -> None:
    assert next_errand(replace(OPENED, topics=False, stale=False, readable=False)) is None
    assert next_errand(replace(OPENED, topics=False, stale=False, titled=False, message=True)) is None


def test_what_the_unit_may_no_longer_read_is_not_said_there() -> None:
    assert next_errand(replace(OPENED, message=True, owed=True, readable=False)) is Errand.EDIT


def test_what_never_came_and_is_over_never_comes() -> None:
    assert next_errand(replace(NEW, ended=True)) is None
    assert next_errand(replace(NEW, readable=False)) is None


@pytest.mark.parametrize(
    ("complaint_class", "accuses", "accused", "secret", "may"),
    [
        (None, False, False, False, True),
        (ComplaintClass.ORDINARY, False, False, False, True),
        (ComplaintClass.SUPERVISORY, False, False, False, False),
        (ComplaintClass.ORDINARY, True, False, False, False),
        (None, False, True, False, False),
        (None, False, False, True, False),
    ],
)
def test_what_accuses_is_examined_or_secret_goes_to_no_group(
    complaint_class: ComplaintClass | None, accuses: bool, accused: bool, secret: bool, may: bool
) -> None:
    assert for_groups(complaint_class, accuses=accuses, accused=accused, secret=secret) is may
