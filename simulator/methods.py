"""The table of Bot API methods: a name, and what it does."""

from typing import Any

from simulator import changing, membership, sending, topics, webhooks
from simulator.commands import scope_from
from simulator.parameters import Parameters
from simulator.refusals import Refusal
from simulator.sending import Method
from simulator.world import World

Json = dict[str, Any]

_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, parameters: Parameters) -> list[Json]:
    """Returns the updates from an offset on, waiting for one if there is none; 409 while they go to a webhook."""
    if world.webhook:
        raise Refusal(409, _WEBHOOK_IS_SET)
    return await world.updates.poll(
        offset=parameters.integer("offset") or 0,
        limit=parameters.integer("limit") or 100,
        wait=parameters.integer("timeout") or 0,
        allowed=parameters.array("allowed_updates") if "allowed_updates" in parameters.values else None,
    )


def _get_me(world: World, _: Parameters) -> Json:
    return world.bot.as_me()


def _get_file(world: World, parameters: Parameters) -> Json:
    stored = world.files.offered(parameters.text("file_id"))
    return stored.as_json() | {"file_path": stored.path}


def _set_my_commands(world: World, parameters: Parameters) -> bool:
    scope = scope_from(parameters.object("scope"))
    if scope[0].startswith("chat"):
        world.known_chat(scope[1])
    world.menus.put(scope, parameters.text("language_code"), parameters.objects("commands"))
    _refresh_all(world)
    return True


def _get_my_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    return world.menus.get(scope_from(parameters.object("scope")), parameters.text("language_code"))


def _delete_my_commands(world: World, parameters: Parameters) -> bool:
    world.menus.drop(scope_from(parameters.object("scope")), parameters.text("language_code"))
    _refresh_all(world)
    return True


def _refresh_all(world: World) -> None:
    for chat in world.chats.values():
        world.refresh(chat)


# Telegram does not care how a method's name is capitalised.
METHODS: dict[str, Method] = {
    name.lower(): method
    for name, method in {
        "getMe": _get_me,
        "getChat": membership.get_chat,
        "getChatMember": membership.get_chat_member,
        "getChatAdministrators": membership.get_chat_administrators,
        "getChatMemberCount": membership.get_chat_member_count,
        "leaveChat": membership.leave_chat,
        "getFile": _get_file,
        "getWebhookInfo": webhooks.get_webhook_info,
        "setWebhook": webhooks.set_webhook,
        "deleteWebhook": webhooks.delete_webhook,
        "setMyCommands": _set_my_commands,
        "getMyCommands": _get_my_commands,
        "deleteMyCommands": _delete_my_commands,
        "sendMessage": sending.send_message,
        "sendLocation": sending.send_location,
        "sendPhoto": sending.sender_of("photo"),
        "sendDocument": sending.sender_of("document"),
        "sendVoice": sending.sender_of("voice"),
        "sendAudio": sending.sender_of("audio"),
        "sendVideo": sending.sender_of("video"),
        "sendMediaGroup": sending.send_media_group,
        "copyMessage": sending.copy_message,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": changing.edit_text,
        "editMessageCaption": changing.edit_caption,
        "editMessageReplyMarkup": changing.edit_reply_markup,
        "deleteMessage": changing.delete_message,
        "deleteMessages": changing.delete_messages,
        "createForumTopic": topics.create_forum_topic,
        "editForumTopic": topics.edit_forum_topic,
        "closeForumTopic": topics.close_forum_topic,
        "reopenForumTopic": topics.reopen_forum_topic,
        "deleteForumTopic": topics.delete_forum_topic,
        "answerCallbackQuery": changing.answer_callback_query,
    }.items()
}

# What counts as a message where the flood limits are concerned.
FLOOD_PREFIXES = ("send", "copy", "edit")
FREE_OF_LIMITS = {"sendchataction"}
