"""Who belongs to a group, and what each may do there."""

from dataclasses import dataclass, field
from typing import Any, Literal

from simulator.accounts import Bot, Person

Json = dict[str, Any]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ADMINISTRATORS = ("creator", "administrator")
INSIDE = ("creator", "administrator", "member", "restricted")

# Telegram shows an administrator who wishes to stay unknown as this account, the same one in every group.
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

_RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": False,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": False,
    "can_manage_topics": False,
    "can_send_welcome_messages": False,
}
_MAY_NOTHING = dict.fromkeys(
    (
        "can_send_messages",
        "can_send_audios",
        "can_send_documents",
        "can_send_photos",
        "can_send_videos",
        "can_send_video_notes",
        "can_send_voice_notes",
        "can_send_polls",
        "can_send_other_messages",
        "can_add_web_page_previews",
        "can_react_to_messages",
        "can_edit_tag",
        "can_change_info",
        "can_invite_users",
        "can_pin_messages",
        "can_manage_topics",
    ),
    False,
)
PERMISSIONS = _MAY_NOTHING | {name: True for name in _MAY_NOTHING if name.startswith(("can_send", "can_add"))}
"""What an ordinary member may do."""


@dataclass
class Member:
    """Somebody's place in a group; `rights` are an administrator's own, beside what every one of them may do."""

    account: Person | Bot
    status: Status = "member"
    anonymous: bool = False
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        return self.status in INSIDE

    @property
    def rules(self) -> bool:
        """Whether this is an administrator."""
        return self.status in ADMINISTRATORS

    def may(self, right: str) -> bool:
        """Tells whether a right such as `can_manage_topics` is given."""
        if self.status == "creator":
            return True
        return self.rules and (_RIGHTS | self.rights).get(right, False)

    def as_json(self) -> Json:
        """Returns the ChatMember that bots are shown."""
        body: Json = {"user": self.account.as_user(), "status": self.status}
        if self.status == "creator":
            return body | {"is_anonymous": self.anonymous}
        if self.status == "administrator":
            flags = {"can_be_edited": False, "is_anonymous": self.anonymous}
            return body | flags | _RIGHTS | self.rights
        if self.status == "restricted":
            return body | {"is_member": True, "until_date": 0} | _MAY_NOTHING | self.rights
        return body | ({"until_date": 0} if self.status == "kicked" else {})
