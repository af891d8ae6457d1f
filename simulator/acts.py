"""What people do with their phones, and what the bot is told of it."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from simulator.accounts import Person
from simulator.chats import Chat, Message
from simulator.formatting import CAPTION_LIMIT, TEXT_LIMIT, formatted, units
from simulator.refusals import Refusal
from simulator.sending import captioned
from simulator.world import World

Json = dict[str, Any]
Act = Callable[[World, Chat, Json], list[Message]]


def act(world: World, person: Person, name: str, details: Json) -> Json:
    """Does one act of a person; returns the messages it made and the chat's revision after it."""
    perform = ACTS.get(name)
    if perform is None:
        raise Refusal(404, f"A phone cannot do this: {name}")
    chat = world.chat_of(person)
    messages = perform(world, chat, details)
    return {"revision": chat.revision, "messages": [message.as_seen(person) for message in messages]}


def seen_by(world: World, person: Person) -> Json:
    """Returns all that a person's screen shows."""
    chat = world.chat_of(person)
    waiting = [query for query in world.queries.values() if query.chat is chat and not query.answered]
    return {
        "revision": chat.revision,
        "now": world.now().isoformat(),
        "blocked": chat.blocked,
        "messages": [message.as_seen(person) for message in chat.visible()],
        "keyboard": chat.keyboard,
        "toasts": chat.toasts,
        "commands": world.menus.shown_to(person),
        "unanswered_taps": len(waiting),
    }


def _says(world: World, chat: Chat, details: Json) -> list[Message]:
    return [_write(world, chat, _text(part), details.get("reply_to")) for part in _as_phones_cut(details["text"])]


def _sends_file(world: World, chat: Chat, details: Json) -> list[Message]:
    return [_write(world, chat, _file(world, details), details.get("reply_to"))]


def _sends_album(world: World, chat: Chat, details: Json) -> list[Message]:
    group = {"media_group_id": str(13_000_000_000 + world.last_message_id)}
    return [_write(world, chat, _file(world, item) | group) for item in details["items"]]


def _sends_content(world: World, chat: Chat, details: Json) -> list[Message]:
    return [_write(world, chat, details["content"], details.get("reply_to"))]


def _forwards(world: World, chat: Chat, details: Json) -> list[Message]:
    origin = {"date": world.seconds()} | details["origin"]
    return [_write(world, chat, _text(details["text"]) | {"forward_origin": origin})]


def _edits(world: World, chat: Chat, details: Json) -> list[Message]:
    message = _own(chat, details["message"])
    if "text" in message.content:
        message.content = message.content | _text(details["text"])
    else:
        message.content = message.content | captioned(formatted(details["text"], None))
    message.edit_date = world.seconds()
    world.touch(message)
    world.updates.put("edited_message", message.as_json())
    return [message]


def _taps(world: World, chat: Chat, details: Json) -> list[Message]:
    _refuse_if_blocked(chat)
    message = chat.messages.get(details.get("message") or 0)
    for _ in range(details.get("times", 1)):
        world.updates.put("callback_query", _query(world, chat, details["data"], message))
    world.refresh(chat)
    return []


def _query(world: World, chat: Chat, data: str, message: Message | None) -> Json:
    query: Json = {
        "id": world.ask(chat).id,
        "from": chat.person.as_user(),
        "chat_instance": str(int(hashlib.sha256(str(chat.id).encode()).hexdigest()[:15], 16)),
        "data": data,
    }
    if message:
        query["message"] = message.as_inaccessible() if message.deleted else message.as_json()
    return query


def _starts(world: World, chat: Chat, details: Json) -> list[Message]:
    if chat.blocked:
        _unblocks(world, chat, details)
    payload = details.get("payload")
    return _says(world, chat, {"text": f"/start {payload}" if payload else "/start"})


def _blocks(world: World, chat: Chat, _: Json) -> list[Message]:
    if not chat.blocked:
        chat.blocked = True
        _tell_membership(world, chat, "member", "kicked")
    return []


def _unblocks(world: World, chat: Chat, _: Json) -> list[Message]:
    if chat.blocked:
        chat.blocked = False
        _tell_membership(world, chat, "kicked", "member")
    return []


def _deletes_account(_: World, chat: Chat, __: Json) -> list[Message]:
    chat.deactivated = True
    return []


def _arrives(_: World, __: Chat, ___: Json) -> list[Message]:
    return []


def _write(world: World, chat: Chat, content: Json, reply_to: int | None = None) -> Message:
    _refuse_if_blocked(chat)
    chat.started = True
    message = world.post(chat, chat.person, content, chat.messages.get(reply_to or 0))
    world.updates.put("message", message.as_json())
    return message


def _refuse_if_blocked(chat: Chat) -> None:
    if chat.blocked or chat.deactivated:
        raise Refusal(409, f"{chat.person.first_name} has blocked the bot or is gone: unblocks() or starts() first")


def _own(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.sender.id != chat.id:
        raise Refusal(404, f"{chat.person.first_name} wrote no message {message_id}")
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


def _tell_membership(world: World, chat: Chat, old: str, new: str) -> None:
    bot = world.bot.as_user()
    ends = {"until_date": 0}
    change = {
        "chat": chat.as_json(),
        "from": chat.person.as_user(),
        "date": world.seconds(),
        "old_chat_member": {"user": bot, "status": old} | (ends if old == "kicked" else {}),
        "new_chat_member": {"user": bot, "status": new} | (ends if new == "kicked" else {}),
    }
    world.updates.put("my_chat_member", change)
    world.refresh(chat)


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
