"""What people do with their phones, and what the bot is told of it."""

import base64
import hashlib
from typing import Any

from simulator.chats import Message
from simulator.commands import scopes_of
from simulator.formatting import CAPTION_LIMIT, TEXT_LIMIT, formatted, units
from simulator.group_acts import GROUP_ACTS
from simulator.hands import Act, Hand
from simulator.members import Member, Status
from simulator.refusals import Refusal
from simulator.sending import captioned
from simulator.world import World

Json = dict[str, Any]


def act(world: World, name: str, order: Json) -> Json:
    """Does one act of a person; returns the messages it made and the chat's revision after it."""
    perform = ACTS.get(name) or GROUP_ACTS.get(name)
    if perform is None:
        raise Refusal(404, f"A phone cannot do this: {name}")
    hand = Hand.of(world, order)
    messages = perform(hand, order["details"])
    return {"revision": hand.chat.revision, "messages": [message.as_seen(hand.person) for message in messages]}


def seen_by(hand: Hand) -> Json:
    """Returns all that a person's screen shows."""
    world, chat, person = hand.world, hand.chat, hand.person
    waiting = [query for query in world.queries.values() if query.chat is chat and query.person.id == person.id]
    shown = [message for message in chat.visible() if hand.thread in (None, message.thread)]
    return {
        "revision": chat.revision,
        "now": world.now().isoformat(),
        "blocked": hand.private.blocked,
        "messages": [message.as_seen(person) for message in shown],
        "keyboard": chat.keyboard,
        "toasts": chat.toasts.get(person.id, []),
        "commands": world.menus.shown_to(person, scopes_of(chat, person)),
        "unanswered_taps": sum(not query.answered for query in waiting),
    }


def _says(hand: Hand, details: Json) -> list[Message]:
    return [hand.write(_text(part), details.get("reply_to")) for part in _as_phones_cut(details["text"])]


def _sends_file(hand: Hand, details: Json) -> list[Message]:
    return [hand.write(_file(hand.world, details), details.get("reply_to"))]


def _sends_album(hand: Hand, details: Json) -> list[Message]:
    group = {"media_group_id": details.get("album") or str(13_000_000_000 + hand.world.last_message_id)}
    return [hand.write(_file(hand.world, item) | group) for item in details["items"]]


def _sends_content(hand: Hand, details: Json) -> list[Message]:
    return [hand.write(details["content"], details.get("reply_to"))]


def _forwards(hand: Hand, details: Json) -> list[Message]:
    origin = {"date": hand.world.seconds()} | details["origin"]
    return [hand.write(_text(details["text"]) | {"forward_origin": origin})]


def _edits(hand: Hand, details: Json) -> list[Message]:
    message = _own(hand, details["message"])
    if "text" in message.content:
        message.content = message.content | _text(details["text"])
    else:
        message.content = message.content | captioned(formatted(details["text"], None))
    message.edit_date = hand.world.seconds()
    hand.world.touch(message)
    if hand.is_heard(message):
        hand.world.updates.put("edited_message", message.as_json())
    return [message]


def _taps(hand: Hand, details: Json) -> list[Message]:
    hand.demand_inside()
    message = hand.chat.messages.get(details.get("message") or 0)
    for _ in range(details.get("times", 1)):
        hand.world.updates.put("callback_query", _query(hand, details["data"], message))
    hand.world.refresh(hand.chat)
    return []


def _query(hand: Hand, data: str, message: Message | None) -> Json:
    query: Json = {
        "id": hand.world.ask(hand.chat, hand.person).id,
        "from": hand.person.as_user(),
        "chat_instance": str(int(hashlib.sha256(str(hand.chat.id).encode()).hexdigest()[:15], 16)),
        "data": data,
    }
    if message:
        query["message"] = message.as_inaccessible() if message.deleted else message.as_json()
    return query


def _starts(hand: Hand, details: Json) -> list[Message]:
    if hand.private.blocked:
        _unblocks(hand, details)
    payload = details.get("payload")
    return _says(hand, {"text": f"/start {payload}" if payload else "/start"})


def _blocks(hand: Hand, _: Json) -> list[Message]:
    if not hand.private.blocked:
        hand.private.blocked = True
        _tell_blocked(hand, "member", "kicked")
    return []


def _unblocks(hand: Hand, _: Json) -> list[Message]:
    if hand.private.blocked:
        hand.private.blocked = False
        _tell_blocked(hand, "kicked", "member")
    return []


def _tell_blocked(hand: Hand, before: Status, after: Status) -> None:
    bot = hand.world.bot
    places = [Member(bot, status).as_json() for status in (before, after)]
    hand.world.tell_bots_place(hand.private, hand.person, *places)


def _deletes_account(hand: Hand, _: Json) -> list[Message]:
    hand.private.deactivated = True
    return []


def _arrives(hand: Hand, details: Json) -> list[Message]:
    """Whoever has `started` the bot long ago may be written to, and says nothing now."""
    hand.private.started = hand.private.started or bool(details.get("started"))
    return []


def _own(hand: Hand, message_id: int) -> Message:
    message = hand.chat.messages.get(message_id)
    if message is None or message.sender.id != hand.person.id:
        raise Refusal(404, f"{hand.person.first_name} wrote no message {message_id}")
    return message


def _text(text: str) -> Json:
    found = formatted(text, None)
    if not found.text:
        raise Refusal(400, "A phone cannot send an empty text")
    return {"text": found.text} | ({"entities": found.entities} if found.entities else {})


def _file(world: World, details: Json) -> Json:
    content = world.files.keep(
        details["kind"],
        base64.b64decode(details["bytes"]),
        name=details.get("name"),
        size=details.get("size"),
        **details.get("about", {}),
    )
    caption = details.get("caption")
    if not caption:
        return content
    found = formatted(caption, None)
    if units(found.text) > CAPTION_LIMIT:
        raise Refusal(400, f"A phone cannot send a caption of more than {CAPTION_LIMIT} characters")
    return content | captioned(found)


def _as_phones_cut(text: str) -> list[str]:
    """Returns a long text as the several messages that Telegram's own programs make of it."""
    parts, part, size = [], "", 0
    for character in text:
        width = units(character)
        if size + width > TEXT_LIMIT:
            parts.append(part)
            part, size = "", 0
        part, size = part + character, size + width
    return [*parts, part]


ACTS: dict[str, Act] = {
    "arrives": _arrives,
    "says": _says,
    "sends_file": _sends_file,
    "sends_album": _sends_album,
    "sends_content": _sends_content,
    "forwards": _forwards,
    "edits": _edits,
    "taps": _taps,
    "starts": _starts,
    "blocks": _blocks,
    "unblocks": _unblocks,
    "deletes_account": _deletes_account,
}
