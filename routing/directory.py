"""Knows the governments, their units and who owns a complaint; an owner that is not enrolled here is still named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from routing.agencies import Government, Owner, Unit
from routing.agency_names import AgencyMention, AgencyNames
from routing.directory_file import packaged_bodies
from routing.jurisdiction import PROVINCE_LEVEL, REGENCY_LEVEL, Jurisdiction, Template
from routing.places import Place
from routing.words import Word, normal

__all__ = ["AgencyMention", "Directory", "Government", "Owner", "Unit"]


class Directory:
    """Every government and unit that is enrolled, and beyond them what can be said from the templates."""

    def __init__(self, governments: Iterable[Government], units: Iterable[Unit], jurisdiction: Jurisdiction) -> None:
        self.governments: Mapping[str, Government] = {each.code: each for each in governments}
        self.units: Mapping[str, Unit] = {each.code: each for each in units}
        self.jurisdiction = jurisdiction
        self._units_of: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            self._units_of.setdefault(unit.government, []).append(unit)

    @classmethod
    def seed(cls) -> Directory:
        """Gives the packaged directory: national bodies and templates, no region enrolled."""
        return cls.from_parts((), ())

    @classmethod
    def from_parts(cls, governments: Iterable[Government], units: Iterable[Unit]) -> Directory:
        """Joins stored governments and units with the packaged national bodies that are not among them."""
        bodies = packaged_bodies()
        known = {each.code: each for each in governments}
        kept = {body.code: body for body in bodies.governments if body.code not in known}
        of_bodies = [unit for unit in bodies.units if unit.government in kept]
        return cls([*known.values(), *kept.values()], [*units, *of_bodies], Jurisdiction.load())

    def units_of(self, government: str) -> tuple[Unit, ...]:
        """Gives the units of a government in the order of its file."""
        return tuple(self._units_of.get(government, ()))

    def owners(self, sector: str, place: Place, words: Sequence[str] = ()) -> tuple[Owner, ...]:
        """Gives who may answer a complaint, the likeliest first; never nobody.

        The place must be completed (it is its code that counts). The words, in lower case, decide between levels
        ("jalan nasional") and between offices that share a sector ("lampu jalan").
        """
        sector = sector if sector in self.jurisdiction.sectors else "other"
        text = " ".join(words).lower()
        found: list[Owner] = []
        for target in self.jurisdiction.targets(sector, text):
            if target in (REGENCY_LEVEL, PROVINCE_LEVEL):
                found += self._regional(target, sector, place, text)
            else:
                found.append(self._body(target, sector, place))
        return tuple(dict.fromkeys(found))

    def inspectorate_of(self, government: str) -> Owner | None:
        """Gives who examines accusations against a government; nothing for a code that is not enrolled."""
        known = self.governments.get(government)
        if known is None:
            return None
        unit = next((unit for unit in self.units_of(government) if unit.kind == "inspectorate"), None)
        return Owner(government, known.name, unit.code, unit.name) if unit else None

    def unit_as_owner(self, code: str) -> Owner | None:
        """Gives a unit as the owner of a complaint; nothing for a code that is not enrolled."""
        unit = self.units.get(code)
        known = self.governments.get(unit.government) if unit else None
        return _owner(known, unit) if known and unit else None

    def units_named(self, government: str, words: Sequence[Word]) -> tuple[Unit, ...]:
        """Gives the units of a government that words name: in full, by a nickname, or by their abbreviation.

        A district is no office here: most who name one say where they are.
        """
        said = f" {' '.join(word.form for word in words)} "
        offices = (unit for unit in self.units_of(government) if unit.kind != "territorial")
        return tuple(unit for unit in offices if any(f" {name} " in said for name in _spoken(unit)))

    def mentioned(self, text: str) -> tuple[AgencyMention, ...]:
        """Gives the agencies that the text names, by name or nickname, slips of typing forgiven."""
        return self._names.find(text)

    @cached_property
    def _names(self) -> AgencyNames:
        return AgencyNames(self._named())

    def _named(self) -> Iterator[tuple[str, AgencyMention]]:
        for template in self.jurisdiction.templates:
            for alias in (template.name, *template.aliases):
                yield alias, AgencyMention(template.name, template.sectors)
        for unit in self.units.values():
            body = self.governments.get(unit.government)
            national = body is not None and body.level in ("national", "body")
            names = (unit.name, *unit.aliases, *(body.aliases if body and national and unit.kind == "body" else ()))
            for alias in names:
                yield alias, AgencyMention(unit.name, unit.sectors, unit.government, unit.code)

    def _body(self, code: str, sector: str, place: Place) -> Owner:
        body = self.governments[code]
        fitting = [unit for unit in self.units_of(code) if sector in unit.sectors or unit.kind == "body"]
        unit = next(iter(fitting), None)
        local = self.jurisdiction.local_offices.get(code)
        unit_name = local.format(area=place.regency) if local and place.regency else unit.name if unit else None
        return Owner(code, body.name, unit.code if unit else None, unit_name)

    def _regional(self, level: str, sector: str, place: Place, text: str) -> list[Owner]:
        code = self.jurisdiction.government_of(place.code or "", level)
        if code is None:
            return self._nowhere(level, sector, text)
        known = self.governments.get(code)
        if known and self._units_of.get(code):
            units = self._enrolled(known, sector, place, text)
            return [_owner(known, unit) for unit in units] or [Owner(code, known.name)]
        return self._by_template(code, sector, place, text)

    def _enrolled(self, known: Government, sector: str, place: Place, text: str) -> list[Unit]:
        units = self.units_of(known.code)
        topics = self.jurisdiction.topics_in(sector, text)
        area = place.code or ""
        found = [unit for unit in units if any(topic in unit.topics for topic in topics)]
        if sector == "territorial":
            local = [unit for unit in units if unit.kind == "territorial" and area.startswith(unit.code)]
            found += sorted(local, key=lambda unit: -len(unit.code))
        found += [unit for unit in units if sector in unit.sectors and unit.kind != "territorial"]
        return found or [unit for unit in units if "other" in unit.sectors]

    def _by_template(self, code: str, sector: str, place: Place, text: str) -> list[Owner]:
        title = self.jurisdiction.title(code, place)
        owners = []
        if sector == "territorial":
            names = self.jurisdiction.territorial_names(place)
            owners += [Owner(code, f"{name}, {title}") for _, name in names]
        templates = self._fitting(self.jurisdiction.region(code), sector, text)
        return owners + [Owner(code, f"{template.name} {title}") for template in templates]

    def _fitting(self, region: str, sector: str, text: str) -> list[Template]:
        """A topic moves a complaint only to an office of its own sector: who has the lamps differs by government."""
        templates = self.jurisdiction.templates_of(region)
        topics = self.jurisdiction.topics_in(sector, text)
        special = [
            template
            for template in templates
            if any(topic in template.topics for topic in topics)
            and (not template.sectors or sector in template.sectors)
        ]
        usual = [template for template in templates if sector in template.sectors]
        return list(dict.fromkeys(special + usual))

    def _nowhere(self, level: str, sector: str, text: str) -> list[Owner]:
        region = "provinsi" if level == PROVINCE_LEVEL else "kabupaten"
        if sector == "territorial":
            return [Owner(None, "Kecamatan atau kelurahan setempat")]
        where = "provinsi setempat" if level == PROVINCE_LEVEL else "kabupaten/kota setempat"
        return [Owner(None, f"{template.name} {where}") for template in self._fitting(region, sector, text)]


def _spoken(unit: Unit) -> set[str]:
    """The names of a unit as words are read; its code ends with its abbreviation ("36.73-dprkp")."""
    return {normal(name) for name in (unit.name, *unit.aliases, unit.code.rpartition("-")[2])} - {""}


def _owner(government: Government, unit: Unit) -> Owner:
    title = government.name.removeprefix("Pemerintah ")
    agency = unit.name if title in unit.name else f"{unit.name} {title}"
    return Owner(government.code, agency, unit.code, unit.name)
