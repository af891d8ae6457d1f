"""The chart of an overview: how far complaints have come, and how much each part followed up. Figures in, PNG out."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

from locales.translator import Words
from views.chart import BLUE, DPI, DRAWING, FAINT, HIGH, INK, LABEL, ORANGE, TICK, TITLE, WIDE
from views.screen import clip

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PARTS = 8
"""Bars of one panel; more cannot be read on a phone."""

NAME_DRAWN, TITLE_DRAWN = 24, 34
ROOM = 1.25
"""How much longer than its longest bar a panel is, so that the figures beside the bars fit."""

Bars = Sequence[tuple[str, int]]


def draw_steps(title: str, steps: Bars, parts: Bars, words: Words) -> bytes:
    """Draws the steps above and, where there are several, the parts below in per cent; any thread may call it."""
    # matplotlib is not made for several threads, and charts are few.
    with DRAWING:
        return _draw(title, steps, parts if len(parts) > 1 else (), words)


def _draw(title: str, steps: Bars, parts: Bars, words: Words) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDE, HIGH), dpi=DPI, layout="constrained")
    # A name may hold a dollar sign, which would begin a formula.
    figure.suptitle(_plain(clip(title, TITLE_DRAWN)), size=TITLE, weight="bold", color=INK)
    drawn = _few(parts)
    panels = figure.subplots(2, 1, height_ratios=(len(steps) + 1, len(drawn) + 1)) if drawn else [figure.subplots()]
    _bars(panels[0], _plain(words("chart.steps")), steps, BLUE, "")
    if drawn:
        _bars(panels[1], _plain(words("chart.parts")), drawn, ORANGE, " %")
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _few(parts: Bars) -> Bars:
    """The best and the last, where they are more than fit."""
    half = PARTS // 2
    return parts if len(parts) <= PARTS else (*parts[:half], *parts[-half:])


def _bars(axes: Axes, title: str, bars: Bars, colour: str, unit: str) -> None:
    """The first on top, each with its figure beside it: nothing has to be read off a scale."""
    places = range(len(bars))
    axes.set_title(title, loc="left", size=LABEL, color=INK)
    axes.barh(places, [count for _, count in bars], color=colour, height=0.6)
    axes.set_yticks(places, [_plain(clip(name, NAME_DRAWN)) for name, _ in bars])
    axes.invert_yaxis()
    axes.set_xlim(0, max((count for _, count in bars), default=0) * ROOM + 1)
    axes.set_xticks([])
    axes.tick_params(labelsize=TICK, colors=INK, length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(FAINT)
    for place, (_, count) in enumerate(bars):
        axes.text(count, place, f" {count}{unit}", size=LABEL, weight="bold", color=colour, va="center")


def _plain(sentence: str) -> str:
    return unescape(sentence).replace("$", r"\$")
