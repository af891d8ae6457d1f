"""Bot API methods that put something new into a chat."""

from collections.abc import Callable
from typing import Any

from simulator.chats import Chat, Message
from simulator.files import UPLOAD_LIMIT
from simulator.formatting import CAPTION_LIMIT, TEXT_LIMIT, Formatted, formatted, units
from simulator.keyboards import checked
from simulator.parameters import Parameters, Upload
from simulator.refusals import Refusal, bad_request
from simulator.world import World

Json = dict[str, Any]
Method = Callable[[World, Parameters], Any]

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def text_content(parameters: Parameters) -> Json:
    """Returns the content of a text message; raises `Refusal` 400 for one that is empty, too long or broken."""
    found = formatted(parameters.text("text"), parameters.text("parse_mode"), parameters.objects("entities"))
    if not found.text:
        raise bad_request("message text is empty")
    if units(found.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": found.text} | ({"entities": found.entities} if found.entities else {})


def given_caption(parameters: Parameters) -> Json:
    """Returns the caption part of a content, empty without a caption."""
    found = formatted(parameters.text("caption"), parameters.text("parse_mode"), parameters.objects("caption_entities"))
    if units(found.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return captioned(found)


def captioned(found: Formatted) -> Json:
    """Returns a caption as part of a content."""
    if not found.text:
        return {}
    return {"caption": found.text} | ({"caption_entities": found.entities} if found.entities else {})


def send_message(world: World, parameters: Parameters) -> Json:
    """Sends a text."""
    return _post(world, parameters, lambda: text_content(parameters)).as_json()


def send_location(world: World, parameters: Parameters) -> Json:
    """Sends a point on the map."""
    return _post(world, parameters, lambda: {"location": _location(parameters)}).as_json()


def sender_of(kind: str) -> Method:
    """Returns the method that sends this kind of file."""

    def send_file(world: World, parameters: Parameters) -> Json:
        def content() -> Json:
            upload, value = parameters.upload(kind), parameters.text(kind)
            return media_content(world, kind, upload, value) | given_caption(parameters)

        return _post(world, parameters, content).as_json()

    return send_file


def send_media_group(world: World, parameters: Parameters) -> list[Json]:
    """Sends an album of two to ten files."""
    items = parameters.objects("media")
    if not 2 <= len(items) <= 10:
        raise bad_request("expected from 2 to 10 media in the album")
    chat = world.reachable_chat(parameters.integer("chat_id"))
    reply_to = _reply_to(chat, parameters)
    thread = _thread(chat, parameters, reply_to)
    group = str(14_000_000_000 + world.last_message_id)
    contents = [_album_item(world, parameters, item) | {"media_group_id": group} for item in items]
    return [world.post(chat, world.bot, content, reply_to, thread=thread).as_json() for content in contents]


def copy_message(world: World, parameters: Parameters) -> Json:
    """Sends a message's content again, without its sender."""
    source = message_in(world, parameters.integer("from_chat_id"), parameters.integer("message_id"))
    if source is None:
        raise bad_request("message to copy not found")

    def content() -> Json:
        left_out = {"media_group_id", "forward_origin"}
        if "caption" in parameters.values:
            left_out |= {"caption", "caption_entities"}
        kept = {name: value for name, value in source.content.items() if name not in left_out}
        return kept | given_caption(parameters)

    return {"message_id": _post(world, parameters, content).id}


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """Shows that the bot is busy."""
    world.reachable_chat(parameters.integer("chat_id")).demand_thread(parameters.integer("message_thread_id"))
    if parameters.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def message_in(world: World, chat_id: int | None, message_id: int | None) -> Message | None:
    """Returns a message that has not been deleted, or None."""
    return world.known_chat(chat_id).found(message_id)


def media_content(world: World, kind: str, upload: Upload | None, value: str) -> Json:
    """Returns the content made of an uploaded file, or of one sent again by its id."""
    if upload:
        if len(upload.content) > UPLOAD_LIMIT:
            raise Refusal(413, "Request Entity Too Large")
        if not upload.content:
            raise bad_request("file must be non-empty")
        return world.files.keep(kind, upload.content, upload.name)
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if not value or value.startswith("attach://"):
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    return world.files.again(kind, value)


def _post(world: World, parameters: Parameters, content: Callable[[], Json]) -> Message:
    if not parameters.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.reachable_chat(parameters.integer("chat_id"))
    markup = checked(parameters.object("reply_markup"))
    reply_to = _reply_to(chat, parameters)
    return world.post(chat, world.bot, content(), reply_to, markup, _thread(chat, parameters, reply_to))


def _thread(chat: Chat, parameters: Parameters, reply_to: Message | None) -> int | None:
    """Returns the topic that is named, or that of the message replied to; raises `Refusal` 400 if it is gone."""
    thread = parameters.integer("message_thread_id") or (reply_to.thread if reply_to else None)
    chat.demand_thread(thread)
    return thread


def _reply_to(chat: Chat, parameters: Parameters) -> Message | None:
    reply = Parameters(parameters.object("reply_parameters"))
    message_id = reply.integer("message_id") or parameters.integer("reply_to_message_id")
    if not message_id:
        return None
    message = chat.found(message_id)
    if message:
        return message
    if reply.flag("allow_sending_without_reply") or parameters.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _location(parameters: Parameters) -> Json:
    try:
        latitude, longitude = float(parameters.text("latitude")), float(parameters.text("longitude"))
    except ValueError as no_number:
        raise bad_request("latitude is invalid") from no_number
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("latitude is invalid" if abs(latitude) > 90 else "longitude is invalid")
    return {"latitude": latitude, "longitude": longitude}


def _album_item(world: World, parameters: Parameters, item: Json) -> Json:
    described = Parameters(item, parameters.uploads)
    kind = described.text("type")
    if kind not in ("photo", "video", "document", "audio"):
        raise bad_request("can't parse InputMedia: unsupported type specified")
    content = media_content(world, kind, described.upload("media"), described.text("media"))
    return content | given_caption(described)
