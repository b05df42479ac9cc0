"""An invented desk of any size, the same from the same seed: products, distributors, people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from random import Random

from mailflow.commands.demo_desk.registers import CONFIG

REGIONS = (
    *("东北区", "华北区", "西北区", "华东区", "华中区", "华南区"),
    *("西南区", "鲁豫区", "江浙区", "闽赣区", "川渝区", "云贵区"),
)
CITIES = (
    "青禾",
    "白石",
    "云岭",
    "南渡",
    "清河",
    "银桥",
    "松江口",
    "柳泉",
    "海棠",
    "金坪",
    "石塘",
    "雁川",
)
BRANDS = ("小叶子", "宝宝屋", "亲贝", "奶香园", "童心", "乐芽", "星星树", "米朵", "暖暖", "贝拉家", "果果", "朵蓓")  # fmt: skip
FIRMS = ("母婴用品有限公司", "商贸有限公司", "孕婴用品店", "食品经营部", "贸易有限公司")
SERIES = ("优护", "山羊", "至臻", "启源", "沐恩", "初悦", "臻稚", "晨光", "纯境", "嘉颂")
STAGES = (("婴儿", "1段"), ("较大婴儿", "2段"), ("幼儿", "3段"))
DOMAIN = "songping.example"
REGIONS_OF_ADMIN = 4
MONTHLY = """\
month: {remind: 18, due: 20, at: "09:00"}
payments: {remind: 22, due: 25, at: "09:00"}
statements: {day: 1, at: "09:00"}
"""
BUDGETS = ("products.xlsx, ", "products.xlsx, budgets: budgets.xlsx, ")


@dataclass(frozen=True)
class Product:
    sku: str
    name: str
    spec: str
    tins_per_case: int
    price: Decimal


@dataclass(frozen=True)
class Distributor:
    """`email` is empty where nobody there has one. Balances are those before the first day."""

    code: str
    name: str
    region: str
    manager: str
    email: str
    consignee: str
    phone: str
    address: str
    limit: int
    expense: int
    owed: int


@dataclass(frozen=True)
class Desk:
    """`regions` up to 12, `per_region` up to 12, products up to 60."""

    regions: int = 12
    per_region: int = 10
    products_count: int = 60
    seed: int = 1

    finance = f"finance@{DOMAIN}"
    marketing = f"gm@{DOMAIN}"
    logistics = f"logistics@{DOMAIN}"
    config = CONFIG.replace(*BUDGETS) + MONTHLY

    @cached_property
    def names(self) -> tuple[str, ...]:
        return REGIONS[: self.regions]

    @cached_property
    def products(self) -> tuple[Product, ...]:
        rng = Random(f"products {self.seed}")
        every = [
            Product(
                sku=f"SP-{number:02}{stage[0]}-{grams}",
                name=f"松坪{series}{who}配方奶粉{stage}{grams}g",
                spec=f"{grams}g*{tins}听/箱",
                tins_per_case=tins,
                price=Decimal(rng.randint(80, 380)) + rng.choice((Decimal(0), Decimal("0.50"))),
            )
            for number, series in enumerate(SERIES, start=1)
            for grams, tins in ((800, 6), (400, 12))
            for who, stage in STAGES
        ]
        return tuple(every[: self.products_count])

    @cached_property
    def distributors(self) -> tuple[Distributor, ...]:
        rng = Random(f"distributors {self.seed}")
        return tuple(
            self._distributor(at, region, number, rng)
            for at, region in enumerate(self.names)
            for number in range(self.per_region)
        )

    def _distributor(self, at: int, region: str, number: int, rng: Random) -> Distributor:
        """Every fifth has no address of its own; the last of a region never orders and owes nothing."""
        code = f"Q{at + 1:02}{number + 1:02}"
        sleeps = number == self.per_region - 1
        city = CITIES[at]
        return Distributor(
            code=code,
            name=f"{city}市{BRANDS[number]}{FIRMS[(at + number) % len(FIRMS)]}",
            region=region,
            manager=self.manager(region),
            email="" if number % 5 == 4 else f"{code.lower()}@dealer.example",
            consignee="陈林周吴郑王赵孙李钱许何"[number] + "一二三四五六七八九十百千"[at],
            phone=f"1300000{at:02}{number:02}",
            address=f"{city}市海棠路{number + 1}号",
            limit=rng.choice((60_000, 90_000, 150_000, 300_000)),
            expense=0 if sleeps else rng.choice((0, 3_000, 20_000)),
            owed=0 if sleeps else rng.choice((0, 0, 12_000, 20_000)),
        )

    @cached_property
    def budgets(self) -> dict[str, Decimal]:
        """Of the first two regions, a month."""
        return {region: Decimal(1_500 * self.per_region) for region in self.names[:2]}

    @cached_property
    def by_code(self) -> dict[str, Distributor]:
        return {d.code: d for d in self.distributors}

    def manager(self, region: str) -> str:
        return f"m{REGIONS.index(region) + 1:02}@{DOMAIN}"

    def admin(self, region: str) -> str:
        return f"admin{REGIONS.index(region) // REGIONS_OF_ADMIN + 1}@{DOMAIN}"

    def warehouse(self, region: str) -> str:
        """Of the regions with an even number in the north, of the others in the south."""
        return f"{'south' if REGIONS.index(region) % 2 else 'north'}@{DOMAIN}"

    @cached_property
    def admins(self) -> dict[str, tuple[str, ...]]:
        """Each with his regions."""
        return self._by(self.admin)

    @cached_property
    def warehouses(self) -> dict[str, tuple[str, ...]]:
        return self._by(self.warehouse)

    def _by(self, whose: object) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for region in self.names:
            assert callable(whose)
            found.setdefault(whose(region), []).append(region)
        return {who: tuple(regions) for who, regions in found.items()}

    def registers(self) -> dict[str, tuple[tuple[object, ...], ...]]:
        """Rows of the registers, by kind."""
        return {
            "products": self._products(),
            "customers": self._customers(),
            "staff": self._staff(),
            "budgets": tuple((region, "", str(n)) for region, n in self.budgets.items()),
        }

    def _products(self) -> tuple[tuple[object, ...], ...]:
        return tuple(
            (p.sku, p.name, "", "", p.spec, "听", p.tins_per_case, str(p.price), "regular", "yes")
            for p in self.products
        )

    def _customers(self) -> tuple[tuple[object, ...], ...]:
        return tuple(
            (
                *(d.code, d.name, "", d.region, d.manager, d.email, d.consignee, d.phone),
                *(d.address, "", d.limit, d.expense, d.owed),
            )
            for d in self.distributors
        )

    def _staff(self) -> tuple[tuple[object, ...], ...]:
        managers = [("regional_manager", f"{r}经理", self.manager(r), r, "") for r in self.names]
        admins = [
            ("sales_admin", f"销管{n}", address, ",".join(regions), "")
            for n, (address, regions) in enumerate(self.admins.items(), start=1)
        ]
        stores = [
            ("warehouse", f"{address.partition('@')[0]}仓", address, ",".join(regions), "")
            for address, regions in self.warehouses.items()
        ]
        others = [
            ("logistics", "物流部", self.logistics, "", ""),
            ("finance", "财务部", self.finance, "", ""),
            ("marketing_gm", "市场部总经理", self.marketing, "", ""),
            ("it_admin", "系统管理员", f"it@{DOMAIN}", "", ""),
        ]
        return (*managers, *admins, *stores, *others)
