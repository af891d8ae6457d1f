"""/statistik: one scope in one period, short enough for a phone, with a chart whose caption says the same in words."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from domain.drafting import Satisfaction
from domain.figures import Period, Share, Speed
from domain.scopes import ScopeKind
from locales.translator import Html, Words, plain
from services.figure_sheets import FiguresSheet, OverviewSheet, PartFigures, ScopeLine
from views.chart_parts import draw_steps
from views.figures import portion, span
from views.naming import archive_name, class_name, satisfaction_name
from views.queue import no_office
from views.screen import Button, Screen, choice_screen, clip, lines, paragraph
from views.taps import Verb, tap

NAME_SHOWN = 60
BEST, WORST = 5, 3
"""Parts of a ranking: the first and the last of them."""

PARTS_SAID = 8
NAMED = 4
"""Names in a line; the rest is counted."""

log = logging.getLogger(__name__)


def ask_scope(scopes: Sequence[ScopeLine], words: Words) -> Screen:
    """Whose figures? Somebody holds several offices, or none any more."""
    if not scopes:
        return no_office(words)
    rows = ((Button(clip(each.name, NAME_SHOWN), tap(Verb.FIGURES, each.scope, Period.THIS_MONTH)),) for each in scopes)
    return choice_screen(words("overview.ask_scope"), *rows)


def overview(sheet: OverviewSheet, words: Words) -> Screen:
    """The figures, what they mean in a line, and the other periods."""
    figures = sheet.figures
    text = paragraph(
        words("overview.title", whose=clip(figures.whose, NAME_SHOWN), span=span(figures.first, figures.last, words)),
        *_told(figures, words),
        _now(figures, words),
        words("overview.how") if figures.received and not figures.too_few else None,
    )
    return choice_screen(text, *_rows(sheet, words))


def _told(figures: FiguresSheet, words: Words) -> tuple[Html | None, ...]:
    if not figures.received:
        return (words("overview.nothing"),)
    if figures.too_few:
        return (words("overview.too_few", few=figures.few),)
    return (
        _steps(figures, words),
        lines(
            _speed("verification", figures.verification, portion(figures.verified_in_time, figures.few, words), words),
            _speed("follow_up", figures.follow_up, portion(figures.followed_up_in_time, figures.few, words), words),
        ),
        _classes(figures, words),
        lines(_troubles(figures, words), _hollow(figures, words), _ratings(figures, words), _origin(figures, words)),
        _ranking(figures, words),
        words(
            "overview.examined",
            received=figures.examined.whole,
            percent=portion(figures.examined, figures.few, words),
        )
        if figures.examined
        else None,
    )


def _steps(figures: FiguresSheet, words: Words) -> Html:
    """How far what came in has come."""
    parts = (figures.followed_up, figures.done)
    followed_up, done = (portion(Share(part, figures.received), figures.few, words) for part in parts)
    counts = {
        name: _count(count, figures.few, words)
        for name, count in (
            ("confirmed", figures.confirmed),
            ("silent", figures.silent),
            ("reopened", figures.reopened),
        )
    }
    return lines(
        words("overview.steps", received=figures.received, followed_up=followed_up, done=done),
        words("overview.ends", **counts),
    )


def _speed(what: str, speed: Speed | None, in_time: Html, words: Words) -> Html | None:
    if speed is None:
        return None
    return words(f"overview.{what}", median=speed.median, p90=speed.p90, percent=in_time)


def _classes(figures: FiguresSheet, words: Words) -> Html | None:
    told = [(each, share) for each, share in figures.classes if share.whole >= figures.few]
    if not told:
        return None
    return lines(
        words("overview.classes"),
        *(
            words(
                "overview.class",
                name=class_name(words, each),
                percent=portion(share, figures.few, words),
                count=share.whole,
            )
            for each, share in told
        ),
    )


def _troubles(figures: FiguresSheet, words: Words) -> Html | None:
    """What came back, and what was put away with which reason."""
    if not figures.returned and not figures.archived:
        return None
    reasons = [f"{archive_name(words, reason)} {count}" for reason, count in figures.reasons[:NAMED]]
    returned, archived = (_count(count, figures.few, words) for count in (figures.returned, figures.archived))
    return lines(
        words("overview.troubles", returned=returned, archived=archived),
        words("overview.reasons", reasons=Html(", ".join(reasons))) if reasons else None,
    )


def _hollow(figures: FiguresSheet, words: Words) -> Html | None:
    whole = sum((share for _, share in figures.hollow), Share(0, 0))
    if whole.whole < max(1, figures.few):
        return None
    return words("overview.hollow", percent=portion(whole, figures.few, words), replies=whole.whole)


def _ratings(figures: FiguresSheet, words: Words) -> Html | None:
    given = dict(figures.ratings)
    told = [f"{satisfaction_name(words, each)} {given[each]}" for each in Satisfaction if each in given]
    return words("overview.ratings", ratings=Html(", ".join(told))) if told else None


def _origin(figures: FiguresSheet, words: Words) -> Html | None:
    if not figures.places:
        return None
    named = [f"{clip(name, NAME_SHOWN)} {count}" for name, count in figures.places[:NAMED]]
    return words("overview.origin", count=len(figures.places), places=", ".join(named))


def _ranking(figures: FiguresSheet, words: Words) -> Html | None:
    """The best, and where they are more than fit, the last."""
    told = [part for part in figures.parts if part.followed_up.whole]
    places = list(enumerate(told, start=1))
    shown = places if len(places) <= BEST + WORST else [*places[:BEST], *places[-WORST:]]
    hidden = len(places) - len(shown)
    pool = figures.others
    if not places and pool is None:
        return None
    return lines(
        words("overview.ranking") if places else None,
        *(_part(place, part, figures.few, words) for place, part in shown[:BEST]),
        words("overview.between", count=hidden) if hidden else None,
        *(_part(place, part, figures.few, words) for place, part in shown[BEST:]),
        words(
            "overview.pooled",
            received=pool.followed_up.whole,
            percent=portion(pool.followed_up, figures.few, words),
            count=len(pool.names),
        )
        if pool and pool.names
        else None,
    )


def _part(place: int, part: PartFigures, few: int, words: Words) -> Html:
    share = part.followed_up
    name = clip(part.name, NAME_SHOWN)
    return words("figures.unit", place=place, name=name, received=share.whole, percent=portion(share, few, words))


def _now(figures: FiguresSheet, words: Words) -> Html | None:
    """What is so today, whatever the period: requests that wait, officers who come here, who does not."""
    if figures.too_few:
        return None
    waiting = figures.unanswered
    return lines(
        words("overview.unanswered", **_waiting(waiting, figures.few, words)) if waiting.whole else None,
        _officers(figures, words) if figures.officers.whole else None,
        words("overview.quiet", count=len(figures.quiet), names=_names(figures.quiet, words))
        if figures.quiet
        else None,
    )


def _officers(figures: FiguresSheet, words: Words) -> Html:
    share = figures.officers
    return words("overview.officers", active=share.part, count=share.whole, days=figures.active_days)


def _waiting(waiting: Share, few: int, words: Words) -> dict[str, Html]:
    return {"count": _count(waiting.whole, few, words), "late": _count(waiting.part, few, words)}


def _names(names: Sequence[str], words: Words) -> Html:
    told = plain(", ".join(clip(name, NAME_SHOWN) for name in names[:NAMED]))
    rest = len(names) - NAMED
    return Html(f"{told}, {words('letter.more', count=rest)}") if rest > 0 else told


def _rows(sheet: OverviewSheet, words: Words) -> tuple[tuple[Button, ...], ...]:
    others = (period for period in Period if period is not sheet.period)
    rows = [(Button(words(f"overview.period.{each.value}"), tap(Verb.FIGURES, sheet.scope, each)),) for each in others]
    if sheet.scope.kind is ScopeKind.PROVINCE:
        rows.append((Button(words("overview.button_region"), tap(Verb.REGION, sheet.scope.province, 0)),))
    if sheet.scope.kind is ScopeKind.NATION:
        rows.append((Button(words("overview.button_regions"), tap(Verb.REGIONS, 0)),))
    if sheet.several:
        rows.append((Button(words("overview.button_others"), tap(Verb.FIGURES_OF)),))
    return tuple(rows)


def chart(figures: FiguresSheet, words: Words) -> bytes | None:
    """The picture; None where there is nothing to draw, or where it could not be drawn."""
    if not figures.received or figures.too_few:
        return None
    parts = [(part.name, part.followed_up.percent) for part in figures.parts if _is_drawn(part, figures.few)]
    try:
        return draw_steps(figures.whose, _bars(figures, words), parts, words)
    except Exception:
        # Whatever ails the drawing (fonts, memory, a folder that cannot be written), the words must arrive.
        log.exception("the chart of an overview could not be drawn")
        return None


def chart_says(figures: FiguresSheet, words: Words) -> Html:
    """The same in words, for whoever does not see the picture."""
    steps = (f"{name} {count}" for name, count in _bars(figures, words))
    drawn = [part for part in figures.parts if _is_drawn(part, figures.few)]
    parts = [f"{clip(each.name, NAME_SHOWN)} {each.followed_up.percent} %" for each in drawn[:PARTS_SAID]]
    return lines(
        words("overview.chart", steps=Html(", ".join(steps))),
        words("overview.chart_parts", parts=", ".join(parts)) if len(parts) > 1 else None,
    )


def _is_drawn(part: PartFigures, few: int) -> bool:
    """Whether a part has a bar of its own: not where the height would tell a count that is not told."""
    return bool(part.followed_up.whole) and not 0 < part.followed_up.part < few


def _bars(figures: FiguresSheet, words: Words) -> list[tuple[str, int]]:
    """How far what came in has come; a count that is not told is not drawn."""
    counts = {
        "received": figures.received,
        "followed_up": figures.followed_up,
        "done": figures.done,
        "confirmed": figures.confirmed,
    }
    return [(words(f"overview.step.{name}"), count) for name, count in counts.items() if count >= figures.few]


def _count(count: int, few: int, words: Words) -> Html:
    return words("overview.few", few=few) if 0 < count < few else plain(str(count))
