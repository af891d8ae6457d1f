"""Measures the gate for replies: of what it holds back how much deserves it, and of what deserves it how much it holds.

`python benchmarks/reply_gate.py` prints precision and recall for the replies that were written before there was any
rule, for those written with the rules in mind, and for those written last, for which no rule was changed.
`--wrong` prints the replies that are judged wrongly.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from services.reply_gate import judge

FOLDER = Path(__file__).parent / "replies"


@dataclass(frozen=True)
class Example:
    """A reply and whether a fair reader would hold it back."""

    text: str
    held: bool


@dataclass(frozen=True)
class Measured:
    """How often the gate was right."""

    examples: int
    precision: float
    recall: float
    wrong: tuple[Example, ...]


def examples(name: str) -> tuple[Example, ...]:
    """The replies of one file."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(Example(row["text"], row["held"]) for row in table["reply"])


def measure(replies: tuple[Example, ...]) -> Measured:
    """Judges each reply and counts."""
    held = [reply for reply in replies if judge(reply.text)]
    rightly = sum(reply.held for reply in held)
    wrong = tuple(reply for reply in replies if reply.held != (reply in held))
    return Measured(len(replies), rightly / max(1, len(held)), rightly / max(1, sum(r.held for r in replies)), wrong)


def main() -> None:
    """Prints one line per file."""
    files = sorted(path.stem for path in FOLDER.glob("*.toml"))
    everything = tuple(reply for name in files for reply in examples(name))
    for name, replies in (*((name, examples(name)) for name in files), ("all", everything)):
        found = measure(replies)
        print(f"{name:18} {found.examples:4} replies  precision {found.precision:.3f}  recall {found.recall:.3f}")
        if "--wrong" in sys.argv:
            for reply in found.wrong if name != "all" else ():
                print(
                    "  should be held:" if reply.held else "  should pass:   ",
                    reply.text,
                    [f.rule.value for f in judge(reply.text)],
                )


if __name__ == "__main__":
    main()
