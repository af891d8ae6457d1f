"""The name of a forum's topic tells what a complaint is about only while its card does."""

from dataclasses import replace

import pytest

from domain.groups import Errand
from domain.lifecycle import Role
from services.accusations import Accusations
from services.group_sheets import SightSheet
from tests.conftest import FakeClock
from tests.services.conftest import Town
from tests.services.groups import CHAT, Room, a_room
from tests.services.test_request_kinds import unit_id
from views.groups import topic_name

STORY = "Lampu jalan di depan rumah Bu Wati padam sejak Senin"
SEEN = SightSheet(admin=True, topics=True, manages_topics=True)


@pytest.fixture
async def forum(town: Town, clock: FakeClock) -> Room:
    """A group with topics."""
    return await a_room(town, clock, topics=True)


async def opened(forum: Room) -> str:
    """A complaint whose topic is named after it."""
    number = await forum.files(text=STORY)
    assert await forum.delivers() == [Errand.OPEN, Errand.CARD]
    assert "Bu Wati" in topic_name(forum.calls[0])
    return number


async def test_what_becomes_secret_leaves_its_number_alone_to_name_the_topic(forum: Room) -> None:
    number = await opened(forum)
    await forum.keeps_secret(number)
    assert await forum.delivers() == [Errand.EDIT, Errand.RENAME, Errand.CLOSE]
    assert topic_name(forum.calls[-2]) == number
    assert await forum.delivers() == []


async def test_what_comes_to_accuse_the_unit_leaves_no_words_in_the_name_of_its_topic(forum: Room) -> None:
    number = await opened(forum)
    inspector = await forum.town.hires(40, Role.INSPECTOR, "inspektorat")
    unit = await unit_id(forum.town, "dprkp")
    accusations = Accusations(forum.town.office)
    await accusations.accuse(forum.coordinator, number, unit)
    assert await forum.delivers() == [Errand.EDIT, Errand.RENAME, Errand.CLOSE]
    assert topic_name(forum.calls[-2]) == number
    await forum.forwards(number)
    await accusations.clear(inspector, number, unit)
    assert STORY[:20] not in {topic_name(call) for call in forum.calls[2:]}


async def test_a_topic_that_was_opened_just_before_loses_its_name_though_it_has_no_card(forum: Room) -> None:
    number = await forum.files(text=STORY)
    call = await forum.next()
    assert call is not None
    await forum.keeps_secret(number)
    await forum.post.done(call, 77)
    forum.clock.advance(seconds=4)
    assert await forum.delivers() == [Errand.RENAME, Errand.CLOSE]


async def test_a_topic_that_somebody_deleted_needs_no_other_name(forum: Room) -> None:
    number = await opened(forum)
    await forum.keeps_secret(number)
    call = await forum.next()
    assert call is not None
    await forum.post.done(call)
    forum.clock.advance(seconds=4)
    call = await forum.next()
    assert call is not None
    assert call.errand is Errand.RENAME
    await forum.post.missing(call, "TOPIC_ID_INVALID", topic=True)
    forum.clock.advance(seconds=4)
    assert await forum.delivers() == []
    assert not (await forum.card(number)).titled


async def test_a_name_that_could_not_be_changed_is_tried_again_when_the_right_is_back(forum: Room) -> None:
    number = await opened(forum)
    await forum.keeps_secret(number)
    edit = await forum.next()
    assert edit is not None
    await forum.post.done(edit)
    forum.clock.advance(seconds=4)
    rename = await forum.next()
    assert rename is not None
    await forum.post.without_topics(rename, "not enough rights to manage topics")
    forum.clock.advance(seconds=4)
    assert await forum.delivers() == []
    unit = await unit_id(forum.town, "dprkp")
    await forum.groups.check(forum.officer, unit, replace(SEEN, manages_topics=False))
    assert await forum.delivers() == []
    await forum.groups.check(forum.officer, unit, SEEN)
    assert await forum.delivers() == [Errand.RENAME, Errand.CLOSE]


async def test_what_became_secret_while_the_group_was_lost_loses_its_name_when_it_is_back(forum: Room) -> None:
    number = await opened(forum)
    await forum.groups.lost(CHAT, "kicked")
    await forum.keeps_secret(number)
    assert await forum.delivers() == []
    await forum.groups.regained(CHAT, topics=True)
    assert await forum.delivers() == [Errand.EDIT, Errand.RENAME, Errand.CLOSE]
