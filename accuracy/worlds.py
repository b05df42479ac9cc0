"""The invented desks: several ways in which makers number, name and pack their goods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from accuracy.dealers import dealers_of
from accuracy.world import CHINESE_STAGES, Ware, World

TINY = {"900": 6, "800": 6, "700": 12, "400": 12, "300": 24, "200": 24}
"""Tins in a case, by the tin's weight in grams."""


def _price(base: str, stage: int, weight: int) -> Decimal:
    """Dearer the younger; small tins cost a little more by weight, with odd cents."""
    big = Decimal(base) - 10 * (stage - 1)
    return big if weight >= 700 else (big * weight / 820).quantize(Decimal("0.1"))


def _lanxi() -> Iterator[Ware]:
    """Speaking codes, short names for the large tin, sample tins of every series."""
    for series, letters, english, base, weights in (
        ("臻护", "ZH", "Prime", "218", (900, 400)),
        ("启悦", "QY", "Spark", "176", (900, 400)),
        ("羊初", "YC", "Goat", "338", (800,)),
        ("有机稻源", "YJ", "Organic", "306", (900, 400)),
    ):
        for stage in (1, 2, 3, 4):
            for weight in weights:
                short = f"{series}{stage}段"
                aliases = [f"{short}{weight}", f"{short}{weight}克装"]
                if weight == weights[0]:
                    aliases += [short, f"{series}{CHINESE_STAGES[stage]}段"]
                yield Ware(
                    sku=f"LX-{letters}{stage}-{weight}",
                    name=f"岚溪{series}婴幼儿配方奶粉{stage}段{weight}g",
                    english=f"Lanxi {english} Formula Stage {stage} {weight} g",
                    aliases=tuple(aliases),
                    brand="岚溪",
                    series=series,
                    stage=stage,
                    weight=weight,
                    per_case=TINY[str(weight)],
                    price=_price(base, stage, weight),
                )
            if stage < 4:
                yield Ware(
                    sku=f"LX-{letters}{stage}-S120",
                    name=f"岚溪{series}小听粉{stage}段120g",
                    english=f"Lanxi {english} Sample Tin Stage {stage} 120 g",
                    aliases=(f"{series}{stage}段小听", f"小听粉{series}{stage}段"),
                    brand="岚溪",
                    series=series,
                    stage=stage,
                    weight=120,
                    per_case=24,
                    price=Decimal(0),
                    sample=True,
                )
    yield Ware(
        "LX-XS0-900", "岚溪学生奶粉900g", "Lanxi Student 900 g", ("学生奶粉",), "岚溪", "学生",
        0, 900, 6, Decimal("96"), active=False,
    )  # fmt: skip


def _heyue() -> Iterator[Ware]:
    """Codes of digits with leading zeros; names by age, as the labels of tins have them."""
    ages = ("", "0-6月龄", "6-12月龄", "12-36月龄", "36-72月龄")
    sorts = ("", "婴儿", "较大婴儿", "幼儿", "儿童")
    for number, (series, english, base, weights) in enumerate(
        (
            ("臻爱", "Devotion", "258", (800, 300)),
            ("臻爱优", "Devotion Plus", "298", (800,)),
            ("舒怡", "Comfort", "198", (800, 200)),
        ),
        start=1,
    ):
        for stage in (1, 2, 3, 4):
            for weight in weights:
                yield Ware(
                    sku=f"0{number}{stage}{weight:04d}",
                    name=f"禾悦{series}{sorts[stage]}配方奶粉（{ages[stage]}，{stage}段）{weight}克",
                    english=f"Heyue {english} {stage} {weight}g",
                    aliases=(f"{series}{stage}段{weight}克", f"{series}{stage}段{weight}g")
                    + ((f"{series}{stage}段",) if len(weights) == 1 else ()),
                    brand="禾悦",
                    series=series,
                    stage=stage,
                    weight=weight,
                    per_case=TINY[str(weight)],
                    price=_price(base, stage, weight),
                )
    for stage in (1, 2, 3):
        yield Ware(
            sku=f"09{stage}0100",
            name=f"禾悦臻爱{sorts[stage]}配方奶粉{stage}段体验装100克",
            english=f"Heyue Devotion {stage} Sample 100g",
            aliases=(f"臻爱{stage}段体验装", f"体验装{stage}段"),
            brand="禾悦",
            series="臻爱",
            stage=stage,
            weight=100,
            per_case=24,
            price=Decimal(0),
            sample=True,
        )
    yield Ware(
        "0990400", "禾悦高钙成人奶粉400克", "Heyue Adult 400g", ("成人奶粉",), "禾悦", "高钙",
        0, 400, 12, Decimal("58"), active=False,
    )  # fmt: skip


def _yunmu() -> Iterator[Ware]:
    """Long codes of digits that no cell's number can hold; few aliases; packs of twelve."""
    for number, (series, base, weights) in enumerate(
        (("金护", "188", (700, 400)), ("金护优", "228", (700,)), ("牧童", "148", (700, 400))),
        start=1,
    ):
        for stage in (1, 2, 3):
            for weight in weights:
                yield Ware(
                    sku=f"69012345{number}{stage}0{weight:04d}{number}{stage}7",
                    name=f"云牧{series}配方奶粉{stage}段{weight}g",
                    english=f"Yunmu {('', 'Gold', 'Gold Plus', 'Shepherd')[number]} {stage} {weight} g",
                    aliases=(f"{series}{stage}段{weight}g",),
                    brand="云牧",
                    series=series,
                    stage=stage,
                    weight=weight,
                    per_case=TINY[str(weight)],
                    price=_price(base, stage, weight),
                )
    yield Ware(
        "690123459000120991", "云牧金护试饮装1段120g", "Yunmu Gold 1 Sample 120 g", ("试饮装1段",),
        "云牧", "金护", 1, 120, 24, Decimal(0), sample=True,
    )  # fmt: skip
    yield Ware(
        "690123459990700997", "云牧女士奶粉700g", "Yunmu Lady 700 g", (), "云牧", "女士",
        0, 700, 12, Decimal("88"), active=False,
    )  # fmt: skip


def _world(name: str, brand: str, wares: Iterator[Ware], seed: int) -> World:
    domain = f"{name}.example"
    managers = {
        "江北": f"rm.jiangbei@{domain}",
        "江南": f"rm.jiangnan@{domain}",
        "滨海": f"rm.binhai@{domain}",
    }
    return World(
        name=name,
        brand=brand,
        wares=tuple(wares),
        dealers=tuple(dealers_of(managers, domain, seed)),
        managers=managers,
        admin=f"admin@{domain}",
        domain=domain,
    )


def worlds() -> tuple[World, ...]:
    return (
        _world("lanxi", "岚溪", _lanxi(), 1),
        _world("heyue", "禾悦", _heyue(), 2),
        _world("yunmu", "云牧", _yunmu(), 3),
    )
