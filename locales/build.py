"""Compiles every catalogue (.po) into the form that the program reads (.mo) when the package is built."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent


def compile_catalogues(root: Path) -> list[Path]:
    """Writes a .mo beside each .po below `root`, takes away those that have none, and returns the written paths."""
    for stale in (each for each in root.rglob("*.mo") if not each.with_suffix(".po").exists()):
        stale.unlink()
    written = []
    for source in sorted(root.rglob("*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.relative_to(root).parts[0], abort_invalid=True)
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


class CatalogueHook(BuildHookInterface[Any]):
    """Tells hatchling to compile the catalogues before it packs anything, editable installs included."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        compile_catalogues(LOCALES)
