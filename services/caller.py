"""Who asks: the person, their roles, their language, and the update that they answer."""

from __future__ import annotations

from dataclasses import dataclass

from domain.permissions import Actor
from storage.unit_of_work import Cause


@dataclass(frozen=True)
class Caller:
    """A person who asks for something. `cause` lets effect and mark of the update be one transaction.

    `message_id` is the message in which they ask, so that a later edit of it finds what was taken from it.
    `notice_version` is the privacy notice that they had read when they came.
    """

    person_id: int
    actor: Actor
    locale: str
    cause: Cause | None = None
    message_id: int | None = None
    notice_version: str | None = None
