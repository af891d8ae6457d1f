"""Reads which subjects want a proof from `proof.toml` beside this file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from domain.drafting import FileKind

FILE = Path(__file__).with_name("proof.toml")


class ProofInvalid(ValueError):
    """The data cannot be used; the message names the key and the mend."""


@cache
def seed_proof(file: Path = FILE) -> Mapping[str, frozenset[FileKind]]:
    """The sorts of file of which one must come along, by sector; raises `ProofInvalid`."""
    demands = tomllib.loads(file.read_text(encoding="utf-8")).get("demand", [])
    return {sector: _kinds(demand.get("kinds")) for demand in demands for sector in demand.get("sectors", [])}


def _kinds(names: object) -> frozenset[FileKind]:
    known = {kind.value for kind in FileKind}
    if not isinstance(names, list) or not names or not set(names) <= known:
        raise ProofInvalid(f"{FILE.name}: kinds = {names!r} is not understood; use some of {', '.join(sorted(known))}")
    return frozenset(FileKind(name) for name in names)
