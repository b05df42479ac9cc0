"""How many of its sample tins a store has to use, as configured."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from mailflow.config_secret import Strict
from mailflow.domain.pattern import pattern

_PERCENT = pattern(r"\s*(\d{1,3}(?:\.\d)?)\s*%\s*")


def _share(value: object) -> object:
    """`60%` as people write it, or `0.6`."""
    found = _PERCENT.fullmatch(str(value))
    return Decimal(found[1]) / 100 if found else value


Share = Annotated[Decimal, BeforeValidator(_share), Field(ge=0, le=1, decimal_places=3)]


class SamplesConfig(Strict):
    """Without `use_rate` nothing is taken off an order. `products` have a rate of their own, by SKU;
    `0` leaves one out. `given_with` says of a sample tin with which products it is given: where a
    sheet of calls names what a consumer bought, that sample tin is meant."""

    use_rate: Share | None = None
    products: Mapping[str, Share] = {}
    given_with: Mapping[str, tuple[str, ...]] = {}

    @field_validator("given_with")
    @classmethod
    def _one_each(cls, value: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        every = [sku.casefold() for skus in value.values() for sku in skus]
        if twice := sorted({sku for sku in every if every.count(sku) > 1}):
            raise ValueError(f"{twice[0]} stands at two sample tins: leave it at one")
        return value

    @property
    def by_product(self) -> Mapping[str, str]:
        """The sample tin of each product, by its casefolded SKU."""
        return {sku.casefold(): sample for sample, skus in self.given_with.items() for sku in skus}
