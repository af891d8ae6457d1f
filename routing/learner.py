"""Reaches for scikit-learn, which only training needs."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class LearnerMissing(RuntimeError):
    """Is raised when the training group is not installed."""


def learner(name: str) -> Any:
    """Returns a module of the training group; raises LearnerMissing where that is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        raise LearnerMissing("Training needs scikit-learn: run `uv sync --group train`.") from missing
