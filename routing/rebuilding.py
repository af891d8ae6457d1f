"""Rebuilds the whole artefact from a folder of complaints: weights, habits, tuning."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from routing.calibrate import away_at_home, away_elsewhere, tried, tuning_of
from routing.examples import examples, load_complaints, regencies
from routing.places import Gazetteer, Place
from routing.topics import Topics
from routing.train import Artefact, fit
from routing.trust import Tuning
from routing.weights import LETTERS
from routing.words import DATA

REGENCY_CODE = 5


def train(folder: Path, out: Path = DATA) -> None:
    """Learns from every CSV in `folder` and writes the artefact to `out`; the same folder gives the same bytes."""
    topics = Topics.load()
    gazetteer = Gazetteer.load()
    complaints = load_complaints(folder, {name: _code(gazetteer, name) for name in regencies(folder)})
    learned = examples(complaints, topics)
    artefact = fit(learned, topics)
    at_home = list(tried(away_at_home(complaints, learned, topics)))
    elsewhere = list(tried(away_elsewhere(complaints, learned, topics)))
    write(artefact, tuning_of(at_home, elsewhere), topics, out)


def write(artefact: Artefact, tuning: dict[str, Tuning], topics: Topics, out: Path) -> None:
    """Writes `model.txt`, `habits/*.txt`, `kinds/*.txt` and `tuning.json`."""
    letters = " ".join(f"{letter}={sector}" for letter, sector in zip(LETTERS, topics.sectors, strict=False))
    legend = f"weights in twentieths per sector: {letters}"
    artefact.shared.write(out / "model.txt", f"feature, rarity in hundredths, {legend}")
    for government, habits in artefact.habits.items():
        habits.write(out / "habits" / f"{government}.txt", f"feature, {legend}")
    for government, kinds in artefact.kinds.items():
        kinds.write(out / "kinds" / f"{government}.txt", "word, weights in twentieths per kind, in the order of row @")
    values = {name: asdict(each) for name, each in sorted(tuning.items())}
    (out / "tuning.json").write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def _code(gazetteer: Gazetteer, regency: str) -> str:
    found = gazetteer.complete(Place(regency=regency)).code
    if found is None:
        raise ValueError(f"No regency is called {regency!r}; correct the column `regency`.")
    return found[:REGENCY_CODE]
