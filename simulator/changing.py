"""Bot API methods that change or remove what stands in a chat."""

from datetime import timedelta
from typing import Any

from simulator.chats import Message
from simulator.keyboards import checked, is_inline
from simulator.parameters import Parameters
from simulator.refusals import Refusal, bad_request
from simulator.sending import given_caption, message_in, text_content
from simulator.world import World

Json = dict[str, Any]

DELETE_WITHIN = timedelta(hours=48)

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTION = {"caption", "caption_entities"}


def edit_text(world: World, parameters: Parameters) -> Json:
    """Replaces a message's text, and its buttons too."""
    message = _editable(world, parameters)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, text_content(parameters), parameters)


def edit_caption(world: World, parameters: Parameters) -> Json:
    """Replaces a caption, and the buttons too."""
    message = _editable(world, parameters)
    if "text" in message.content or "location" in message.content:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if name not in _CAPTION}
    return _change(world, message, kept | given_caption(parameters), parameters)


def edit_reply_markup(world: World, parameters: Parameters) -> Json:
    """Replaces the buttons alone."""
    message = _editable(world, parameters)
    return _change(world, message, message.content, parameters)


def delete_message(world: World, parameters: Parameters) -> bool:
    """Removes a message that is younger than 48 hours."""
    message = message_in(world, parameters.integer("chat_id"), parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _remove(world, message):
        raise bad_request("message can't be deleted for everyone")
    return True


def delete_messages(world: World, parameters: Parameters) -> bool:
    """Removes several messages, and passes over those it cannot."""
    chat_id = parameters.integer("chat_id")
    for message_id in parameters.array("message_ids"):
        message = message_in(world, chat_id, message_id)
        if message:
            _remove(world, message)
    return True


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """Ends the waiting of a tapped button, with a few words if wanted."""
    query = world.queries.get(parameters.text("callback_query_id"))
    if query is None or world.is_too_old(query):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = parameters.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    if text:
        told = {"text": text, "alert": parameters.flag("show_alert")}
        query.chat.toasts.setdefault(query.person.id, []).append(told)
    world.refresh(query.chat)
    return True


def _editable(world: World, parameters: Parameters) -> Message:
    if parameters.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = world.reachable_chat(parameters.integer("chat_id"))
    message = message_in(world, chat.id, parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot or (message.markup and not is_inline(message.markup)):
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Message, content: Json, parameters: Parameters) -> Json:
    markup = checked(parameters.object("reply_markup"))
    if markup and not is_inline(markup):
        raise bad_request("inline keyboard expected")
    if content == message.content and markup == message.markup:
        raise Refusal(400, f"Bad Request: {_NOT_MODIFIED}")
    # Telegram marks a message as edited for new words, not for new buttons.
    if content != message.content:
        message.edit_date = world.seconds()
    message.content, message.markup = content, markup
    world.touch(message)
    return message.as_json()


def _remove(world: World, message: Message) -> bool:
    age = timedelta(seconds=world.seconds() - message.date)
    if age > DELETE_WITHIN or not message.chat.may_delete(message):
        return False
    message.deleted = True
    world.refresh(message.chat)
    return True
