"""Bot API methods about who belongs to a chat."""

from typing import Any

from simulator.chats import PrivateChat
from simulator.groups import Group
from simulator.members import Member
from simulator.parameters import Parameters
from simulator.refusals import bad_request
from simulator.world import World

Json = dict[str, Any]


def get_chat(world: World, parameters: Parameters) -> Json:
    """Says what a chat is."""
    chat = world.known_chat(parameters.integer("chat_id"))
    chat.demand_known()
    accepted = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    details = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
    return chat.as_json() | details | chat.as_full_json()


def get_chat_member(world: World, parameters: Parameters) -> Json:
    """Says somebody's place in a chat."""
    chat = world.known_chat(parameters.integer("chat_id"))
    chat.demand_known()
    user_id = parameters.integer("user_id")
    if isinstance(chat, PrivateChat):
        if user_id not in (chat.id, world.bot.id):
            raise bad_request("member not found")
        return Member(world.bot if user_id == world.bot.id else chat.person).as_json()
    member = _group(world, parameters).member(user_id)
    if member is None:
        person = world.chats.get(user_id or 0)
        if not isinstance(person, PrivateChat):
            raise bad_request("PARTICIPANT_ID_INVALID")
        member = Member(person.person, "left")
    return member.as_json()


def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    """Lists the administrators of a group, without other bots."""
    members = _group(world, parameters).members.values()
    return [member.as_json() for member in members if member.rules]


def get_chat_member_count(world: World, parameters: Parameters) -> int:
    """Counts who is in a group."""
    return sum(member.inside for member in _group(world, parameters).members.values())


def leave_chat(world: World, parameters: Parameters) -> bool:
    """The bot leaves a group."""
    group = _group(world, parameters)
    before = group.bots_place.as_json()
    world.post(group, world.bot, {"left_chat_member": world.bot.as_user()})
    group.admit(world.bot, "left")
    world.tell_bots_place(group, world.bot, before, group.bots_place.as_json())
    return True


def _group(world: World, parameters: Parameters) -> Group:
    chat = world.known_chat(parameters.integer("chat_id"))
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    chat.demand_known()
    return chat
