"""The pack a text states, such as `900g*6听/箱`, is the product's own or contradicts it."""

from __future__ import annotations

import re
from decimal import Decimal

from mailflow.domain.pattern import pattern
from mailflow.domain.register import Product
from mailflow.domain.spelling import plain, remembered

_TIN = r"(?:听|罐|tins?|cans?)"
_CASE = r"(?:箱|件|cases?|ctns?|cartons?)"
_WEIGHT = pattern(r"(?<![\d.])(\d+)g(?![a-wyz])")
_KILOS = pattern(r"(\d+(?:\.\d+)?)kgs?(?![a-wyz])")
_TINS_PER_CASE = (
    pattern(r"[x×*](\d+)(?!\d*(?:g|kg|\.))"),
    pattern(r"(?<!\d)(\d+)[x×*]\d+g"),
    pattern(rf"(\d+){_TIN}(?:装|入)?(?:/|每|per)?{_CASE}"),
    pattern(rf"(?:每|一|1){_CASE}(?:装|按|是|为|合|共)?(\d+){_TIN}"),
    pattern(rf"(\d+){_TIN}?(?:装|入)(?![a-z])"),
)
_PACK_SIGN = rf"(?:\d+(?:\.\d+)?|kg|g|[*x×/每装入\s]|{_TIN}|{_CASE}|per)"
_PACK_IN_BRACKETS = pattern(rf"[(\[【]{_PACK_SIGN}++[)\]】]\s*$")
_PACK_BEHIND = pattern(
    rf"[\s(\[]*\d+\s*g?\s*[*x×]\s*\d+\s*g?\s*{_TIN}?(?:\s*/\s*{_CASE})?[\s)\]]*$"
)
LIGHTEST = 50
"""Grams: a bare number from here on is a weight."""
_ONE = pattern(r"(?<!\d)1(?=[x×*/听罐箱件])|(?<=[x×*])1(?!\d)")
_COUNT_BEHIND = pattern(rf"\s*[*x×]\s*\d+\s*{_TIN}?(?:\s*/\s*{_CASE})?\s*$")
_WEIGHT_AHEAD = pattern(r"^[\s(\[]*\d+\s*g(?![a-z])[\s)\]]*")
_WEIGHT_BEHIND = pattern(r"[\s(\[]*\d+\s*g[\s)\]]*$")


LONGEST = 300
"""Signs of a text in which a pack is looked for; a longer one is no name, and would take for ever."""


@remembered
def pack_of(text: str) -> tuple[int | None, int | None]:
    """Grams a tin and tins a case as a text states them: `900g*6听/箱` is (900, 6)."""
    if len(text) > LONGEST:
        return None, None
    squeezed = _squeezed(text)
    weights = {int(g) for g in _WEIGHT.findall(squeezed)}
    weights |= {int(Decimal(k) * 1000) for k in _KILOS.findall(squeezed)}
    tins = _tins_in(squeezed) - weights
    weight = weights.pop() if len(weights) == 1 else None
    return weight, tins.pop() if len(tins) == 1 else None


def _tins_in(squeezed: str) -> set[int]:
    return {int(n) for form in _TINS_PER_CASE for n in form.findall(squeezed)}


def states_weight(text: str) -> bool:
    """`900g*6`, and a bare `900`, which counts no tins."""
    bare = plain(text).strip()
    is_number = bare.isdecimal() and len(bare) <= LONGEST
    return pack_of(text)[0] is not None or (is_number and int(bare) >= LIGHTEST)


def weight_in(text: str) -> int | None:
    """The weight a pack states: `900g*6`, and a bare `900`."""
    bare = plain(text).strip()
    return int(bare) if states_weight(bare) and bare.isdecimal() else pack_of(text)[0]


@remembered
def _squeezed(text: str) -> str:
    """Without white space, but two numbers side by side (`Gold 1 900g`) stay two numbers."""
    return re.sub(r"\s+", "", re.sub(r"(\d)\s+(?=\d)", r"\1;", plain(text)))


@remembered
def without_pack(text: str) -> tuple[str, ...]:
    """A name with less and less of the pack that is often written behind it."""
    if len(text) > LONGEST:
        return ()
    text = plain(text)
    shorter = [_PACK_IN_BRACKETS.sub("", text)]
    shorter += [form.sub("", shorter[0]) for form in (_COUNT_BEHIND, _PACK_BEHIND)]
    shorter.append(_WEIGHT_BEHIND.sub("", shorter[0]))
    return tuple(dict.fromkeys(s for s in shorter if s.strip() and s != text))


@remembered
def without_weight_ahead(text: str) -> str:
    """`900g金装1段` as `金装1段`."""
    return _WEIGHT_AHEAD.sub("", plain(text)) if len(text) <= LONGEST else text


def weight_of(product: Product) -> int | None:
    return pack_of(product.name)[0] or pack_of(product.spec)[0]


def fits(product: Product, name: str | None, spec: str | None) -> bool:
    """Whether the packs that name and spec state, if any, are the product's own."""
    if name:
        own = weight_of(product)
        weight, tins = pack_of(name)
        if weight is not None and own is not None and weight != own:
            return False
        if tins is not None and tins != product.tins_per_case:
            return False
    return not spec or _explains(product, spec)


def _explains(product: Product, spec: str) -> bool:
    """Every figure of a stated pack must be one of the product's; a bare one its pack or weight.

    Stricter than for a name, since a wrong number of tins a case turns cases into wrong tins.
    """
    if len(spec) > LONGEST:
        return False
    text, own = _squeezed(spec), weight_of(product)
    if text == _squeezed(product.spec):
        return True
    if bare := re.fullmatch(r"(\d+)(?:\.0+)?", text):
        return int(bare[1]) in (own, product.tins_per_case)
    weight, _ = pack_of(spec)
    if weight is not None and own is not None and weight not in (own, own * product.tins_per_case):
        return False
    # Two packs in one text, as of a pack's column and one of tins a case, are one too many.
    if _tins_in(text) - {product.tins_per_case, own, weight}:
        return False
    known = {own, product.tins_per_case, *_figures(product.name), *_figures(product.sku)}
    return set(_figures(_ONE.sub("", _KILOS.sub("", text)))) <= known


def _figures(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", text)]
