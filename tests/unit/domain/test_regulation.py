"""The regulation as data: what the file says, which version is in force, and how wrong data name their mend."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.lifecycle import ClockKind, ComplaintClass
from domain.regulation import (
    Regulation,
    RegulationInvalid,
    by_version,
    in_force,
    parse_regulation,
    parse_regulations,
    promised,
    shortened,
)
from storage.seed.regulation import seed_regulations

TABLE: dict[str, Any] = {
    "version": "first",
    "title": "Peraturan pertama",
    "source": "a test",
    "effective_on": date(2025, 1, 1),
    "verify_days": 3,
    "first_follow_up_days": 5,
    "react_days": 10,
    "request_days": 1,
    "hold_cap_days": 10,
    "resolve_days": {"information": 5, "aspiration": 14, "ordinary": 14, "supervisory": 60},
}
SECOND = {**TABLE, "version": "second", "effective_on": date(2026, 7, 1), "verify_days": 2}


def two_versions() -> tuple[Regulation, ...]:
    return parse_regulations({"regulation": [SECOND, TABLE]})


@pytest.mark.parametrize(
    ("kind", "complaint_class", "days"),
    [
        (ClockKind.VERIFY, None, 3),
        (ClockKind.FIRST_FOLLOW_UP, None, 5),
        (ClockKind.REACT, None, 10),
        (ClockKind.RESOLVE, ComplaintClass.INFORMATION, 5),
        (ClockKind.RESOLVE, ComplaintClass.ORDINARY, 14),
        (ClockKind.RESOLVE, ComplaintClass.SUPERVISORY, 60),
        (ClockKind.RESOLVE, ComplaintClass.ASPIRATION, 14),
        (ClockKind.RESOLVE, None, 14),
    ],
)
def test_the_shipped_limits(kind: ClockKind, complaint_class: ComplaintClass | None, days: int) -> None:
    (rules,) = seed_regulations()
    assert rules.version == "permenpanrb-5-2025"
    assert rules.limit(kind, complaint_class) == days


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2025, 1, 1), "first"),
        (date(2026, 6, 30), "first"),
        (date(2026, 7, 1), "second"),
        (date(2030, 1, 1), "second"),
    ],
)
def test_the_version_in_force_is_the_last_that_has_begun(on: date, version: str) -> None:
    assert in_force(two_versions(), on).version == version


def test_before_the_first_version_nothing_is_in_force() -> None:
    with pytest.raises(RegulationInvalid, match="earlier effective_on"):
        in_force(two_versions(), date(2024, 12, 31))


def test_a_complaint_keeps_the_version_it_was_received_under() -> None:
    assert by_version(two_versions(), "first").verify_days == 3


def test_a_version_that_was_taken_out_is_missed_by_name() -> None:
    with pytest.raises(RegulationInvalid, match="third is missing"):
        by_version(two_versions(), "third")


def test_an_agency_may_promise_less_or_the_same() -> None:
    rules = shortened(parse_regulation(TABLE), {"verify_days": 1, "request_days": 1, "resolve_days": {"ordinary": 10}})
    assert (rules.verify_days, rules.request_days) == (1, 1)
    assert rules.limit(ClockKind.RESOLVE, ComplaintClass.ORDINARY) == 10
    assert rules.limit(ClockKind.RESOLVE, ComplaintClass.SUPERVISORY) == 60


@pytest.mark.parametrize(
    ("promise", "mend"),
    [
        ({"verify_days": 4}, "use 3 or less"),
        (
            {"resolve_days": {"information": 6}},
            r"resolve_days\.information = 6 is longer than the limit; use 5 or less",
        ),
        ({"react_days": 5}, "react_days cannot be promised"),
        ({"resolve_days": {"urgent": 1}}, "urgent is no class"),
        ({"verify_days": 0}, "use 1 or more"),
    ],
)
def test_an_agency_may_not_promise_more_nor_shorten_what_is_the_citizens(promise: dict[str, Any], mend: str) -> None:
    with pytest.raises(RegulationInvalid, match=mend):
        shortened(parse_regulation(TABLE), promise)


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"verify_days": "3"}, "regulation first: verify_days = '3' is not a number of working days; use 1 or more"),
        ({"verify_days": True}, "use 1 or more"),
        ({"verfy_days": 3}, "verfy_days is not known; remove it or mend its spelling"),
        ({"effective_on": "2025-01-01"}, "without quotes"),
        ({"title": " "}, "write words in quotes"),
        ({"resolve_days": 14}, "give days by class"),
        ({"resolve_days": {"information": 5}}, r"resolve_days\.aspiration is missing; add it"),
    ],
)
def test_wrong_data_name_the_key_and_the_mend(change: dict[str, Any], mend: str) -> None:
    with pytest.raises(RegulationInvalid, match=mend):
        parse_regulation({**TABLE, **change})


def test_a_promise_that_a_later_regulation_has_overtaken_no_longer_counts() -> None:
    rules = seed_regulations()[0]
    promise = {"verify_days": 3, "first_follow_up_days": 6, "resolve_days": {"ordinary": 10, "information": 7}}
    kept = promised(rules, promise)
    assert (kept.verify_days, kept.first_follow_up_days) == (rules.verify_days, rules.first_follow_up_days)
    assert kept.limit(ClockKind.RESOLVE, ComplaintClass.ORDINARY) == 10
    assert kept.limit(ClockKind.RESOLVE, ComplaintClass.INFORMATION) == 5
    assert promised(rules, {}) is rules


def test_a_missing_key_is_named() -> None:
    with pytest.raises(RegulationInvalid, match="react_days is missing; add it"):
        parse_regulation({key: value for key, value in TABLE.items() if key != "react_days"})


@pytest.mark.parametrize(
    ("tables", "mend"),
    [
        ([], "write at least one"),
        ([TABLE, {**SECOND, "version": "first"}], "same version"),
        ([TABLE, {**SECOND, "effective_on": date(2025, 1, 1)}], "same effective_on"),
    ],
)
def test_versions_that_cannot_be_told_apart_are_refused(tables: list[dict[str, Any]], mend: str) -> None:
    with pytest.raises(RegulationInvalid, match=mend):
        parse_regulations({"regulation": tables})


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[[regulation", encoding="utf-8")
    with pytest.raises(RegulationInvalid, match=r"broken\.toml"):
        seed_regulations(broken)
