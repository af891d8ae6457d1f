"""The sector model: integer weights per word, shared by the country, with the habits of one government on top."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path

from routing.kinds import Kinds
from routing.reader import Part, Reader
from routing.topics import Hit, Topics, pull
from routing.trust import Evidence, Tuning
from routing.weights import Weights
from routing.words import DATA, Word

NOWHERE = "unplaced"
ELSEWHERE = "elsewhere"
WHISPER = 0.02


@dataclass(frozen=True)
class Verdict:
    """Scores of all sectors, best first, and what each word and phrase added."""

    ranking: tuple[tuple[str, float], ...]
    confident: bool
    known: int
    parts: tuple[Part, ...]
    sectors: tuple[str, ...]

    def reasons(self, sector: str) -> tuple[tuple[Word, ...], ...]:
        """Returns the words that spoke for `sector` against its rivals, strongest first."""
        mine = self.sectors.index(sector)
        rivals = itemgetter(mine, *(self.sectors.index(name) for name, _ in self.ranking[:4] if name != sector))
        spoke = [(scale * _lead(*rivals(pull)), span) for span, pull, scale in self.parts]
        strong = (item for item in spoke if item[0] > WHISPER)
        return tuple(span for _, span in sorted(strong, key=lambda item: (-item[0], item[1][0].start)))


def _lead(mine: float, *rivals: float) -> float:
    return mine - sum(rivals) / len(rivals)


class SectorModel:
    """Says which kind of office a text is about, and how sure it is."""

    def __init__(
        self,
        topics: Topics,
        shared: Weights,
        habits: Mapping[str, Weights],
        kinds: Mapping[str, Weights],
        tuning: Mapping[str, Tuning],
    ) -> None:
        self.topics = topics
        self._kinds = {name: Kinds(shared, weights) for name, weights in kinds.items()}
        self._shared = shared
        self._habits = dict(habits)
        self._tuning = dict(tuning)
        self._readers: dict[str, Reader] = {}

    @classmethod
    def load(cls, folder: Path = DATA) -> SectorModel:
        """Reads the artefact: `model.txt`, `habits/*.txt`, `kinds/*.txt` and `tuning.json`."""
        tuning = json.loads((folder / "tuning.json").read_text(encoding="utf-8"))
        return cls(
            Topics.load(folder),
            Weights.read(folder / "model.txt"),
            _folder(folder / "habits"),
            _folder(folder / "kinds"),
            {name: Tuning.parse(values) for name, values in tuning.items()},
        )

    def tuned(self, tuning: Mapping[str, Tuning]) -> SectorModel:
        """Returns the same model under another tuning."""
        other = copy(self)
        other._tuning = dict(tuning)
        return other

    def judge(self, words: Sequence[Word], government: str | None = None, title: int = 0) -> Verdict:
        """Ranks the sectors for these words, the first `title` characters of which are a title.

        `government` chooses whose habits apply, None means no place.
        """
        domain = self._domain(government)
        reader, tuning = self._reader(domain), self._tuning.get(domain, self._tuning[ELSEWHERE])
        hits, parts = self.topics.hits(words), reader.parts(words, title)
        pulled = pull(hits)
        sums = tuning.sums(self.topics.sectors, self._margins(domain, words, parts), pulled)
        phrases = [(hit.words, self._spoken(hit), tuning.phrases * hit.weight) for hit in hits]
        known = sum(1 for word in {word.form for word in words} if word in self._shared)
        confident = tuning.trust is not None and tuning.trust.holds(Evidence.of(sums, pulled))
        heard = tuple(part for part in (*phrases, *chain(*parts)) if any(part[1]))
        return Verdict(tuning.ranking(sums), confident, known, heard, self.topics.sectors)

    def margins(
        self, words: Sequence[Word], government: str | None, title: int = 0
    ) -> tuple[list[float], dict[str, float]]:
        """Returns what calibration needs: learned margins in the order of the sectors, and the pull of phrases."""
        domain = self._domain(government)
        margins = self._margins(domain, words, self._reader(domain).parts(words, title))
        return margins, pull(self.topics.hits(words))

    def _margins(self, domain: str, words: Sequence[Word], parts: Sequence[Sequence[Part]]) -> list[float]:
        margins = self._reader(domain).margins(parts)
        if domain not in self._kinds:
            return margins
        opinion = self._kinds[domain].opinion((word.form for word in words), self.topics.sectors)
        return [margin + second for margin, second in zip(margins, opinion, strict=True)]

    def _spoken(self, hit: Hit) -> list[int]:
        return [int(sector in hit.sectors) for sector in self.topics.sectors]

    def _domain(self, government: str | None) -> str:
        if government is None:
            return NOWHERE
        return government if government in self._habits else ELSEWHERE

    def _reader(self, domain: str) -> Reader:
        if domain not in self._readers:
            self._readers[domain] = Reader(self._shared, self._habits.get(domain), len(self.topics.sectors))
        return self._readers[domain]


def _folder(folder: Path) -> dict[str, Weights]:
    return {path.stem: Weights.read(path) for path in sorted(folder.glob("*.txt"))}
