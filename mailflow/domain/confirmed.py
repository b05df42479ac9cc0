"""What the sender of a returned order stands by, said in one word to a question of ours."""

from __future__ import annotations

from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`loose_because`: loose tins are wanted, for this reason; empty where he did not say so.
    `ship_to`: what his sheet says of the ship-to is new, and not the registered one."""

    loose_because: str = ""
    ship_to: bool = False

    def __bool__(self) -> bool:
        return bool(self.loose_because) or self.ship_to


NOTHING_CONFIRMED = Confirmed()
