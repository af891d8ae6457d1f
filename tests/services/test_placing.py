"""Where it is, as people type it: the closest area that is sure."""

import pytest

from routing.matcher import AgencyMatcher
from services.placing import Placing


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Kasemen, Kota Serang", "36.73.02"),
        ("Kecamatan Cipocok Jaya, Kota Serang", "36.73.05"),
        ("Kota Serang", "36.73"),
    ],
)
def test_an_address_keeps_its_kecamatan_beside_its_city(matcher: AgencyMatcher, typed: str, code: str) -> None:
    place = Placing(matcher.gazetteer).address(typed, "").place
    assert place is not None
    assert place.code == code
