"""How a unit connects its group, what is wrong with it and how that is mended, and words for strangers there."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from locales.translator import Html, Words
from services.group_sheets import CheckSheet, CodeSheet, GroupNews, RoomSheet, SightSheet
from views.dates import moment
from views.screen import Screen, clip, lines, paragraph

UNIT_SHOWN = 150
"""UTF-16 units of a unit's name."""


def codes(sheets: Sequence[CodeSheet], username: str, words: Words) -> Screen:
    """How to connect a group, with a code for each unit of the reader."""
    if not sheets:
        return Screen(words("group.no_unit"))
    each = (
        lines(
            words("group.code", unit=sheet.unit, code=sheet.code),
            words("group.code_replaces") if sheet.connected else None,
        )
        for sheet in sheets
    )
    return Screen(paragraph(words("group.connect_how", bot=username), *each, words("group.connect_warning")))


def connected(room: RoomSheet, sheet: CheckSheet, words: Words) -> Screen:
    """The group is the unit's now; whatever is still to be mended follows."""
    return Screen(paragraph(words("group.connected", unit=room.unit), *_mends(sheet, words), words("group.how")))


def disconnected(unit: str, words: Words) -> Screen:
    """It is not the unit's any more."""
    return Screen(words("group.disconnected", unit=unit))


def check(sheet: CheckSheet, words: Words) -> Screen:
    """What was looked at, what is wrong, and the mend of each."""
    mends = _mends(sheet, words)
    return Screen(
        paragraph(
            words("group.check", unit=sheet.unit),
            _rights(sheet.sight, words),
            words("group.check_waiting", count=sheet.waiting) if sheet.waiting else None,
            _last_error(sheet, words),
            *(mends or (words("group.check_well"),)),
        )
    )


def not_connected(sight: SightSheet, words: Words) -> Screen:
    """A group that is no unit's: how it would become one."""
    return Screen(paragraph(words("group.check_unconnected"), _rights(sight, words)))


def no_group(unit: str, words: Words) -> Screen:
    """A unit that has no group, and how it gets one."""
    return Screen(words("group.none", unit=unit))


def only_staff(unit: str, username: str, words: Words) -> Screen:
    """Somebody who does not work in the unit answers a card."""
    return Screen(words("group.only_staff", unit=unit, link=_link(username)))


def masked(username: str, words: Words) -> Screen:
    """Somebody writes as the group itself: we cannot know who."""
    return Screen(words("group.masked", link=_link(username)))


def news(sheet: GroupNews, words: Words) -> Screen:
    """A letter: a colleague has connected a group, it is lost, or it is there again."""
    who = clip(sheet.by, UNIT_SHOWN) if sheet.by else words("group.news_somebody")
    return Screen(words(f"group.news_{sheet.word}", unit=clip(sheet.unit, UNIT_SHOWN), who=who))


def _link(username: str) -> str:
    return f"https://t.me/{username}"


def _rights(sight: SightSheet, words: Words) -> Html:
    """How Telegram says that we stand, line by line."""
    if not sight.present:
        return words("group.sight_absent")
    return lines(
        words("group.sight_public") if sight.public else None,
        words("group.sight_send" if sight.may_send else "group.sight_mute"),
        words("group.sight_admin" if sight.admin else "group.sight_member"),
        words("group.sight_topics" if sight.topics else "group.sight_flat"),
        words("group.sight_open_privacy" if sight.reads_everything else "group.sight_privacy"),
    )


def _hindrances(sight: SightSheet) -> dict[str, bool]:
    """What keeps reports from arriving as they should, by the mend of each."""
    return {
        "group.mend_absent": not sight.present,
        "group.mend_public": sight.present and sight.public,
        "group.mend_mute": sight.present and not sight.may_send,
        "group.mend_topics": sight.present and sight.topics and not sight.manages_topics,
    }


def _mends(sheet: CheckSheet, words: Words) -> tuple[Html, ...]:
    sight = sheet.sight
    found = _hindrances(sight) | {
        "group.mend_flat": sight.present and not sight.topics,
        "group.mend_privacy": sight.reads_everything,
    }
    return tuple(words(key) for key, wanted in found.items() if wanted)


def _last_error(sheet: CheckSheet, words: Words) -> Html | None:
    """When something went wrong last; what Telegram called it is no word for people."""
    if sheet.error_at is None:
        return None
    at = moment(words, sheet.error_at.astimezone(ZoneInfo(sheet.time_zone)), sheet.time_zone)
    mendable = any(_hindrances(sheet.sight).values())
    return words("group.check_error_mend" if mendable else "group.check_error", moment=at)
