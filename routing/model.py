"""The sector model: integer weights per word, shared by the country, with the habits of one government on top."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from operator import itemgetter
from pathlib import Path
from string import ascii_letters

from routing.features import PAIR_SHARE, PIECE_SHARE, pairs, pieces
from routing.topics import Hit, Topics, pull
from routing.words import DATA, Word

REMEMBERED = 8_000
BIAS = "*"
NOWHERE = "unplaced"
ELSEWHERE = "elsewhere"
WHISPER = 0.02

UNIT = 20
BIAS_FINENESS = 5
LETTERS = ascii_letters
DIGITS = b"-0123456789"
NUMBERS = bytes(LETTERS.find(chr(sign)) % 256 for sign in range(256))
SPACES = bytes(32 if chr(sign) in LETTERS else sign for sign in range(256))
HALVES = 2

Part = tuple[tuple[Word, ...], Sequence[int], float]


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

    def write(self, path: Path, legend: str) -> None:
        """Writes a legend and the rows in the order of their features."""
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{feature}\t{rest}\n" for feature, rest in sorted(self._lines.items()))
        path.write_text(f"# {legend}\n" + "".join(lines), encoding="utf-8")

    def rarity(self, feature: str) -> int:
        """Returns the rarity, in hundredths, that opens a shared row."""
        return int(self._lines[feature].split("\t", 1)[0])

    def row(self, feature: str) -> Iterator[tuple[int, int]]:
        """Yields the number of each sector with its weight in twentieths; nothing for an unknown feature."""
        cells = self._lines.get(feature, "").rsplit("\t", 1)[-1].encode()
        return zip(cells.translate(NUMBERS, DIGITS), map(int, cells.translate(SPACES).split()), strict=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one feature or word adds: its size squared, and its pull to each sector, in whole numbers."""

    size: int
    pull: array[int]


class Reader:
    """Reads texts for one government: shared weights plus its habits; words and pieces are remembered for a while."""

    def __init__(self, shared: Weights, habits: Weights | None, sectors: int) -> None:
        self._shared = shared
        self._layers = (shared, habits) if habits else (shared,)
        self._sectors = sectors
        self._nothing = Seen(0, array("l", [0]) * sectors)
        self._pieces: dict[str, Seen] = {}
        self._words: dict[str, Seen] = {}
        self._pairs: dict[str, Seen] = {}
        self.bias = [weight / UNIT / BIAS_FINENESS for weight in self._sum(BIAS)]

    def word(self, form: str) -> Seen:
        """Returns what a word adds, its pieces included."""
        if form not in self._words:
            _make_room(self._words)
            self._words[form] = self._spelled(form)
        return self._words[form]

    def pair(self, feature: str) -> Seen | None:
        """Returns what a pair of neighbours adds, if the model knows it."""
        if feature not in self._shared:
            return None
        if feature not in self._pairs:
            _make_room(self._pairs)
            self._pairs[feature] = self._look(feature, HALVES)
        return self._pairs[feature]

    def _spelled(self, form: str) -> Seen:
        seen = [self._piece(part) for part in pieces(form) if part in self._shared]
        if form in self._shared:
            seen.append(self._look(form, HALVES))
        if not seen:
            return self._nothing
        return Seen(sum(each.size for each in seen), array("l", _columns(each.pull for each in seen)))

    def _piece(self, feature: str) -> Seen:
        if feature not in self._pieces:
            _make_room(self._pieces)
            self._pieces[feature] = self._look(feature, int(HALVES * PIECE_SHARE))
        return self._pieces[feature]

    def _look(self, feature: str, share: int) -> Seen:
        amount = share * self._shared.rarity(feature)
        return Seen(amount * amount, array("l", [weight * amount for weight in self._sum(feature)]))

    def _sum(self, feature: str) -> list[int]:
        total = [0] * self._sectors
        for layer in self._layers:
            for sector, weight in layer.row(feature):
                total[sector] += weight
        return total


def _columns(rows: Iterable[Sequence[int]]) -> Iterator[int]:
    return map(sum, zip(*rows, strict=True))


def _make_room(remembered: dict[str, Seen]) -> None:
    if len(remembered) >= REMEMBERED:
        remembered.clear()


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
        self, topics: Topics, shared: Weights, habits: Mapping[str, Weights], tuning: Mapping[str, Tuning]
    ) -> None:
        self.topics = topics
        self._shared = shared
        self._habits = dict(habits)
        self._tuning = dict(tuning)
        self._readers: dict[str, Reader] = {}

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
        hits, parts = self.topics.hits(words), _parts(reader, words)
        ranking = self._ranked(_margins(reader, parts), pull(hits), tuning)
        phrases = [(hit.words, self._spoken(hit), tuning.phrases * hit.weight) for hit in hits]
        known = sum(1 for word in {word.form for word in words} if word in self._shared)
        confident = ranking[0][1] >= tuning.trusted
        heard = tuple(part for part in (*phrases, *parts[0], *parts[1]) if any(part[1]))
        return Verdict(ranking, confident, known, heard, self.topics.sectors)

    def margins(self, words: Sequence[Word], government: str | None) -> tuple[list[float], dict[str, float]]:
        """Returns what calibration needs: learned margins in the order of the sectors, and the pull of phrases."""
        reader = self._reader(self._domain(government))
        return _margins(reader, _parts(reader, words)), pull(self.topics.hits(words))

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

    def _ranked(
        self, margins: Sequence[float], pulled: Mapping[str, float], tuning: Tuning
    ) -> tuple[tuple[str, float], ...]:
        scores = [
            margin + tuning.phrases * pulled.get(sector, 0.0)
            for sector, margin in zip(self.topics.sectors, margins, strict=True)
        ]
        best = max(scores)
        odds = [exp(tuning.sharpness * (score - best)) for score in scores]
        whole = sum(odds)
        scored = zip(self.topics.sectors, (odd / whole for odd in odds), strict=True)
        return tuple(sorted(scored, key=lambda item: -item[1]))


def _parts(reader: Reader, words: Sequence[Word]) -> tuple[list[Part], list[Part]]:
    return _word_parts(reader, words), _pair_parts(reader, words)


def _margins(reader: Reader, groups: Iterable[Sequence[Part]]) -> list[float]:
    margins = list(reader.bias)
    for parts in groups:
        if parts:
            scale = parts[0][2]
            sums = _columns(pulls for _, pulls, _ in parts)
            margins = [margin + scale * amount for margin, amount in zip(margins, sums, strict=True)]
    return margins


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
    """Gives each part the scale that brings the whole to the length `share`; parts share one scale."""
    length = sqrt(sum(seen.size for _, seen in found))
    return [(span, seen.pull, share / length / UNIT) for span, seen in found if seen.size]
