"""Holds the directory file: filled up from templates, and refused with the line and the mend of every problem."""

from pathlib import Path

import pytest

import routing
from routing.directory_file import DirectoryError, packaged_bodies, read_directory

EXAMPLES = sorted((Path(routing.__file__).parent / "data" / "directory").glob("*.yaml"))


def refused(text: str) -> list[str]:
    with pytest.raises(DirectoryError) as caught:
        read_directory(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_code_is_enough_to_enrol_a_city() -> None:
    file = read_directory("governments:\n  - code: 36.73\n")
    (city,) = file.governments
    assert (city.name, city.level, city.time_zone, city.parent) == (
        "Pemerintah Kota Serang",
        "regency",
        "Asia/Jakarta",
        "36",
    )
    assert city.served
    assert not city.direct_forwarding
    codes = {unit.code for unit in file.units}
    assert {"36.73-dishub", "36.73-inspektorat", "36.73.05"} <= codes
    assert len([code for code in codes if code.startswith("36.73.")]) == 6


def test_a_file_renames_adds_drops_and_moves_topics() -> None:
    file = read_directory(
        """
governments:
  - code: "36.73"
    without: [rsud]
    territorial: none
    units:
      - code: dprkp
        name: Dinas Perkim
        topics: [street_lamp]
      - code: pasar-rau
        name: UPTD Pasar Rau
        sectors: [trade_cooperatives]
        parent: diskopumdag
"""
    )
    units = {unit.code: unit for unit in file.units}
    assert units["36.73-dprkp"].name == "Dinas Perkim"
    assert units["36.73-dprkp"].sectors == ("housing",)
    assert units["36.73-dprkp"].topics == ("street_lamp",)
    assert units["36.73-dishub"].topics == ()
    assert units["36.73-pasar-rau"].parent == "36.73-diskopumdag"
    assert "36.73-rsud" not in units
    assert not [unit for unit in file.units if unit.kind == "territorial"]


def test_villages_can_be_enrolled_too() -> None:
    file = read_directory('governments: [{code: "36.73", territorial: village}]')
    village = next(unit for unit in file.units if unit.code == "36.73.05.1001")
    assert (village.name, village.parent) == ("Kelurahan Cipocok Jaya", "36.73.05")


def test_a_government_may_do_without_the_template() -> None:
    file = read_directory(
        'governments: [{code: "12.71", template: false, units: [{code: a, name: A, sectors: [health]}]}]'
    )
    assert [unit.code for unit in file.units] == ["12.71-a"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "governments:\n  - code: '36.73'\n    units:\n"
            "      - code: x\n        name: X\n        sectors: [transprot]\n",
            "line 6: unknown sector `transprot`; did you mean `transport`?",
        ),
        (
            "governments:\n  - code: '36.73'\n    units:\n      - {code: x, name: X}\n      - {code: x, name: Y}\n",
            "line 5: unit code 36.73-x is used twice; it stands on line 4 already; change or remove one",
        ),
        (
            "governments:\n  - code: '36.73'\n    units:\n      - {code: x, name: X, parent: y}\n",
            "line 4: 36.73-x has an unknown parent 36.73-y; write the code of a unit of the same government",
        ),
        (
            "governments:\n  - code: '36.73'\n    time_zone: Asia/Bandung\n",
            "line 3: there is no time zone Asia/Bandung; "
            "write Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)",
        ),
        (
            "governments:\n  - code: pln\n    level: body\n",
            "line 2: government pln has no name; add `name:`",
        ),
        (
            "governments:\n  - code: '36.73'\n    units:\n      - {name: X}\n",
            "line 4: a unit has no code; add `code:`, short and without spaces",
        ),
        (
            "governments:\n  - code: '36.73'\n    units:\n      - {code: x}\n",
            "line 4: unit x has no name; add `name:`",
        ),
        (
            "governments:\n  - code: '36.99'\n",
            "line 2: no province or regency has the code 36.99; write it like 36 or 36.73",
        ),
        ("governments:\n  - nama: x\n    code: '36'\n", "line 2: unknown key `nama`; did you mean `name`?"),
        (
            "governments:\n  - code: '36'\n    served: maybe\n",
            "line 3: `served` cannot be `maybe`; write true or false",
        ),
        (
            "governments:\n  - {code: '36.73', parent: mordor}\n",
            "line 2: 36.73 has an unknown parent mordor; write the code of a province or of a government of this file",
        ),
        ("governments:\n  - {code: '36', level: body}\n", "line 2: `level` cannot be `body`; use one of province"),
        ("governments:\n  - code: '36'\n    code: '32'\n", "line 3: key `code` stands here twice; keep one of them"),
        ("governments:\n  - code: [\n", None),
        ("", "line 1: the file has no list `governments`; begin it with `governments:`"),
        ("units: []\n", "line 1: the file has no list `governments`; begin it with `governments:`"),
    ],
)
def test_a_problem_names_its_line_and_its_mend(text: str, problem: str | None) -> None:
    problems = refused(text)
    assert len(problems) == 1
    if problem is None:
        assert problems[0].startswith("line 3: the file is no YAML")
    else:
        assert problems == [problem]


def test_all_problems_are_told_at_once() -> None:
    problems = refused("governments:\n  - code: '36.99'\n  - code: x\n  - {name: y}\n")
    assert [problem.split(":")[0] for problem in problems] == ["line 2", "line 3", "line 4"]


def test_a_table_says_the_same_as_yaml(tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text(
        "government_code,code,name,sectors,topics\n"
        "36.73,dprkp,Dinas Perkim,housing,street_lamp\n"
        "36.73,pasar,UPTD Pasar,trade_cooperatives;territorial,\n",
        encoding="utf-8",
    )
    file = read_directory(table)
    units = {unit.code: unit for unit in file.units}
    assert units["36.73-dprkp"].topics == ("street_lamp",)
    assert units["36.73-pasar"].sectors == ("trade_cooperatives", "territorial")
    assert "36.73-dinkes" in units


def test_a_table_with_a_mistake_names_the_row(tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_text("government_code,code,name,sectors\n36.73,a,A,health\n36.73,b,B,helth\n", encoding="utf-8")
    with pytest.raises(DirectoryError, match="line 3: unknown sector `helth`; did you mean `health`"):
        read_directory(table)
    table.write_text("name\nA\n", encoding="utf-8")
    with pytest.raises(DirectoryError, match="line 1: column `government_code` is missing"):
        read_directory(table)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    photo = tmp_path / "photo.yaml"
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(DirectoryError, match="save it again as UTF-8"):
        read_directory(photo)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_valid(path: Path) -> None:
    file = read_directory(path)
    assert len(file.units) >= 20
    assert [unit for unit in file.units if unit.kind == "inspectorate"]


def test_the_ministries_and_bodies_of_the_country_are_packaged() -> None:
    bodies = packaged_bodies()
    assert len([each for each in bodies.governments if each.name.startswith("Kementerian")]) >= 45
    assert not [each for each in bodies.governments if each.served]
    assert {"pln", "bpjs-kesehatan", "polri", "atr-bpn", "ojk"} <= {each.code for each in bodies.governments}
