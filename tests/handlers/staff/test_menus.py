"""What a menu offers is open to whoever has it, and the help says the same."""

from html import unescape

import pytest

from domain.lifecycle import Role
from locales.translator import words_for
from services.people import menu_for
from tests.handlers.staff.conftest import AGUS, Town
from views.menus import CITIZEN, MENUS

WORDS = words_for("id")
REFUSALS = ("desk.no_office", "desk.no_desk", "region.no_office", "refusal.not_allowed", "group.no_unit")
OFFICES = (
    (Role.OFFICER, "36.73", "dprkp"),
    (Role.UNIT_HEAD, "36.73", "dprkp"),
    (Role.INSPECTOR, "36.73", "inspektorat"),
    (Role.COORDINATOR, "36.73", None),
    (Role.PROVINCE_HUB, "36.73", None),
    (Role.NATIONAL_ADMIN, None, None),
    (Role.OBSERVER, None, None),
)


@pytest.mark.parametrize(("role", "government", "unit"), OFFICES, ids=[role.value for role, *_ in OFFICES])
async def test_whoever_works_here_may_do_what_their_menu_and_their_help_offer(
    town: Town, role: Role, government: str | None, unit: str | None
) -> None:
    agus = await town.hires(AGUS, role, unit, government)
    offered = [name for name in MENUS[menu_for((await town.caller(AGUS)).actor)] if name not in CITIZEN]
    guide = await agus.says("/bantuan")
    assert all(f"/{name}: {unescape(WORDS(f'command.{name}'))}" in guide for name in offered)
    assert "/ekspor" in guide if role is Role.COORDINATOR else "/ekspor" not in guide
    for name in offered:
        answer = await agus.says(f"/{name}")
        assert not [key for key in REFUSALS if WORDS(key) in answer], name
