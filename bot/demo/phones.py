"""The demo's phones in a browser: who holds them, the buttons that move time, and the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.demo.atlas import areas
from bot.demo.cast import Player
from bot.demo.clock import ZONE
from bot.demo.stage import Stage
from bot.demo.story import SCHOOL
from simulator.page import PhonesPage, Seat, Step, Surroundings


def phones_page(stage: Stage, players: Sequence[Player], port: int = 0) -> PhonesPage:
    """The page with the phones of these players; its clock is the demo's."""
    seats = [Seat(player.part.short, player.part.office, player.phone) for player in players]
    return PhonesPage(stage.telegram, seats, Surroundings(_steps(stage), areas, SCHOOL, ZONE), port)


def _steps(stage: Stage) -> tuple[Step, ...]:
    sentence = stage.terminal.sentence
    return (
        Step("hour", sentence("phones.hour"), lambda: stage.passes(timedelta(hours=1))),
        Step("day", sentence("phones.day"), lambda: stage.passes(timedelta(days=1))),
        Step("working-day", sentence("phones.working_day"), stage.passes_to_morning),
    )
