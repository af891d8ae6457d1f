"""Where and when a draft says that it happened: answered, or read from the story and forgotten with its wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from zoneinfo import ZoneInfo

from domain.refusals import NotUnderstood
from domain.when import happened_on, is_future, mentioned
from routing.places import PlaceMatch, time_zone_of
from services.office import HOME_ZONE, Office
from services.placing import Placed, Placing
from storage.tables_drafts import Draft

PLACE_CHOICES = 5
"""How many places of one name are offered at most."""

PLACE, TIME = "place", "time"
"""What a story may tell besides what is wrong; kept in `Draft.noticed`."""


def forget_agencies(draft: Draft) -> None:
    """What was proposed for another text or place is not proposed for this one."""
    draft.suggestions, draft.chosen = None, None


@dataclass(frozen=True)
class Occurrence:
    """The place and the time of one draft, within the unit of work that holds it."""

    office: Office
    draft: Draft

    def take_place(self, words: str) -> None:
        """Takes the answer to "di mana": one place, some to choose among, or words whose kabupaten must be asked."""
        self.draft.place_text = words.strip()
        self._settle(self._placing.address(words, self.draft.text))

    def take_regency(self, words: str) -> None:
        """Takes the kabupaten or kota of a landmark; raises `NotUnderstood("regency_unknown")`."""
        found = self._placing.regency(words)
        if found.place is None and not found.offered:
            raise NotUnderstood("regency_unknown")
        said = words.strip()
        known = ", ".join(part for part in (found.place.district, found.place.regency) if part) if found.place else ""
        if said.casefold() not in known.casefold():
            self.draft.place_text = f"{self.draft.place_text}, {said}"
        self._settle(found)

    def take_time(self, words: str) -> None:
        """Takes when it happened; raises `NotUnderstood("time_future")` for a day that is still to come."""
        today = self.today()
        if is_future(words, today):
            raise NotUnderstood("time_future")
        self.draft.occurred_text, self.draft.occurred_on = words.strip()[:200], happened_on(words, today)
        self.time_told()

    def time_told(self) -> None:
        """The person has said when; the story has no say in it any more."""
        self.draft.time_finished = True
        self.draft.noticed = [each for each in self.draft.noticed if each != TIME]

    def place_told(self) -> None:
        """The person has said where."""
        self.draft.place_choices = []
        self.draft.noticed = [each for each in self.draft.noticed if each != PLACE]
        forget_agencies(self.draft)

    def _settle(self, found: Placed) -> None:
        self.place_told()
        self.draft.place = None if found.place is None else asdict(found.place)
        self._offer(found.offered)

    def read_story(self) -> None:
        """Takes from the story where and when it happened, if it clearly says so; that is shown and can be mended."""
        self._unnotice()
        if self.draft.place is None and not self.draft.place_text:
            found = self._placing.story(self.draft.text)
            if found.place is not None:
                self.draft.place, self.draft.place_choices = asdict(found.place), []
                self.draft.noticed = [*self.draft.noticed, PLACE]
            elif not self.draft.place_choices:
                # The person confirms what may be meant, the program does not assume it.
                self._offer(found.offered)
        when = None if self.draft.time_finished else mentioned(self.draft.text, self.today())
        if when is not None:
            self.draft.occurred_text, self.draft.occurred_on, self.draft.time_finished = when.words[:200], when.on, True
            self.draft.noticed = [*self.draft.noticed, TIME]

    def _unnotice(self) -> None:
        """What an older wording of the story said is forgotten with it."""
        if PLACE in self.draft.noticed:
            self.draft.place = None
        if TIME in self.draft.noticed:
            self.draft.occurred_text, self.draft.occurred_on, self.draft.time_finished = None, None, False
        self.draft.noticed = []

    @property
    def _placing(self) -> Placing:
        return Placing(self.office.matcher.gazetteer)

    def _offer(self, matches: Sequence[PlaceMatch]) -> None:
        self.draft.place_choices = [asdict(match.place) for match in matches[:PLACE_CHOICES]]

    def today(self) -> date:
        """The date where it happened, or in Jakarta while that is not known."""
        code = (self.draft.place or {}).get("code")
        return self.office.clock().astimezone(ZoneInfo(time_zone_of(code) if code else HOME_ZONE)).date()
