"""The shipped model holds words that many people wrote, and nothing that points to one of them."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from routing.areas import Areas
from routing.examples import load_complaints
from routing.model import ELSEWHERE, SectorModel
from routing.privacy import nameless, person_names, place_names, proper_nouns
from routing.topics import Topics
from routing.train import FEWEST, features
from routing.words import DATA, read

EVIDENCE = Path(os.environ.get("LAPOR_EVIDENCE", Path(__file__).resolve().parents[4] / "shared" / "data"))
LARGEST = 3_000_000


def _features(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith(("#", "*", "@"))]


@pytest.fixture(scope="module")
def shipped() -> list[str]:
    return _features("model.txt")


@pytest.fixture(scope="module")
def allowed() -> frozenset[str]:
    return frozenset(form for phrase in Topics.load().phrases for form in phrase.split())


def _words(shipped: list[str]) -> set[str]:
    return {word for feature in shipped if not feature.startswith("~") for word in feature.split()}


def test_the_artefact_holds_no_names_of_persons(shipped: list[str], allowed: frozenset[str]) -> None:
    assert _words(shipped) & person_names() <= allowed


def test_the_artefact_holds_no_names_of_places(shipped: list[str], allowed: frozenset[str]) -> None:
    assert place_names(_words(shipped), Areas.load(), allowed) == frozenset()


def test_the_artefact_holds_no_numbers_and_no_addresses(shipped: list[str]) -> None:
    assert shipped
    assert not [feature for feature in shipped if any(sign.isdigit() or sign in "@/:.[]" for sign in feature)]


def test_habits_speak_only_of_features_that_are_shared(shipped: list[str]) -> None:
    for path in (*DATA.glob("habits/*.txt"), *DATA.glob("kinds/*.txt")):
        assert set(_features(f"{path.parent.name}/{path.name}")) <= set(shipped)


def test_the_artefact_is_compact() -> None:
    files = [
        DATA / "model.txt",
        DATA / "tuning.json",
        *(DATA / "habits").glob("*.txt"),
        *(DATA / "kinds").glob("*.txt"),
    ]
    assert sum(path.stat().st_size for path in files) < LARGEST


def test_every_weight_is_a_whole_number_of_a_known_sector() -> None:
    model = SectorModel.load()
    verdict = model.judge(read("lampu jalan mati"), ELSEWHERE)
    assert {sector for sector, _ in verdict.ranking} == set(model.topics.sectors)
    assert abs(sum(score for _, score in verdict.ranking) - 1) < 1e-9


def test_names_capitalised_inside_sentences_are_private() -> None:
    texts = [f"tolong jalan di depan rumah Parmin rusak {number}" for number in range(9)]
    private = proper_nouns([(text, read(text)) for text in texts], frozenset())
    assert "parmin" in private
    assert nameless(read("rumah Parmin rusak 12"), private) == ("rumah", None, "rusak", None)


def test_every_feature_occurs_in_at_least_five_complaints(shipped: list[str]) -> None:
    folder = EVIDENCE / "routing" / "train"
    if not folder.is_dir():
        pytest.skip(f"needs the evidence in {folder}")
    counts: Counter[str] = Counter()
    for complaint in load_complaints(folder, {}):
        counts.update(set(features(tuple(word.form for word in complaint.words))))
    assert not [feature for feature in shipped if counts[feature] < FEWEST]
