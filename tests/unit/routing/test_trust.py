"""An answer is trusted for its lead, its phrases and its sector; a kind of complaint speaks for its sector."""

from __future__ import annotations

import pytest

from routing.features import TITLE_SHARE
from routing.kinds import NEVER, SHARE, Kinds
from routing.reader import Reader
from routing.trust import Evidence, Mistakes, Trust, Tuning
from routing.weights import Weights
from routing.words import read

TRUST = Trust(base=-1.0, best=0.0, lead=2.0, lead_over_third=0.0, phrases=1.0, sectors={"land": -3.0}, enough=1.5)
SECTORS = ("land", "health", "police")


def test_evidence_is_read_from_the_three_best_sums_and_the_phrases() -> None:
    found = Evidence.of({"land": 0.25, "health": 1.0, "police": -0.5}, {"health": 1.5})
    assert found == Evidence("health", 1.0, 0.75, 1.5, 0.75)


@pytest.mark.parametrize(
    ("evidence", "holds"),
    [
        (Evidence("health", 1.0, 1.0, 1.2, 0.5), True),
        (Evidence("health", 1.0, 1.0, 1.2, 0.0), False),
        (Evidence("land", 1.0, 1.0, 1.2, 0.5), False),
    ],
    ids=["a lead and a phrase", "no phrase", "a sector that disappoints"],
)
def test_an_answer_is_confident_only_above_the_measured_sureness(evidence: Evidence, holds: bool) -> None:
    assert TRUST.holds(evidence) is holds


def test_a_tuning_without_trust_is_read_as_never() -> None:
    assert Tuning.parse({"phrases": 0.5, "sharpness": 3.0, "trust": None, "mistakes": None}).trust is None


def test_the_best_kind_of_a_sector_speaks_for_it() -> None:
    shared = Weights({"pasien": "200\t", "antre": "200\t"})
    kinds = Kinds(shared, Weights({"@": "health health land", "*": "a-100b-100c-100", "pasien": "a5b40c-20"}))
    land, health, police = kinds.opinion(["pasien"], SECTORS)
    assert (land, health, police) == (SHARE * -2.0, SHARE * 1.0, SHARE * NEVER)


def test_unknown_words_leave_a_kind_at_its_bias() -> None:
    kinds = Kinds(Weights({}), Weights({"@": "health", "*": "a-100"}))
    assert kinds.opinion(["zzz"], ("health",)) == [SHARE * -1.0]


def test_the_words_of_a_title_speak_once_more() -> None:
    shared = Weights({"*": "100\ta-100", "sawah": "300\ta20", "kering": "300\ta20"})
    reader, words = Reader(shared, None, 1), read("sawah kering")
    plain, titled = reader.margins(reader.parts(words)), reader.margins(reader.parts(words, len("sawah")))
    assert titled[0] - plain[0] == pytest.approx(TITLE_SHARE)


def test_earlier_mistakes_order_the_second_and_the_third_and_never_the_first() -> None:
    mistakes = Mistakes({"land": 50, "health": 50, "police": 50}, {"land": {"police": 30}})
    plain = Tuning(0.0, 3.0, None)
    wiser = Tuning(0.0, 3.0, None, mistakes)
    sums = {"land": 0.3, "health": 0.2, "police": 0.1}
    assert [sector for sector, _ in plain.ranking(sums)] == ["land", "health", "police"]
    assert [sector for sector, _ in wiser.ranking(sums)] == ["land", "police", "health"]
