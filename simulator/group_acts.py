"""What people do in groups: let others in, give and take rights, open and close topics, make a supergroup of it."""

from typing import Any

from simulator.accounts import Bot, Person
from simulator.chats import Message
from simulator.groups import Group
from simulator.hands import Act, Hand
from simulator.members import Status
from simulator.refusals import Refusal
from simulator.topics import close_topic, delete_topic, open_topic, rename_topic

Json = dict[str, Any]


def _admits(hand: Hand, details: Json) -> list[Message]:
    account = _account(hand, details)
    _place(hand, account, "member")
    return [_line(hand, {"new_chat_members": [account.as_user()]})]


def _removes(hand: Hand, details: Json) -> list[Message]:
    account = _account(hand, details)
    line = _line(hand, {"left_chat_member": account.as_user()})
    _place(hand, account, "left" if account is hand.person else "kicked")
    return [line]


def _promotes(hand: Hand, details: Json) -> list[Message]:
    account = _account(hand, details)
    anonymous = bool(details.get("anonymous"))
    member = hand.group.member(account.id)
    kept: Status = "creator" if member and member.status == "creator" else "administrator"
    _place(hand, account, kept, details.get("rights", {}), anonymous=anonymous)
    return []


def _demotes(hand: Hand, details: Json) -> list[Message]:
    _place(hand, _account(hand, details), "member")
    return []


def _silences(hand: Hand, details: Json) -> list[Message]:
    _place(hand, _account(hand, details), "restricted")
    return []


def _opens_topic(hand: Hand, details: Json) -> list[Message]:
    return [hand.announce(open_topic(hand.world, _forum(hand), hand.person, details["name"]))]


def _renames_topic(hand: Hand, details: Json) -> list[Message]:
    topic = _forum(hand).with_topic(details["topic"])
    return [hand.announce(rename_topic(hand.world, hand.group, hand.person, topic, details["name"]))]


def _closes_topic(hand: Hand, details: Json) -> list[Message]:
    topic = _forum(hand).with_topic(details["topic"])
    return [hand.announce(close_topic(hand.world, hand.group, hand.person, topic))]


def _reopens_topic(hand: Hand, details: Json) -> list[Message]:
    topic = _forum(hand).with_topic(details["topic"])
    return [hand.announce(close_topic(hand.world, hand.group, hand.person, topic, closed=False))]


def _deletes_topic(hand: Hand, details: Json) -> list[Message]:
    delete_topic(hand.world, _forum(hand), hand.group.with_topic(details["topic"]))
    return []


def _switches_topics(hand: Hand, details: Json) -> list[Message]:
    hand.group.is_forum = bool(details["on"])
    return []


def _deletes_message(hand: Hand, details: Json) -> list[Message]:
    message = hand.group.found(details["message"])
    if message is None:
        raise Refusal(404, f"There is no message {details['message']}")
    message.deleted = True
    hand.world.refresh(hand.chat)
    return []


def _upgrades(hand: Hand, _: Json) -> list[Message]:
    """Makes a supergroup of a group: another id, the same people; a line in either says where the other is."""
    old, world = hand.group, hand.world
    if old.is_super:
        raise Refusal(409, f"{old.title} is a supergroup already")
    new = world.found_group(old.title, hand.person, is_super=True, is_forum=False)
    new.members = old.members
    gone = hand.announce(world.post(old, hand.person, {"migrate_to_chat_id": new.id}))
    old.upgraded_to = new.id
    come = world.post(new, hand.person, {"migrate_from_chat_id": old.id})
    Hand(world, hand.person, new).announce(come)
    return [gone, come]


def _account(hand: Hand, details: Json) -> Bot | Person:
    """Returns who is meant: the bot, if nobody is named."""
    named = details.get("whom")
    if named is None:
        return hand.world.bot
    return hand.person if named["id"] == hand.person.id else hand.world.chat_of(Person.from_json(named)).person


def _place(
    hand: Hand, account: Bot | Person, status: Status, rights: dict[str, bool] | None = None, *, anonymous: bool = False
) -> None:
    group, bot = hand.group, hand.world.bot
    known = group.member(account.id)
    before = known.as_json() if known else {"user": account.as_user(), "status": "left"}
    member = group.admit(account, status)
    member.rights, member.anonymous = dict(rights or {}), anonymous
    if account is bot:
        hand.world.tell_bots_place(group, hand.person, before, member.as_json())
    elif group.bots_place.rules:
        _tell_place(hand, before, member.as_json())


def _tell_place(hand: Hand, before: Json, after: Json) -> None:
    """Tells the bot of somebody else's place; Telegram does it for administrators that have asked for it."""
    change = {"chat": hand.chat.as_json(), "from": hand.person.as_user(), "date": hand.world.seconds()}
    hand.world.updates.put("chat_member", change | {"old_chat_member": before, "new_chat_member": after})
    hand.world.refresh(hand.chat)


def _line(hand: Hand, content: Json) -> Message:
    return hand.announce(hand.world.post(hand.chat, hand.person, content))


def _forum(hand: Hand) -> Group:
    if not hand.group.is_forum:
        raise Refusal(409, f"{hand.group.title} has no topics")
    return hand.group


GROUP_ACTS: dict[str, Act] = {
    "admits": _admits,
    "removes": _removes,
    "promotes": _promotes,
    "demotes": _demotes,
    "silences": _silences,
    "opens_topic": _opens_topic,
    "renames_topic": _renames_topic,
    "closes_topic": _closes_topic,
    "reopens_topic": _reopens_topic,
    "deletes_topic": _deletes_topic,
    "switches_topics": _switches_topics,
    "deletes_message": _deletes_message,
    "upgrades": _upgrades,
}
