"""What a button may carry: a number is that of a row, or it is forged."""

import pytest

from domain.refusals import StaleStep
from handlers.taps import whole
from views.taps import Tap, Verb


def test_the_number_of_a_row_is_read() -> None:
    assert whole(Tap(Verb.SUBMIT, ("2147483647",)), 0) == 2_147_483_647


@pytest.mark.parametrize("forged", ["", "-1", "2147483648", "999999999999999999", "9" * 50, "1.5", "١٢", "x"])
def test_what_can_be_no_row_is_refused_before_the_database_is_asked(forged: str) -> None:
    with pytest.raises(StaleStep):
        whole(Tap(Verb.SUBMIT, (forged,)), 0)
