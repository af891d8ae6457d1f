"""The chart of the last days: few lines, large type, read on a phone. Figures in, PNG out.

The colours are told apart by colour-blind eyes too (blue and orange of Okabe and Ito), and one line is dashed besides.
matplotlib is heavy, so it is imported where a chart is drawn and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from html import unescape
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from locales.translator import Words
from services.digest_sheets import Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, HIGH = 7.2, 7.2
"""Inches at `DPI` dots: 1080 by 1080, as wide as a phone shows."""

DPI = 150
BLUE, ORANGE, RED, INK, FAINT = "#0072B2", "#D55E00", "#8A1C00", "#222222", "#D8D8D8"
TITLE, LABEL, TICK = 23, 19, 16
ROOM = 1.4
"""How much higher than its highest point a panel is, so that labels do not lie on lines."""

WEEK = 7

DESKS = 64
"""Charts that are kept: those of one desk leave within minutes of one another."""

DRAWING = Lock()


def draw(series: Series, words: Words) -> bytes:
    """Draws what came in and was finished above, what was late below; may be called from any thread."""
    # matplotlib is not made for several threads, and charts are few.
    with DRAWING:
        return _draw(series, words)


@lru_cache(maxsize=DESKS)
def _draw(series: Series, words: Words) -> bytes:
    """Whoever serves a desk gets the same chart: it is drawn once, for it takes longer than all else of a letter."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDE, HIGH), dpi=DPI, layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    figure.suptitle(_plain(words("chart.title", days=len(series.received))), size=TITLE, weight="bold", color=INK)
    _flow(upper, series, words)
    _late(lower, series, words)
    _dates(lower, series.first, len(series.received), words)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _flow(axes: Axes, series: Series, words: Words) -> None:
    days = range(len(series.received))
    _frame(axes, _plain(words("chart.flow")), max(*series.received, *series.done))
    axes.bar(days, series.received, color=BLUE, width=0.75)
    axes.plot(days, series.done, color=ORANGE, linewidth=3.5, linestyle=(0, (4, 1.5)))
    received = words("chart.total", count=sum(series.received), name=words("chart.received"))
    done = words("chart.total", count=sum(series.done), name=words("chart.done"))
    _says(axes, 0.01, _plain(received), BLUE)
    _says(axes, 0.51, _plain(done), ORANGE)


def _late(axes: Axes, series: Series, words: Words) -> None:
    days = range(len(series.overdue))
    _frame(axes, _plain(words("chart.late")), max(series.overdue))
    axes.fill_between(days, series.overdue, color=RED, alpha=0.25, step="mid")
    axes.step(days, series.overdue, color=RED, linewidth=3, where="mid")
    _says(axes, 0.01, _plain(words("chart.total", count=series.overdue[-1], name=words("chart.overdue"))), RED)


def _frame(axes: Axes, title: str, highest: int) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_title(title, loc="left", size=LABEL, color=INK)
    axes.set_ylim(0, max(highest, 1) * ROOM + 0.2)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.grid(axis="y", color=FAINT)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=TICK, colors=INK, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _says(axes: Axes, across: float, text: str, colour: str) -> None:
    """Labels directly, in the colour of what is meant: no legend has to be looked up."""
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    axes.text(
        across, 0.97, text, transform=axes.transAxes, size=LABEL, weight="bold", color=colour, va="top", bbox=ground
    )


def _dates(axes: Axes, first: date, count: int, words: Words) -> None:
    """A date a week, counted back from today."""
    places = range((count - 1) % WEEK, count, WEEK)
    axes.set_xlim(-0.7, count - 0.3)
    axes.set_xticks(places, _names([first + timedelta(days=place) for place in places], words))


def _names(days: Sequence[date], words: Words) -> list[str]:
    """The day with the first letters of its month, which Indonesian shortens to three."""
    return [f"{day.day} {_plain(words(f'date.month.{day.month}'))[:3]}" for day in days]


def _plain(sentence: str) -> str:
    return unescape(sentence)
