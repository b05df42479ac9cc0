"""A desk to order from: wares, dealers and staff, and the registers that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mailflow.domain.master import MasterKind
from mailflow.domain.register import Register
from mailflow.master import register_from

CHINESE_STAGES = "零一二三四"


@dataclass(frozen=True)
class Ware:
    """A product with what its name is made of, so that a name can be written in other ways."""

    sku: str
    name: str
    english: str
    aliases: tuple[str, ...]
    brand: str
    series: str
    stage: int
    weight: int
    per_case: int
    price: Decimal
    sample: bool = False
    active: bool = True

    @property
    def spec(self) -> str:
        return f"{self.weight}g*{self.per_case}听/箱"

    @property
    def weight_words(self) -> tuple[str, ...]:
        return (f"{self.weight}g", f"{self.weight}克", f"{self.weight}G")

    @property
    def packless(self) -> str:
        """The name without its weight, where the name ends in it."""
        bare = self.name
        for words in self.weight_words:
            bare = bare.removesuffix(words)
        return bare

    def row(self) -> Mapping[str, str]:
        return {
            "sku": self.sku,
            "name": self.name,
            "english_name": self.english,
            "aliases": "; ".join(self.aliases),
            "spec": self.spec,
            "unit": "听",
            "units_per_case": str(self.per_case),
            "price": str(self.price),
            "kind": "sample" if self.sample else "regular",
            "active": "yes" if self.active else "no",
        }


@dataclass(frozen=True)
class Dealer:
    """A distributor as registered."""

    code: str
    name: str
    aliases: tuple[str, ...]
    region: str
    manager: str
    email: str
    consignee: str
    phone: str
    address: str
    delivery: str
    credit: int = 90_000_000
    expense: int = 400_000

    def row(self) -> Mapping[str, str]:
        return {
            "code": self.code,
            "name": self.name,
            "aliases": "; ".join(self.aliases),
            "region": self.region,
            "regional_manager": self.manager,
            "email": self.email,
            "consignee": self.consignee,
            "phone": self.phone,
            "address": self.address,
            "delivery_address": self.delivery,
            "credit_limit": str(self.credit),
            "expense_balance": str(self.expense),
            "owed": "0",
        }


@dataclass(frozen=True, eq=False)
class World:
    """One desk. `admin` looks after every region; `managers` after one each."""

    name: str
    brand: str
    wares: tuple[Ware, ...]
    dealers: tuple[Dealer, ...]
    managers: Mapping[str, str]
    admin: str
    domain: str

    @cached_property
    def register(self) -> Register:
        staff = [
            {"role": "regional_manager", "name": f"{region}经理", "email": mail, "regions": region}
            for region, mail in self.managers.items()
        ]
        staff.append(
            {
                "role": "sales_admin",
                "name": "销管",
                "email": self.admin,
                "regions": ",".join(self.managers),
            }
        )
        staff += [
            {"role": role, "name": role, "email": f"{role}@{self.domain}"}
            for role in ("warehouse", "finance", "marketing_gm", "it_admin")
        ]
        return register_from(
            {
                MasterKind.PRODUCTS: [w.row() for w in self.wares],
                MasterKind.CUSTOMERS: [d.row() for d in self.dealers],
                MasterKind.STAFF: staff,
            },
            version=self.name,
        )

    @cached_property
    def regular(self) -> tuple[Ware, ...]:
        return tuple(w for w in self.wares if w.active and not w.sample)

    @cached_property
    def samples(self) -> tuple[Ware, ...]:
        return tuple(w for w in self.wares if w.active and w.sample)

    @cached_property
    def retired(self) -> tuple[Ware, ...]:
        return tuple(w for w in self.wares if not w.active)

    @cached_property
    def shared_aliases(self) -> tuple[str, ...]:
        """Short names that more than one distributor answers to."""
        count = Counter(a for d in self.dealers for a in d.aliases)
        return tuple(a for a, times in count.items() if times > 1)

    def own_aliases(self, dealer: Dealer) -> tuple[str, ...]:
        """Short names that name this distributor and no other, not even as a part of its name."""
        others = [d for d in self.dealers if d is not dealer]
        return tuple(
            a for a in dealer.aliases if not any(a in d.name or a in d.aliases for d in others)
        )

    def clear_aliases(self, dealer: Dealer) -> tuple[str, ...]:
        """Those in which no other distributor's short name can be seen either."""
        others = [a for d in self.dealers if d is not dealer for a in d.aliases]
        return tuple(a for a in self.own_aliases(dealer) if not any(o in a for o in others))
