"""The evaluation of a month: figures only, recommendations that follow from them, nothing that points at somebody."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from domain.drafting import Satisfaction
from domain.figures import Share
from domain.lifecycle import ComplaintClass
from locales.translator import words_for
from services.advice import Advice, Rule, advise
from services.figure_sheets import FiguresSheet, PartFigures
from services.figures import Evaluation
from services.guarding import guarded
from tests.conftest import FakeClock
from tests.scheduler.sheets import some_figures
from tests.services.conftest import LAMP, Town
from views.evaluation import page

WORDS = words_for("id")

WELL = some_figures(
    followed_up_in_time=Share(350, 350),
    classes=((ComplaintClass.ORDINARY, Share(250, 250)),),
    silent=10,
    ratings=((Satisfaction.SATISFIED, 120),),
    sectors=(("health", 100), ("roads", 100), ("water", 100)),
)
"""A month in which every rule is kept."""


class Page(HTMLParser):
    """Reads a page as a screen reader would: which elements stand in which."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def told(figures: FiguresSheet) -> str:
    return page(guarded(figures, 5), WORDS)


def test_the_page_is_whole_and_loads_nothing() -> None:
    html = told(some_figures())
    read = Page(html)
    assert read.open == []
    assert read.links == []
    assert '<html lang="id">' in html
    assert "@import" not in html
    assert "url(" not in html


def test_every_table_has_a_caption_and_headers_with_their_scope() -> None:
    html = told(some_figures())
    read = Page(html)
    assert read.seen.count("table") == read.seen.count("caption") == 7
    assert len(re.findall(r"<th scope=", html)) == html.count("<th ")


def test_what_is_too_rare_is_not_told_and_not_named() -> None:
    html = told(some_figures(archived=3, ratings=((Satisfaction.SATISFIED, 120), (Satisfaction.DISSATISFIED, 2))))
    assert "Sukajadi" not in html
    assert "Kesehatan" not in html
    assert ">Tidak puas<" not in html
    assert ">kurang dari 5</td>" in html
    assert ">3</td>" not in re.sub(r"Verifikasi.*", "", html)


def test_rare_ones_that_are_enough_together_are_told_together() -> None:
    html = told(some_figures(places=(("Coblong", 200), ("Sukajadi", 4), ("Cidadap", 3))))
    assert "Lainnya" in html
    assert ">7</td>" in html


def test_a_unit_with_few_complaints_is_not_ranked() -> None:
    few = PartFigures("Dinas Kecil", Share(0, 4))
    assert "Dinas Kecil" not in told(some_figures(parts=(few,)))


def test_a_name_never_becomes_markup() -> None:
    html = told(some_figures(whose="<script>", parts=(PartFigures("<b>PU & Co", Share(5, 5)),)))
    assert "<script>" not in html
    assert "&lt;b&gt;PU &amp; Co" in html


def test_a_month_in_which_all_is_well_recommends_nothing() -> None:
    assert advise(guarded(WELL, 5)) == ()
    assert "Tidak ada angka bulan ini" in told(WELL)


@pytest.mark.parametrize(
    ("trouble", "advice"),
    [
        ({"verified_in_time": Share(89, 100)}, Advice(Rule.VERIFY, 89)),
        ({"followed_up_in_time": Share(8, 10)}, Advice(Rule.FOLLOW_UP, 80)),
        ({"classes": ((ComplaintClass.ORDINARY, Share(1, 2)), (ComplaintClass.INFORMATION, Share(4, 4)))}, None),
        ({"parts": (PartFigures("Dinas Lambat", Share(7, 10)),)}, Advice(Rule.UNITS, 80, ("Dinas Lambat",))),
        ({"reopened": 28}, Advice(Rule.REOPENED, 10)),
        ({"ratings": ((Satisfaction.DISSATISFIED, 5), (Satisfaction.SATISFIED, 15))}, Advice(Rule.DISSATISFIED, 25)),
        ({"silent": 150}, Advice(Rule.SILENT, 50)),
        ({"sectors": (("health", 110),)}, Advice(Rule.SUBJECT, 30, ("health",))),
        ({"verified_in_time": Share(0, 4)}, ()),
        ({"parts": (PartFigures("Dinas Kecil", Share(0, 4)),)}, ()),
    ],
)
def test_each_recommendation_follows_from_one_figure(
    trouble: dict[str, object], advice: Advice | tuple[()] | None
) -> None:
    expected = (Advice(Rule.RESOLVE, 83),) if advice is None else (advice,) if advice else ()
    assert advise(guarded(replace(WELL, **trouble), 5)) == expected  # type: ignore[arg-type]


async def test_the_page_of_a_register_tells_no_text_no_name_and_no_number(town: Town, clock: FakeClock) -> None:
    case = await town.at_work(clock)
    for chat_id in range(50, 56):
        await town.files(await town.meets(chat_id, "Ratna Dewi"))
    html = told(await Evaluation(town.office).of("36.73", clock().date()))
    assert "Pemerintah Kota Serang, April 2026" in html
    assert "Cipocok Jaya" in html
    for hidden in (case.number, "Ratna", "Ibu Sari", LAMP[:20], "36.73"):
        assert hidden not in html
