"""What a remark asks for beyond the columns is seen by a person before goods move."""

from collections.abc import Iterator

from mailflow.domain.appraisal import Appraisal, Item
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Severity
from mailflow.domain.funding import Funding, funding_word
from mailflow.domain.quantity import Unit
from mailflow.rules.cells import shown
from mailflow.rules.check import Remark, check
from mailflow.rules.ordered import Ordered
from mailflow.rules.other_funding import pays_otherwise
from mailflow.rules.other_goods import names_other_goods
from mailflow.rules.other_people import Others
from mailflow.rules.packs_said import denies_pack_of, denies_packs, titled_otherwise
from mailflow.rules.plain_words import (
    adds_goods,
    changes_line,
    changes_order,
    counts_otherwise,
    counts_tins,
    denies_order,
)
from mailflow.rules.units_said import denies_units
from mailflow.rules.wishes import (
    adds_or_delays,
    adds_to_order,
    asks_for_change,
    goods_in,
    is_a_condition,
    is_bare,
    speaks_of_other_funding,
)


@check(severity=Severity.WARNING, asked=Asked.SALES_ADMIN)
def remark_asks(appraisal: Appraisal, facts: Facts) -> Iterator[Remark]:
    """A remark asks for other goods, another quantity, another place or another funding."""
    others, ordered = Others(appraisal, facts), Ordered(appraisal)
    for item in appraisal.items:
        remark = item.line.remark
        if remark is not None and (_asks(remark.text, item) or others.named_in(remark.text)):
            yield Remark(at=remark.at, found=remark.text)
    for written in appraisal.order.remarks:
        asks = asks_for_change(written.text) or goods_in(written.text) or is_bare(written.text)
        asks = asks or changes_order(written.text) or denies_order(written.text)
        asks = asks or denies_packs(written.text, ordered)
        if asks or others.named_in(written.text) or pays_otherwise(written.text, ordered):
            yield Remark(at=written.at, where=appraisal.order.where, found=written.text)
    for written in appraisal.order.hints:
        asks = counts_otherwise(written.text) or adds_goods(written.text)
        if asks or titled_otherwise(written.text, ordered):
            yield Remark(at=written.at, where=appraisal.order.where, found=written.text)
    for written in appraisal.order.notes:
        is_wish = adds_to_order(written.text) or others.spoken_of_in(written.text)
        is_wish = is_wish or pays_otherwise(written.text, ordered)
        is_wish = is_wish or changes_order(written.text) or denies_order(written.text)
        is_wish = is_wish or denies_units(written.text, ordered)
        is_wish = is_wish or denies_packs(written.text, ordered)
        if is_wish or (
            not is_a_condition(written.text) and names_other_goods(written.text, ordered)
        ):
            yield Remark(at=written.at, where=appraisal.order.where, found=written.text)


def _asks(text: str, item: Item) -> bool:
    funding = funding_word(text)
    if funding is not None:
        return funding is not item.funding
    own = {True: shown(item.cases), False: shown(item.tins)}
    if is_bare(text):
        return text.strip() not in own.values()
    return (
        asks_for_change(text)
        or adds_or_delays(text)
        or changes_line(text)
        or denies_pack_of(text, item)
        or (counts_tins(text) and {q.unit for q in item.filled} == {Unit.CASES})
        or (item.funding is Funding.CASH and speaks_of_other_funding(text))
        or any(n != own[cases] for n, cases in goods_in(text))
    )
