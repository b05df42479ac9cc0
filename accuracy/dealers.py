"""Distributors that look like each other, as distributors do."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from accuracy.world import Dealer

POOR = 100
"""A credit limit that no order stays under."""
CITIES = {
    "江北": ("青禾市", "白石市", "云岭市", "柳塘县"),
    "江南": ("南渡市", "清河市", "枫林市", "兰溪口镇"),
    "滨海": ("海门湾市", "沙洲市", "望潮市", "盐田县"),
}
SHOPS = (
    "小叶子",
    "贝乐",
    "贝乐家",
    "亲贝",
    "奶香",
    "童心",
    "宝宝屋",
    "爱婴堂",
    "金摇篮",
    "好孕妈妈",
    "乐咪",
    "袋鼠",
)
ENDS = (
    "母婴用品有限公司",
    "商贸有限公司",
    "贸易有限公司",
    "食品经营部",
    "孕婴童用品店",
    "供应链管理有限公司",
)
FAMILY = "陈林周吴郑何沈韩杨朱秦许吕施张孔曹严华金魏陶姜"
GIVEN = ("一鸣", "小雨", "安", "越", "乐", "建国", "丽华", "晓峰", "敏", "思远", "桂芳", "强")
ROADS = ("临江路", "星光街", "花园路", "海棠路", "建业路", "创新大道", "人民西路", "滨河东路")


def dealers_of(managers: Mapping[str, str], domain: str, seed: int) -> Iterator[Dealer]:
    """About forty, by region; the same shop name in several cities, some with a branch, one poor."""
    rng = random.Random(f"dealers {seed}")
    number = 100 * seed
    for region, cities in CITIES.items():
        for city in cities:
            for shop in rng.sample(SHOPS, 3):
                number += 1
                yield _dealer(rng, f"{'ABC'[seed - 1]}{number:04d}", city, shop, region)
        for branch in ("一分店", "二分店"):
            number += 1
            first = _dealer(rng, f"{'ABC'[seed - 1]}{number:04d}", cities[0], "童梦", region)
            yield replace(
                first,
                name=f"{first.name}{branch}",
                aliases=(f"{cities[0].rstrip('市县')}童梦", f"童梦{branch}{cities[0][:2]}"),
            )

        number += 1
        yield replace(
            _dealer(rng, f"{'ABC'[seed - 1]}{number:04d}", cities[-1], "晨曦", region), credit=POOR
        )


def _dealer(rng: random.Random, code: str, city: str, shop: str, region: str) -> Dealer:
    town = city.rstrip("市县镇")
    road = f"{city}{rng.choice(ROADS)}{rng.randint(1, 299)}号"
    delivery = ""
    if rng.random() < 0.4:
        delivery = f"{city}{rng.choice(ROADS)}{rng.choice(('物流园', '仓储区'))}{rng.choice('ABC')}区{rng.randint(1, 20)}号库"
    domain = {"A": "lanxi", "B": "heyue", "C": "yunmu"}[code[0]] + ".example"
    letters = {"江北": "jiangbei", "江南": "jiangnan", "滨海": "binhai"}[region]
    return Dealer(
        code=code,
        name=f"{city}{shop}{rng.choice(ENDS)}",
        aliases=(f"{town}{shop}", f"{shop}（{town}）"),
        region=region,
        manager=f"rm.{letters}@{domain}",
        email=f"{code.lower()}@dealer.example",
        consignee=rng.choice(FAMILY) + rng.choice(GIVEN),
        phone=f"1{rng.choice('35789')}000{rng.randint(0, 999999):06d}",
        address=road,
        delivery=delivery,
    )
