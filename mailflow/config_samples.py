"""How many of its sample tins a store has to use, as configured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from mailflow.config_secret import Strict

_PERCENT = re.compile(r"\s*(\d{1,3}(?:\.\d)?)\s*%\s*")


def _share(value: object) -> object:
    """`60%` as people write it, or `0.6`."""
    found = _PERCENT.fullmatch(str(value))
    return Decimal(found[1]) / 100 if found else value


Share = Annotated[Decimal, BeforeValidator(_share), Field(ge=0, le=1, decimal_places=3)]


class SamplesConfig(Strict):
    """Without `use_rate` nothing is taken off an order. `products` have a rate of their own, by SKU;
    `0` leaves one out."""

    use_rate: Share | None = None
    products: Mapping[str, Share] = {}
