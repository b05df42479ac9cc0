"""True orders: who orders what, how many cases, and against which money."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from accuracy.dealers import POOR
from accuracy.form import Choices
from accuracy.truth import Funding, TrueLine, TrueOrder
from accuracy.world import Dealer, Ware, World

MOST_MONEY = 380_000
"""What the expense goods of one order may cost; every distributor's balance is above it."""


def order_for(dealer: Dealer, world: World, choices: Choices) -> TrueOrder:
    rng = choices.rng
    count = rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15))
    count = max(count, 4 if "several lines" in choices.need else 1)
    count = min(count, 4 if "few lines" in choices.need else 99)
    wares = rng.sample(world.regular, min(count, len(world.regular)))
    wares.sort(key=world.wares.index)
    lines = [TrueLine(w, _cases(rng)) for w in wares]
    if choices.wants("expense", 0.3):
        lines += _expense(rng, wares if rng.random() < 0.5 else world.regular)
    if choices.wants("samples", 0.25):
        samples = rng.sample(world.samples, min(rng.randint(1, 3), len(world.samples)))
        lines += [TrueLine(w, rng.randint(1, 6), Funding.SAMPLE) for w in samples]
    if rng.random() < 0.3 and "in order" not in choices.need:
        rng.shuffle(lines)
    day = choices.today - timedelta(days=rng.randint(0, 8))
    number = rng.choice(
        (f"PO{day:%y%m%d}{rng.randint(1, 99):02d}", f"DH-{day:%m%d}-{rng.randint(1, 9)}")
    )
    return TrueOrder(dealer, tuple(lines), day, number)


def _cases(rng: random.Random) -> int:
    if rng.random() < 0.1:
        return rng.randint(100, 400)
    return rng.choice((1, 2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 36, 40, 45, 50, 60, 75))


def _expense(rng: random.Random, wares: tuple[Ware, ...] | list[Ware]) -> list[TrueLine]:
    lines: list[TrueLine] = []
    left = Decimal(MOST_MONEY)
    for ware in rng.sample(list(wares), min(rng.randint(1, 3), len(wares))):
        line = TrueLine(ware, rng.randint(1, 10), Funding.EXPENSE)
        if line.amount < left:
            left -= line.amount
            lines.append(line)
    return lines


def dealers_for(count: int, world: World, choices: Choices) -> list[Dealer]:
    """Distributors of one manager, so that one mail may hold all their orders."""
    region = choices.rng.choice(list(world.managers))
    poor = "poor dealer" in choices.need
    pool = [d for d in world.dealers if d.region == region and (d.credit == POOR) is poor]
    return choices.rng.sample(pool, count)
