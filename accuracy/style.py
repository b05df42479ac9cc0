"""How one person writes: which columns, which words over them, which way to write each value."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from accuracy import names, values, words
from accuracy.cells import EXTRA
from accuracy.form import Choices, Hand, Heading
from accuracy.truth import Funding, TrueLine, TrueOrder
from accuracy.world import World

PLANS = (
    "cases", "cases", "tins", "tins", "both", "both_swapped", "unit_column", "in_cell", "once", "by_money", "case_price",
)  # fmt: skip
BY_MONEY = frozenset({"by_money", "case_price"})
"""Plans in which price and amount say what is counted."""


@dataclass
class Style:
    """Drawn once, for all orders of a case together."""

    world: World
    choices: Choices
    habits: dict[str, str] = field(default_factory=dict)
    hand: Hand = field(default_factory=Hand)
    headings: list[Heading] = field(default_factory=list)

    @property
    def rng(self) -> random.Random:
        return self.choices.rng

    def draw(self, orders: tuple[TrueOrder, ...]) -> None:
        """Settle the handwriting and the columns, for all these orders together."""
        lines = [line for order in orders for line in order.lines]
        self.hand.english = self.choices.wants("english", 0.1)
        plan = self._plan(lines)
        self._draw_hand(plan)
        self.headings = self._columns(plan, lines)
        self.habits |= {
            "quantities": f"{plan}/{self.hand.quantity}",
            "prices": self.hand.price if self._has("price") else "none",
            "amounts": self.hand.amount if self._has("amount") else "none",
            "products": self._products(),
            "dates": self.hand.day,
        }

    def _has(self, column: str) -> bool:
        return any(h.field in (column, f"case_{column}") for h in self.headings)

    def _products(self) -> str:
        if not self._has("name"):
            return "code only"
        with_code = " + code" if self._has("code") else ""
        return self.hand.name + with_code

    def _plan(self, lines: list[TrueLine]) -> str:
        plans = [p for p in PLANS if f"plan {p}" not in self.choices.avoid]
        for wanted in (*PLANS, "unitless"):
            if f"plan {wanted}" in self.choices.need:
                return wanted
        if any(x.funding is Funding.SAMPLE for x in lines) or "amount" in self.choices.avoid:
            # Money that is nothing settles no unit.
            plans = [p for p in plans if p not in BY_MONEY]
        return self.rng.choice(plans)

    def _draw_hand(self, plan: str) -> None:
        rng, hand, need = self.rng, self.hand, self.choices.need
        hand.quantity = "number" if "plain values" in need else rng.choice(values.QUANTITIES)
        if hand.english and hand.quantity == "chinese":
            hand.quantity = "unit"
        if plan == "in_cell":
            forms = ("unit", "unit_spaced") if hand.english else ("unit", "unit_spaced", "chinese")
            hand.quantity = rng.choice(forms)
        elif plan in ("once", "by_money", "unit_column", "unitless") and hand.quantity in (
            "unit", "unit_spaced", "chinese",
        ):  # fmt: skip
            hand.quantity = "number"
        hand.price = "number" if "plain values" in need else rng.choice(values.PRICES)
        hand.amount = "number" if "plain values" in need else rng.choice(values.AMOUNTS)
        if hand.english:
            hand.price = rng.choice(("number", "two_decimals", "yen"))
            hand.amount = rng.choice(("number", "thousands", "formula"))
        if "formulas" in need:
            hand.amount, hand.quantity, hand.price = "formula", "number", "number"
        hand.formulas = hand.amount == "formula" and hand.quantity == "number"
        if hand.amount == "formula" and (hand.price != "number" or not hand.formulas):
            hand.amount = "number"
        hand.name = self._name_form()
        hand.spec = rng.choice(names.SPEC_FORMS)
        days = values.ENGLISH_DAYS if hand.english else values.DAYS
        hand.day = rng.choice([d for d in days if d not in self.choices.avoid])
        hand.samples_priced = rng.choice(("zero", "zero", "blank", "dash"))
        hand.qty_unit = rng.choice(("cases", "tins"))
        units = values.ENGLISH_UNITS if hand.english else values.UNITS
        hand.units = {counted: rng.choice(said) for counted, said in units.items()}
        hand.per_case_price = plan == "case_price"

    def _name_form(self) -> str:
        if "full names" in self.choices.need:
            return "full"
        if self.hand.english:
            return self.rng.choice(("english", "english", "english_upper", "full"))
        return self.rng.choice(names.NAME_FORMS)

    def _columns(self, plan: str, lines: list[TrueLine]) -> list[Heading]:
        wants = self.choices.wants
        found = ["no"] if wants("no", 0.7) else []
        found += self._product_columns()
        packless = self.hand.name == "packless" and "name" in found and "code" not in found
        if packless and self.hand.spec not in names.SPECS_WITH_WEIGHT:
            self.hand.spec = "full"
        if "no spec" not in self.choices.need and (
            packless or plan in BY_MONEY or wants("spec", 0.55)
        ):
            found.append("spec")
        found += self._number_columns(plan)
        funded = {x.funding for x in lines} != {Funding.CASH}
        if "funding" not in self.choices.avoid and (funded or wants("funding", 0.25)):
            found.append("funding")
        if wants("remark", 0.35):
            found.append("remark")
        if self.hand.formulas and not {"price", "amount"} <= set(found) | {"case_price"}:
            self.hand.formulas = False
        return [Heading(f, self._word(f)) for f in self._with_distractors(found)]

    def _product_columns(self) -> list[str]:
        need = self.choices.need
        if "code only" in need:
            return ["code"]
        if "no code" in need:
            return ["name"]
        both = [["code", "name"], ["name", "code"]]
        if "code" in need:
            return self.rng.choice(both)
        if need & {"name", "full names"}:
            return self.rng.choice([["name"], ["name"], *both])
        return self.rng.choice([["name"], ["name"], *both, ["code"]])

    def _number_columns(self, plan: str) -> list[str]:
        wants = self.choices.wants
        quantities = {
            "cases": ["cases"],
            "tins": ["tins"],
            "both": ["cases", "tins"],
            "both_swapped": ["tins", "cases"],
            "case_price": ["cases"],
        }
        counted = quantities.get(plan, ["qty"])
        unit = ["unit"] if plan == "unit_column" else []
        if plan == "unitless":
            return counted
        money = []
        if plan in BY_MONEY or wants("price", 0.65):
            money.append("case_price" if plan == "case_price" else "price")
        if plan in BY_MONEY or wants("amount", 0.65):
            money.append("amount")
        return _arranged(self.rng, unit, counted, money)

    def _with_distractors(self, found: list[str]) -> list[str]:
        """Columns that are no order, among those that are."""
        if not self.choices.wants("distractor columns", 0.2):
            return found
        extra = self.rng.choice(
            ("barcode", "life", "retail", "per_case", "stock", "sold", "weight")
        )
        self.habits["extra column"] = extra
        if extra == "per_case":
            at = next(i for i, f in enumerate(found) if f in ("cases", "tins", "qty"))
        else:
            at = self.rng.randint(1, len(found))
        return [*found[:at], f"x_{extra}", *found[at:]]

    def _word(self, column: str) -> str:
        if column.startswith("x_"):
            return EXTRA[column[2:]]
        tables = [words.ENGLISH] if self.hand.english else [words.HEADINGS]
        if self.choices.wants("two languages", 0.0):
            tables = [words.BOTH]
        return self.rng.choice(tables[0][column])


def _arranged(
    rng: random.Random, unit: list[str], counted: list[str], money: list[str]
) -> list[str]:
    """Unit, quantities and money in one of the usual orders."""
    if money and rng.random() < 0.3:
        return [money[0], *unit, *counted, *money[1:]]
    if rng.random() < 0.5:
        return [*unit, *counted, *money]
    return [*counted, *unit, *money]
