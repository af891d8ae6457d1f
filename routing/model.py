"""The sector model: integer weights per word, shared by the country, with the habits of one government on top."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

from routing.features import PAIR_SHARE, PIECE_SHARE, pairs, pieces
from routing.topics import Hit, Topics, pull
from routing.words import DATA, Word

REMEMBERED_WORDS = 30_000
BIAS = "*"
NOWHERE = "unplaced"
ELSEWHERE = "elsewhere"
WHISPER = 0.02

Row = tuple[tuple[int, int], ...]
Part = tuple[tuple[Word, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Tuning:
    """How scores become trust: weight of phrases, sharpness, and the score and the lead that make it confident."""

    phrases: float
    sharpness: float
    trusted: float


class Weights:
    """Rows of integer weights, kept as text until a word asks for one."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = dict(lines)

    @classmethod
    def read(cls, path: Path) -> Weights:
        """Reads lines of a feature, a tab, and the rest."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls(dict(line.split("\t", 1) for line in lines if "\t" in line))

    def __contains__(self, feature: str) -> bool:
        return feature in self._lines

    def __len__(self) -> int:
        return len(self._lines)

    def write(self, path: Path) -> None:
        """Writes the rows in the order of their features."""
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{feature}\t{rest}\n" for feature, rest in sorted(self._lines.items()))
        path.write_text("".join(lines), encoding="utf-8")

    def rarity(self, feature: str) -> int:
        """Returns the rarity in hundredths that opens a shared row."""
        return int(self._lines[feature].split("\t", 1)[0])

    def row(self, feature: str) -> Row:
        """Returns the weights in hundredths as (sector number, weight)."""
        line = self._lines.get(feature)
        if line is None:
            return ()
        cells = line.rsplit("\t", 1)[-1].split()
        return tuple((int(sector), int(weight)) for sector, weight in (cell.split(":") for cell in cells))


@dataclass(frozen=True)
class Seen:
    """What one feature or word adds: its size, and its pull to each sector."""

    size: float
    pull: tuple[float, ...]


class Reader:
    """Reads texts for one government: shared weights plus its habits, words remembered."""

    def __init__(self, shared: Weights, habits: Weights | None, sectors: int) -> None:
        self._shared = shared
        self._habits = habits
        self._sectors = sectors
        self._words: dict[str, Seen] = {}
        self.bias = self._pull(BIAS, 1.0)

    def word(self, form: str) -> Seen:
        """Returns what a word adds, its pieces included."""
        if form not in self._words:
            if len(self._words) >= REMEMBERED_WORDS:
                self._words.clear()
            self._words[form] = self._look(form)
        return self._words[form]

    def pair(self, feature: str) -> Seen | None:
        """Returns what a pair of neighbours adds, if the model knows it."""
        if feature not in self._shared:
            return None
        rarity = self._shared.rarity(feature) / 100
        return Seen(rarity * rarity, self._pull(feature, rarity))

    def _look(self, form: str) -> Seen:
        known = [(form, 1.0), *((piece, PIECE_SHARE) for piece in pieces(form))]
        size, total = 0.0, [0.0] * self._sectors
        for feature, share in known:
            if feature in self._shared:
                amount = share * self._shared.rarity(feature) / 100
                size += amount * amount
                total = [left + right for left, right in zip(total, self._pull(feature, amount), strict=True)]
        return Seen(size, tuple(total))

    def _pull(self, feature: str, amount: float) -> tuple[float, ...]:
        total = [0.0] * self._sectors
        for weights in (self._shared, self._habits):
            for sector, weight in weights.row(feature) if weights else ():
                total[sector] += weight / 100 * amount
        return tuple(total)


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
        rivals = [self.sectors.index(name) for name, _ in self.ranking[:4] if name != sector]
        spoke = [(pull[mine] - sum(pull[rival] for rival in rivals) / len(rivals), span) for span, pull in self.parts]
        strong = (item for item in spoke if item[0] > WHISPER)
        return tuple(span for _, span in sorted(strong, key=lambda item: (-item[0], item[1][0].start)))


class SectorModel:
    """Says which kind of office a text is about, and how sure it is."""

    def __init__(
        self, topics: Topics, shared: Weights, habits: Mapping[str, Weights], tuning: Mapping[str, Tuning]
    ) -> None:
        self.topics = topics
        self._shared = shared
        self._habits = dict(habits)
        self._tuning = dict(tuning)
        self._readers: dict[str, Reader] = {}
        self._number = {sector: number for number, sector in enumerate(topics.sectors)}

    @classmethod
    def load(cls, folder: Path = DATA) -> SectorModel:
        """Reads the artefact: `model.txt`, `habits/*.txt` and `tuning.json`."""
        tuning = json.loads((folder / "tuning.json").read_text(encoding="utf-8"))
        habits = {path.stem: Weights.read(path) for path in sorted((folder / "habits").glob("*.txt"))}
        return cls(
            Topics.load(folder),
            Weights.read(folder / "model.txt"),
            habits,
            {name: Tuning(**values) for name, values in tuning.items()},
        )

    def judge(self, words: Sequence[Word], government: str | None = None) -> Verdict:
        """Ranks the sectors for these words; `government` chooses whose habits apply, None means no place."""
        domain = self._domain(government)
        reader, tuning = self._reader(domain), self._tuning.get(domain, self._tuning[ELSEWHERE])
        hits = self.topics.hits(words)
        parts = [*_word_parts(reader, words), *_pair_parts(reader, words)]
        margins = [sum(column) for column in zip(reader.bias, *(pulls for _, pulls in parts), strict=True)]
        for sector, amount in pull(hits).items():
            margins[self._number[sector]] += tuning.phrases * amount
        ranking = self._ranked(margins, tuning.sharpness)
        phrases = [(hit.words, self._spoken(hit, tuning.phrases)) for hit in hits]
        known = sum(1 for word in {word.form for word in words} if word in self._shared)
        confident = ranking[0][1] >= tuning.trusted
        heard = [(span, pulls) for span, pulls in (*phrases, *parts) if any(pulls)]
        return Verdict(ranking, confident, known, tuple(heard), self.topics.sectors)

    def _spoken(self, hit: Hit, phrases: float) -> tuple[float, ...]:
        pulls = [0.0] * len(self._number)
        for sector in hit.sectors:
            pulls[self._number[sector]] = phrases * hit.weight
        return tuple(pulls)

    def _domain(self, government: str | None) -> str:
        if government is None:
            return NOWHERE
        return government if government in self._habits else ELSEWHERE

    def _reader(self, domain: str) -> Reader:
        if domain not in self._readers:
            self._readers[domain] = Reader(self._shared, self._habits.get(domain), len(self.topics.sectors))
        return self._readers[domain]

    def _ranked(self, margins: Sequence[float], sharpness: float) -> tuple[tuple[str, float], ...]:
        best = max(margins)
        odds = [exp(sharpness * (margin - best)) for margin in margins]
        scored = zip(self.topics.sectors, (odd / sum(odds) for odd in odds), strict=True)
        return tuple(sorted(scored, key=lambda item: -item[1]))


def _word_parts(reader: Reader, words: Sequence[Word]) -> list[Part]:
    first: dict[str, Word] = {}
    for word in words:
        first.setdefault(word.form, word)
    return _scaled([((word,), reader.word(form)) for form, word in first.items()], 1.0)


def _pair_parts(reader: Reader, words: Sequence[Word]) -> list[Part]:
    seen: dict[str, tuple[tuple[Word, ...], Seen]] = {}
    for feature, left, right in pairs(words):
        if feature not in seen and (added := reader.pair(feature)):
            seen[feature] = ((left, right), added)
    return _scaled(list(seen.values()), PAIR_SHARE)


def _scaled(found: list[tuple[tuple[Word, ...], Seen]], share: float) -> list[Part]:
    length = sqrt(sum(seen.size for _, seen in found))
    if not length:
        return []
    scale = share / length
    return [(span, tuple(scale * amount for amount in seen.pull)) for span, seen in found]
