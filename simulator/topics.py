"""Topics of a forum, opened, renamed, closed and deleted by the bot or by people."""

from typing import Any

from simulator.accounts import Bot, Person
from simulator.chats import Message
from simulator.groups import ICON_COLOURS, Group, Topic
from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.world import World

Json = dict[str, Any]


def open_topic(world: World, group: Group, by: Bot | Person, name: str, colour: int | None = None) -> Message:
    """Opens a topic; returns the message that says so, whose id is the topic's."""
    if not 1 <= len(name) <= 128:
        raise bad_request("topic name must be non-empty" if not name else "topic name is too long")
    if colour is not None and colour not in ICON_COLOURS:
        raise bad_request("invalid forum topic icon color specified")
    topic = Topic(world.last_message_id + 1, name, colour or ICON_COLOURS[0])
    group.topics[topic.id] = topic
    return world.post(group, by, {"forum_topic_created": topic.as_created()}, thread=topic.id)


def rename_topic(world: World, group: Group, by: Bot | Person, topic: Topic, name: str) -> Message:
    """Gives a topic another name."""
    if not name or name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    return world.post(group, by, {"forum_topic_edited": {"name": name}}, thread=topic.id)


def close_topic(world: World, group: Group, by: Bot | Person, topic: Topic, closed: bool = True) -> Message:
    """Closes a topic, or opens it again."""
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return world.post(group, by, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, thread=topic.id)


def delete_topic(world: World, group: Group, topic: Topic) -> None:
    """Removes a topic with everything in it; nobody is told."""
    del group.topics[topic.id]
    for message in group.messages.values():
        message.deleted = message.deleted or message.thread == topic.id
    world.refresh(group)


# As bots do it


def create_forum_topic(world: World, parameters: Parameters) -> Json:
    """The bot opens a topic."""
    group = _forum(world, parameters)
    made = open_topic(world, group, world.bot, parameters.text("name"), parameters.integer("icon_color"))
    group.topics[made.id].icon_custom_emoji_id = parameters.text("icon_custom_emoji_id")
    return group.topics[made.id].as_json()


def edit_forum_topic(world: World, parameters: Parameters) -> bool:
    """The bot renames a topic."""
    group = _forum(world, parameters)
    topic = group.with_topic(parameters.integer("message_thread_id"))
    rename_topic(world, group, world.bot, topic, parameters.text("name"))
    return True


def close_forum_topic(world: World, parameters: Parameters) -> bool:
    """The bot closes a topic."""
    return _closed(world, parameters, closed=True)


def reopen_forum_topic(world: World, parameters: Parameters) -> bool:
    """The bot opens a closed topic again."""
    return _closed(world, parameters, closed=False)


def delete_forum_topic(world: World, parameters: Parameters) -> bool:
    """The bot deletes a topic with its messages."""
    group = _forum(world, parameters, "can_delete_messages")
    delete_topic(world, group, group.with_topic(parameters.integer("message_thread_id")))
    return True


def _closed(world: World, parameters: Parameters, *, closed: bool) -> bool:
    group = _forum(world, parameters)
    close_topic(world, group, world.bot, group.with_topic(parameters.integer("message_thread_id")), closed)
    return True


def _forum(world: World, parameters: Parameters, right: str = "can_manage_topics") -> Group:
    group = world.reachable_chat(parameters.integer("chat_id"))
    if not isinstance(group, Group) or not group.is_forum:
        raise bad_request("the chat is not a forum")
    if not group.bots_place.may(right):
        raise bad_request("not enough rights to manage topics" if right == "can_manage_topics" else "not enough rights")
    return group
