"""Faults that can be ordered: what goes wrong between a bot and Telegram."""

from dataclasses import dataclass, field
from typing import Any, Literal

from simulator.refusals import Refusal

Effect = Literal["fail", "delay", "drop_answer", "drop_request"]

ANY_METHOD = "*"
DOWNLOAD = "download"
ALWAYS = 1_000_000_000


@dataclass
class Fault:
    """An order: the next `times` calls of a method (to one chat, if named) go wrong in this way."""

    effect: Effect
    method: str = ANY_METHOD
    times: int = 1
    chat_id: int | None = None
    refusal: Refusal | None = None
    seconds: float = 0.0

    @classmethod
    def from_json(cls, order: dict[str, Any]) -> "Fault":
        """Returns the fault that a control request orders."""
        refusal = Refusal(
            int(order.get("status") or 500),
            order.get("description") or "Internal Server Error",
            order.get("retry_after"),
        )
        return cls(
            effect=order["effect"],
            method=order.get("method") or ANY_METHOD,
            times=int(order.get("times") or 1),
            chat_id=order.get("chat_id"),
            refusal=refusal if order["effect"] == "fail" else None,
            seconds=float(order.get("seconds") or 0),
        )

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Tells whether a call is one of those that were ordered to go wrong."""
        named = self.method == ANY_METHOD or self.method.lower() == method.lower()
        return self.times > 0 and named and self.chat_id in (None, chat_id)


@dataclass
class Faults:
    """The orders that have not been used up."""

    orders: list[Fault] = field(default_factory=list)

    def order(self, fault: Fault) -> None:
        """Adds an order behind the others."""
        self.orders.append(fault)

    def clear(self) -> None:
        """Lets everything go well again."""
        self.orders.clear()

    def take(self, effect: Effect, method: str, chat_id: int | None) -> Fault | None:
        """Returns the order that this call meets, one time less, or None."""
        for fault in self.orders:
            if fault.effect == effect and fault.concerns(method, chat_id):
                fault.times -= 1
                self.orders = [order for order in self.orders if order.times > 0]
                return fault
        return None
