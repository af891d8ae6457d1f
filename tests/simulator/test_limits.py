"""Flood limits, counted by a timer that the test turns."""

import pytest

from simulator.limits import FloodGate, Limits
from simulator.refusals import Refusal


class Timer:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def sent(gate: FloodGate, chat_id: int, messages: int) -> int:
    """Returns how many of the messages passed."""
    passed = 0
    for _ in range(messages):
        try:
            gate.pass_message(chat_id)
        except Refusal:
            continue
        passed += 1
    return passed


def test_chat_takes_a_burst_and_then_one_a_second() -> None:
    timer = Timer()
    gate = FloodGate(Limits(), timer)
    assert sent(gate, 1, 25) == 20
    timer.seconds += 3
    assert sent(gate, 1, 25) == 3


def test_all_chats_together_take_thirty_a_second() -> None:
    timer = Timer()
    gate = FloodGate(Limits(), timer)
    assert sum(sent(gate, chat_id, 1) for chat_id in range(1, 50)) == 30
    timer.seconds += 1
    assert sum(sent(gate, chat_id, 1) for chat_id in range(50, 99)) == 30


def test_refusal_tells_whole_seconds_until_the_next_message() -> None:
    timer = Timer()
    gate = FloodGate(Limits(chat_per_second=0.1, chat_burst=1), timer)
    gate.pass_message(1)
    timer.seconds += 2.5
    with pytest.raises(Refusal) as refused:
        gate.pass_message(1)
    assert refused.value.retry_after == 8


def test_switched_off_limits_meet_nobody() -> None:
    assert sent(FloodGate(Limits.off(), Timer()), 1, 1000) == 1000


def test_new_limits_forget_what_was_sent() -> None:
    gate = FloodGate(Limits(chat_burst=1), Timer())
    assert sent(gate, 1, 2) == 1
    gate.set(Limits(chat_burst=2))
    assert sent(gate, 1, 3) == 2


def test_a_group_takes_twenty_a_minute() -> None:
    timer = Timer()
    gate = FloodGate(Limits(), timer)
    assert sent(gate, -100, 25) == 20
    timer.seconds += 9
    assert sent(gate, -100, 25) == 3
    timer.seconds += 600
    assert sent(gate, -100, 25) == 20
