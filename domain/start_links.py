"""What a deep link into the bot carries: a campaign, an office or a subject, in the 64 characters that Telegram gives.

`https://t.me/BOT?start=k_jalan-rusak` and the typed `/start k_jalan-rusak` mean the same. An invitation travels on the
same road, so no invitation may begin like a link: see `looks_like_link`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PAYLOAD_MAX = 64
"""Characters of a deep link's payload, of `A-Z a-z 0-9 _ -` (Telegram)."""

UNKNOWN = "unknown"
"""Under what name visits are counted that no link of ours has brought."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
"""What a campaign may be called: short enough to be read aloud and typed."""

_LINK = re.compile(r"([kus])_([a-z0-9_-]+)")


class LinkKind(StrEnum):
    """What the letter before the underscore says."""

    CAMPAIGN = "k"
    UNIT = "u"
    SECTOR = "s"


@dataclass(frozen=True)
class StartLink:
    """A link as it was written; whether there is such a campaign, office or subject is another question."""

    kind: LinkKind
    name: str

    @property
    def payload(self) -> str:
        """What stands behind `start=`; raises `ValueError` when Telegram would not carry it."""
        written = f"{self.kind.value}_{self.name}"
        if len(written) > PAYLOAD_MAX or not _LINK.fullmatch(written):
            raise ValueError(f"a link cannot carry {written!r}: {PAYLOAD_MAX} letters, digits, '-' and '_' at most")
        return written


def linked(code: str) -> str:
    """How the code of a unit is written in a link, where no dot may stand."""
    return code.lower().replace(".", "_")


def read_link(payload: str) -> StartLink | None:
    """Reads a payload, also one that a person has typed with capitals; None when it is no link."""
    found = _LINK.fullmatch(payload.strip().lower())
    return StartLink(LinkKind(found[1]), found[2]) if found and len(payload) <= PAYLOAD_MAX else None


def looks_like_link(token: str) -> bool:
    """Whether an invitation with this token would be taken for a link."""
    return read_link(token) is not None
