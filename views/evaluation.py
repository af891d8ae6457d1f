"""The evaluation of a month as one HTML page: nothing to load, read by screen readers, printed on paper.

What is so rare that it might point at somebody is not told: neither a count nor its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.drafting import Satisfaction
from domain.figures import Share
from locales.translator import Html, Words, plain
from services.advice import Advice, Rule, advise
from services.figure_sheets import FiguresSheet
from views.dates import short_day
from views.naming import class_name, satisfaction_name, sector_name

STYLE = """
:root { color-scheme: light; }
body { font: 1.05rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 46rem;
  margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .3rem 0; color: #444; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ccc; vertical-align: top; }
th[scope=row] { font-weight: 400; } .n { text-align: right; font-variant-numeric: tabular-nums; }
.note { color: #444; font-size: .95rem; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2 { break-after: avoid; }
  table, li { break-inside: avoid; } }
"""

Row = tuple[Html, ...]


def page(figures: FiguresSheet, words: Words) -> str:
    """The whole page, in the language of `words`."""
    title = words("evaluation.title", government=figures.whose, month=_month(figures, words))
    first, last = short_day(words, figures.first), short_day(words, figures.last)
    parts = (
        f"<h1>{title}</h1>",
        f"<p>{words('evaluation.span', first=first, last=last)}</p>",
        *_told(figures, words),
        f'<p class="note">{words("evaluation.note", few=figures.few)}</p>',
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{words.locale}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def _told(figures: FiguresSheet, words: Words) -> Iterable[str]:
    if figures.too_few:
        return (f"<p>{words('evaluation.too_few', few=figures.few)}</p>",)
    return _sections(figures, words) if figures.received else (f"<p>{words('evaluation.nothing')}</p>",)


def _sections(figures: FiguresSheet, words: Words) -> Iterable[str]:
    named = tuple((sector_name(words, sector), count) for sector, count in figures.sectors)
    places = [(plain(name), count) for name, count in figures.places]
    given = dict(figures.ratings)
    ratings = [(satisfaction_name(words, each), given[each]) for each in Satisfaction if each in given]
    tables = (
        ("summary", _summary(figures, words)),
        ("sectors", _counts(named, figures.other_sectors, words)),
        ("places", _counts(places, figures.other_places, words)),
        ("speed", _speeds(figures, words)),
        ("classes", _classes(figures, words)),
        ("units", _units(figures, words)),
        ("ratings", _counts(ratings, figures.other_ratings, words)),
        ("hollow", _hollow(figures, words)),
        *(("campaigns", _campaigns(figures)) for _ in figures.campaigns[:1]),
    )
    return (*(_table(name, rows, figures.few, words) for name, rows in tables), _advice(figures, words))


def _table(name: str, rows: Sequence[Row], few: int, words: Words) -> str:
    """A heading and a table with a caption and scoped headers; a sentence where there is nothing to tell."""
    heading = f"<h2>{words(f'evaluation.{name}.title')}</h2>"
    if not rows:
        return f"{heading}\n<p>{words('evaluation.too_few', few=few)}</p>"
    heads = str(words(f"evaluation.{name}.columns")).split("|")
    head = "".join(f'<th scope="col"{_right(place)}>{text}</th>' for place, text in enumerate(heads))
    body = "\n".join(_row(row) for row in rows)
    caption = words(f"evaluation.{name}.caption")
    return (
        f"{heading}\n<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _hollow(figures: FiguresSheet, words: Words) -> list[Row]:
    """Units with enough replies for a share to mean something."""
    return [
        (plain(name), _count(share.whole, figures.few, words), _percent(share, figures.few, words))
        for name, share in figures.hollow
    ]


def _campaigns(figures: FiguresSheet) -> list[Row]:
    return [
        tuple(plain(str(cell)) for cell in (each.name, each.starts, each.drafts, each.sent))
        for each in figures.campaigns
    ]


def _row(row: Row) -> str:
    first, *others = row
    return f'<tr><th scope="row">{first}</th>' + "".join(f'<td class="n">{cell}</td>' for cell in others) + "</tr>"


def _right(place: int) -> str:
    return ' class="n"' if place else ""


def _summary(figures: FiguresSheet, words: Words) -> list[Row]:
    whole = figures.received
    counts = {
        "received": figures.received,
        "followed_up": figures.followed_up,
        "done": figures.done,
        "confirmed": figures.confirmed,
        "silent": figures.silent,
        "reopened": figures.reopened,
        "archived": figures.archived,
    }
    return [
        (
            words(f"evaluation.summary.{name}"),
            _count(count, figures.few, words),
            _percent(Share(count, whole), figures.few, words),
        )
        for name, count in counts.items()
    ]


def _counts(told: Sequence[tuple[Html, int]], others: int, words: Words) -> list[Row]:
    rows: list[Row] = [(name, plain(str(count))) for name, count in told]
    return [*rows, (words("evaluation.others"), plain(str(others)))] if others else rows


def _speeds(figures: FiguresSheet, words: Words) -> list[Row]:
    measured = (
        ("verification", figures.verification, figures.verified_in_time),
        ("follow_up", figures.follow_up, figures.followed_up_in_time),
    )
    return [
        (
            words(f"evaluation.speed.{name}"),
            plain(str(speed.median)),
            plain(str(speed.p90)),
            _percent(share, figures.few, words),
        )
        for name, speed, share in measured
        if speed is not None
    ]


def _classes(figures: FiguresSheet, words: Words) -> list[Row]:
    return [
        (class_name(words, each), _count(share.whole, figures.few, words), _percent(share, figures.few, words))
        for each, share in figures.classes
        if share.whole >= figures.few
    ]


def _units(figures: FiguresSheet, words: Words) -> list[Row]:
    rows = [(plain(part.name), part.followed_up) for part in figures.parts]
    if figures.others:
        rows.append((words("evaluation.others"), figures.others.followed_up))
    return [
        (name, _count(share.whole, figures.few, words), _percent(share, figures.few, words)) for name, share in rows
    ]


def _advice(figures: FiguresSheet, words: Words) -> str:
    heading = f"<h2>{words('evaluation.advice.title')}</h2>"
    found = advise(figures)
    if not found:
        return f"{heading}\n<p>{words('evaluation.advice.none')}</p>"
    items = "\n".join(f"<li>{_recommendation(advice, words)}</li>" for advice in found)
    return f"{heading}\n<ol>\n{items}\n</ol>"


def _recommendation(advice: Advice, words: Words) -> Html:
    names = [sector_name(words, name) for name in advice.about] if advice.rule is Rule.SUBJECT else advice.about
    about = Html(", ".join(plain(name) if not isinstance(name, Html) else name for name in names))
    return words(f"evaluation.advice.{advice.rule.value}", percent=advice.percent, about=about)


def _count(count: int, few: int, words: Words) -> Html:
    return words("evaluation.few", few=few) if 0 < count < few else plain(str(count))


def _percent(share: Share, few: int, words: Words) -> Html:
    """Shares of few, or with few in them, would give the few away."""
    if share.whole < few or 0 < share.part < few:
        return words("evaluation.hidden")
    return words("evaluation.percent", percent=share.percent)


def _month(figures: FiguresSheet, words: Words) -> Html:
    return Html(f"{words(f'date.month.{figures.first.month}')} {figures.first.year}")
