"""The menus of commands: what setMyCommands stores and what a person is shown."""

import re
from dataclasses import dataclass, field
from typing import Any

from simulator.accounts import Person
from simulator.chats import Chat
from simulator.groups import Group
from simulator.parameters import Parameters
from simulator.refusals import bad_request

COMMAND_LIMIT = 100

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}

Scope = tuple[str, int | None, int | None]


@dataclass
class CommandMenus:
    """One list of commands for each scope and language."""

    lists: dict[tuple[Scope, str], list[dict[str, str]]] = field(default_factory=dict)

    def put(self, scope: Scope, language: str, commands: list[dict[str, Any]]) -> None:
        """Stores a menu; raises `Refusal` 400 for a command that Telegram would not show."""
        if len(commands) > COMMAND_LIMIT:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.lists[scope, language] = [_checked(command) for command in commands]

    def get(self, scope: Scope, language: str) -> list[dict[str, str]]:
        """Returns the menu of exactly this scope and language."""
        return self.lists.get((scope, language), [])

    def drop(self, scope: Scope, language: str) -> None:
        """Removes a menu, so that the next wider one shows."""
        self.lists.pop((scope, language), None)

    def shown_to(self, person: Person, scopes: list[Scope]) -> list[dict[str, str]]:
        """Returns the menu that a person is shown: the narrowest scope, then the person's language."""
        language = (person.language_code or "").partition("-")[0]
        candidates = ((scope, spoken) for scope in scopes for spoken in (language, ""))
        return next((self.lists[found] for found in candidates if self.lists.get(found)), [])


def scopes_of(chat: Chat, person: Person) -> list[Scope]:
    """Returns the scopes that hold for a person in a chat, the narrowest first."""
    if not isinstance(chat, Group):
        return [("chat", chat.id, None), ("all_private_chats", None, None), ("default", None, None)]
    member = chat.member(person.id)
    rules = member is not None and member.rules
    own: list[Scope] = [("chat_member", chat.id, person.id)]
    here: list[Scope] = [("chat_administrators", chat.id, None)] if rules else []
    anywhere: list[Scope] = [("all_chat_administrators", None, None)] if rules else []
    wide: list[Scope] = [("all_group_chats", None, None), ("default", None, None)]
    return [*own, *here, ("chat", chat.id, None), *anywhere, *wide]


def scope_from(value: dict[str, Any]) -> Scope:
    """Returns the scope that a request names; an empty one is the default."""
    named = Parameters(value)
    kind = named.text("type") or "default"
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return (kind, named.integer("chat_id"), named.integer("user_id"))


def _checked(command: dict[str, Any]) -> dict[str, str]:
    name, description = str(command.get("command", "")), str(command.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}
