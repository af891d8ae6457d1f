"""Words that are being written about a complaint, as their writer sees them before they leave."""

from __future__ import annotations

from dataclasses import dataclass

from domain.drafting import FileKind, Purpose
from domain.reply_gate import Finding
from services.case_sheets import ColleagueSheet, FileSheet
from services.request_sheets import WishSheet


@dataclass(frozen=True)
class CompositionSheet:
    """Words that somebody is writing, before they leave: to whom, about which number, and what they will read.

    `lacking`: sorts of file of which one must come along; `canned`: their unit keeps words for such a purpose.
    """

    number: str
    purpose: Purpose
    text: str | None
    serial: int
    data: dict[str, object]
    findings: tuple[Finding, ...] = ()
    held: bool = False
    reason_is_asked: bool = False
    files: tuple[FileSheet, ...] = ()
    wish: WishSheet | None = None
    colleague: ColleagueSheet | None = None
    lacking: tuple[FileKind, ...] = ()
    canned: bool = False
