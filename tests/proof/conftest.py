"""The long proofs, and the table of what was counted in them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.proof.invariants import Findings
from tests.storage.places import SqlitePlace

KILLS = int(os.environ.get("LAPOR_KILLS", "200"))
SEED = int(os.environ.get("LAPOR_SEED", "1"))

_TABLE: dict[str, Counter[str]] = {}


class Tally:
    """Takes what a proof has counted, and fails it for what was broken."""

    def __init__(self, proof: str) -> None:
        """Knows whose counts these are."""
        self._proof = proof

    def __call__(self, findings: Findings) -> None:
        """Notes the counts; then everything must have been true."""
        _TABLE[self._proof] = findings.counts
        if findings.broken:
            pytest.fail("\n".join(findings.broken), pytrace=False)


@pytest.fixture
async def short_register(sqlite_place: SqlitePlace) -> AsyncIterator[str]:
    """The URL of a register on SQLite."""
    url = await sqlite_place.fresh()
    yield url
    await sqlite_place.forget(url)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Whoever proves something says what was counted."""
    return Tally(request.node.name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints a line per proof."""
    for proof, counts in _TABLE.items():
        told = ", ".join(f"{what} {count}" for what, count in sorted(counts.items()))
        terminalreporter.write_line(f"{proof} (seed {SEED}): {told}")
