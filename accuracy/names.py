"""The ways in which people write the name of a ware and of a distributor, each naming just one."""

from __future__ import annotations

import re
from collections.abc import Callable

from accuracy.world import CHINESE_STAGES, Dealer, Ware

TRADITIONAL_OF = str.maketrans("装儿宝爱护产婴贝优乐农学", "裝兒寶愛護產嬰貝優樂農學")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NAME_FORMS = (
    "full", "full", "full", "spaced", "chinese", "pack", "brandless", "reordered", "alias", "alias_spaced", "wide", "packless",
    "halfwidth", "brandless_spaced", "traditional", "turned",
)  # fmt: skip
SPEC_FORMS = ("full", "full", "times", "gram", "weight", "pack", "pack_words", "per_tin")
SPECS_WITH_WEIGHT = ("full", "times", "gram", "weight", "per_tin")


def name_of(ware: Ware, form: str) -> str:
    """The full name where the ware cannot be written in this form."""
    return _FORMS[form](ware) if form in _FORMS else ware.name


def _chinese(ware: Ware) -> str:
    return ware.name.replace(f"{ware.stage}段", f"{CHINESE_STAGES[ware.stage]}段")


def _spaced(ware: Ware) -> str:
    """Spaces around stage and weight, and behind the brand."""
    bare = ware.name.replace(ware.brand, f"{ware.brand} ", 1)
    return re.sub(r"(?<=[\u4e00-\u9fff）])(?=\d)|(?<=段)(?=\d)", " ", bare)


def _pack(ware: Ware) -> str:
    return f"{ware.name}（{ware.spec}）"


def _brandless(ware: Ware) -> str:
    return ware.name.removeprefix(ware.brand)


def _reordered(ware: Ware) -> str:
    """Series, stage and weight first, what it is behind; only where the name has the usual order."""
    found = re.fullmatch(
        rf"{ware.brand}{ware.series}(\D+?)({ware.stage}段)({ware.weight}g)", ware.name
    )
    if found is None:
        return ware.name
    sort, stage, weight = found.groups()
    return f"{ware.brand}{ware.series}{stage}{weight}{sort}"


def _alias(ware: Ware) -> str:
    return ware.aliases[0] if ware.aliases else ware.name


def _alias_spaced(ware: Ware) -> str:
    if not ware.aliases:
        return ware.name
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", ware.aliases[-1])


def _wide(ware: Ware) -> str:
    return ware.name.translate(WIDE)


def _packless(ware: Ware) -> str:
    return ware.packless


def _traditional(ware: Ware) -> str:
    """Written in characters that are simplified to those of the name."""
    return ware.name.translate(TRADITIONAL_OF)


def _turned(ware: Ware) -> str:
    """`1段金装900g` for `金装1段900g`: the words of its short name, the stage first."""
    found = re.fullmatch(r"(\D+)(\d段)(\d+g)?", _alias(ware))
    return f"{found[2]}{found[1]}{found[3] or ''}" if found else ware.name


def _halfwidth(ware: Ware) -> str:
    return ware.name.replace("（", "(").replace("）", ")").replace("，", ",")


_FORMS: dict[str, Callable[[Ware], str]] = {
    "spaced": _spaced,
    "chinese": _chinese,
    "pack": _pack,
    "brandless": _brandless,
    "brandless_spaced": lambda w: _spaced(w).removeprefix(w.brand).strip(),
    "reordered": _reordered,
    "alias": _alias,
    "alias_spaced": _alias_spaced,
    "wide": _wide,
    "packless": _packless,
    "halfwidth": _halfwidth,
    "traditional": _traditional,
    "turned": _turned,
    "english": lambda w: w.english,
    "english_upper": lambda w: w.english.upper(),
}


def spec_of(ware: Ware, form: str) -> str:
    weight, count = ware.weight, ware.per_case
    return {
        "full": ware.spec,
        "times": f"{weight}g×{count}",
        "gram": f"{weight}克*{count}听",
        "weight": f"{weight}g",
        "pack": f"1*{count}",
        "pack_words": f"{count}听/箱",
        "per_tin": f"{weight}g/听*{count}听",
    }[form]


def dealer_forms(dealer: Dealer, aliases: tuple[str, ...]) -> dict[str, str]:
    """Texts that name this distributor; `aliases` are those that name no other."""
    forms = {
        "name": dealer.name,
        "name_code": f"{dealer.name}（{dealer.code}）",
        "code": dealer.code,
        "code_name": f"{dealer.code} {dealer.name}",
        "name_spaced": f" {dealer.name[:3]} {dealer.name[3:]} ",
    }
    if aliases:
        forms["alias"] = aliases[0]
        forms["alias_last"] = aliases[-1]
    return forms
