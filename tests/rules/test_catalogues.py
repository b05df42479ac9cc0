"""Every finding can be said in both languages, with every blank filled."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from mailflow.desk.replacing import with_amendment
from mailflow.desk.shipped_rows import unclear
from mailflow.domain.attached import ADVISED, Refused, RefusedBecause
from mailflow.domain.confirmed import Confirmed
from mailflow.domain.document import Dated, Doubt, DoubtKind, Skipped, TotalOf, Unknown
from mailflow.domain.facts import Sender
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.habit import Habit
from mailflow.domain.mail import MailKind, Trust
from mailflow.domain.only_head import WHOLE
from mailflow.domain.quantity import Quantity
from mailflow.domain.register import PricePeriod
from mailflow.domain.settlement import ColumnMeans, Recalled, Settlement, SettlementKind
from mailflow.outbox.catalogue import Catalogue
from mailflow.rules.check import Weight, all_checks
from mailflow.rules.correct import unless_sent_again
from mailflow.rules.decide import judge
from mailflow.rules.requests import About
from mailflow.rules.routes import ROUTES, mail_findings, route
from tests.outbox.workbooks.lists import a_list
from tests.rules import desk
from tests.rules.desk import (
    CASES,
    TINS,
    budgeted,
    earlier,
    facts,
    judged,
    line,
    order,
    said,
    ship_to,
    total,
    with_customer,
)
from tests.rules.test_circumstances import content_of
from tests.rules.test_prices import at_prices, price
from tests.rules.test_routes import KNOWN, mail

TEMPLATES = Path(__file__).parents[2] / "templates"
CATALOGUE = Catalogue((TEMPLATES,))
LANGUAGES = ("zh", "en")
BEFORE = date(2026, 11, 5)


REQUESTS = {
    About.COMPLAINT: "破损",
    About.DOCUMENTS: "质检报告",
    About.STATEMENT: "对账单",
    About.REPORT: "月报",
    About.SAMPLES: "样品",
    About.DESIGN: "海报",
    About.TRAINING: "培训",
    About.STATUS: "到哪了",
}


def test_every_request_is_told_in_words_of_its_own() -> None:
    assert REQUESTS.keys() == set(About)
    for language in LANGUAGES:
        entry = wordings(language)["request"]
        assert set(entry["variants"]) == set(entry["titles"]) == {a.value for a in About}


def wordings(language: str) -> dict[str, dict[str, Any]]:
    text = (TEMPLATES / "findings" / f"{language}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return loaded


def _products() -> Iterator[Finding]:
    for each in (
        line("晨霜金装奶粉3段900g"),
        line(None),
        line("金装1段", spec="400g*12"),
        line("金装2段", code="MS-G1-900"),
        line(None, code="MS-G1-900", spec="12"),
        line("羊奶1段400g"),
        line("学生奶粉"),
    ):
        yield from judged(order(each)).findings


def _quantities() -> Iterator[Finding]:
    for text in ("约6", "-6", "0", "6.5", "", "13", "7001"):
        yield from judged(order(line("金装1段", text))).findings
    wanted = facts(confirmed=Confirmed(loose_because="门店急用"))
    both = order(line("金装1段", "13"), line("羊奶1段", "13", row=8))
    yield from judged(both, wanted).findings
    for each in (
        line("金装1段", "9.5", CASES),
        line("金装1段", "9箱3听", CASES),
        line("金装1段", "13", remark="特批"),
        line("金装1段", "10箱60听"),
        line("金装1段", "10", CASES, second=("66", TINS)),
        line("金装1段", "12", None),
        line("金装1段", "12", None, amount="2016"),
        line("金装1段", "12", None, amount="12096"),
        line("金装1段", "6", hidden=True),
        replace(line(), quantities=(Quantity("6", desk.at(7, 3), None, TINS, shared=True),)),
        line("金装1段", "60", remark="改为6箱"),
    ):
        yield from judged(order(each)).findings
    steady = facts(habits={desk.BELLE.code: Habit(({desk.GOLD.sku: 60},) * 12)})
    for each in (line("金装1段", "200", CASES), line(desk.GOAT_TWO.name, "12")):
        yield from judged(order(each), steady).findings


def _money() -> Iterator[Finding]:
    for each in (
        line("金装1段", price="165"),
        line("金装1段", "10", CASES, price="1008", amount="10080"),
        line("金装1段", amount="1"),
        line("金装1段", "约60", amount="一万"),
        line("金装1段", funding="月结"),
        line("金装1段", funding="赠品"),
        line("小听1段", "24", funding="现金"),
    ):
        yield from judged(order(each)).findings
    changed = replace(desk.GOLD, prices=(*desk.GOLD.prices, PricePeriod(Decimal(1), BEFORE)))
    priced = (
        facts(register=replace(desk.REGISTER, products=(changed,))),
        at_prices(price("150")),
        at_prices(price("150", region=desk.BELLE.region)),
        at_prices(price("150", distributor=desk.BELLE.code)),
    )
    for known in priced:
        yield from judged(order(line("金装1段", price="165")), known).findings
    yield from judged(order(line(), hints=(said("费用订单"),))).findings
    yield from judged(order(line(), hints=(said("退货申请"),))).findings
    for word in ("面议", "费用"):
        paid = replace(order(line("羊奶1段", "6"), line(row=8)), funding=(said(word),))
        yield from judged(paid).findings
    mixed = order(line("羊奶1段", "6"), line(row=8, funding="现金"))
    yield from judged(replace(mixed, funding=(said("费用"),))).findings
    crowd = (total(TotalOf.TINS, "60"),) * 101
    yield from judged(order(line(), totals=crowd)).findings
    for of in TotalOf:
        yield from judged(order(line(), totals=(total(of, "1"),))).findings
    yield from judged(order(line("金装1段", "约6"), totals=(total(TotalOf.TINS, "x"),))).findings
    poor = with_customer(credit_limit=Decimal(1), expense_balance=Decimal(0))
    yield from judged(order(line(), line(row=8, funding="费用")), poor).findings
    yield from judged(order(line(funding="费用")), budgeted("1")).findings


def _whose() -> Iterator[Finding]:
    for names in ((), ("某某",), ("平川爱岛",)):
        yield from judged(order(distributor=names)).findings
    for field in ("consignee", "phone", "address", "delivery_address"):
        for told in (facts(), facts(confirmed=Confirmed(ship_to=True))):
            yield from judged(order(ship_to=ship_to(**{field: "别处"})), told).findings
    for sender in (
        Sender("w@house.example", Trust.A, (desk.WAREHOUSE,)),
        replace(KNOWN, trust=Trust.B),
    ):
        yield from judged(order(), facts(sender=sender)).findings
    before = (earlier(fingerprint=content_of()), earlier(their_number="8"))
    for each in before:
        yield from judged(order(number=said("8")), facts(earlier=(each,))).findings
    meanwhile = facts(earlier=(earlier(),))
    before = desk.RECEIVED - timedelta(days=1)
    yield from unless_sent_again(judged(order(), meanwhile), meanwhile, before).findings
    yield from judged(order(), facts(mail_text="第三行改为20箱")).findings
    yield from with_amendment(judged(order()), a_list().order).findings
    for hint in ("更正", "作废"):
        yield from judged(order(hints=(said(hint),))).findings
    for day in ("2026-11-10", "2026-01-01"):
        dated = order(day=date.fromisoformat(day))
        yield from judged(dated).findings
    unreadable = replace(order(), order_date=Dated("?", None, None))
    yield from judged(unreadable).findings
    late = datetime(2026, 11, 26, tzinfo=UTC)
    yield from judged(order(), facts(received=late)).findings


def _documents() -> Iterator[Finding]:
    yield from judged(replace(order(), lines=())).findings
    for kind in DoubtKind:
        for expected in ("", "单价"):
            yield from judged(order(doubts=(Doubt(kind, None, "x", expected),))).findings
    for hidden in (False, True):
        yield from judged(replace(order(), skipped=(Skipped("x", hidden),))).findings
    yield from judge(Unknown("a.xlsx", None, "x"), facts(), desk.LEXICON, {}).findings
    off = {check.code: Weight(off=True) for check in all_checks()}
    yield from judged(order(line("谁")), weights=off).findings
    yield from judged(order(distributor=()), weights=off).findings


def _settled() -> Iterator[Finding]:
    def use(kind: SettlementKind, said: str, means: str) -> Settlement:
        return Settlement(
            sender=desk.MANAGER.email,
            kind=kind,
            said=said,
            key=said,
            means=means,
            reason="x",
            by="wang",
            number=1,
            since=desk.RECEIVED,
        )

    for means in ColumnMeans:
        known = (use(SettlementKind.COLUMN, "数量", means.value),)
        read = order(settled=(Recalled(1, "数量"),))
        yield from judged(read, facts(settlements=known)).findings
    yield from judged(order(settled=(Recalled(1, "数量"),))).findings
    word = (use(SettlementKind.PRODUCT, "小罐", desk.GOLD.sku),)
    yield from judged(order(line("小罐")), facts(settlements=word)).findings
    shop = (use(SettlementKind.DISTRIBUTOR, "华东店", desk.BELLE.code),)
    yield from judged(order(distributor=("华东店",)), facts(settlements=shop)).findings


def _mails() -> Iterator[Finding]:
    refused = (
        *(Refused("b", reason, "d") for reason in RefusedBecause),
        Refused("", RefusedBecause.TOO_LARGE, WHOLE),
        *(Refused("b", reason, detail) for reason in ADVISED for detail in sorted(ADVISED[reason])),
        Refused("", RefusedBecause.TOO_LARGE),
    )
    for reading in (
        mail(refused=refused),
        mail(),
        mail(sender=None),
        mail(MailKind.LIST, documents=(order(),)),
        mail(MailKind.LIST, documents=(Unknown("a.xlsx", None, "x"),)),
        mail(MailKind.ANSWER),
        mail(subject="撤回: 订单"),
        *(mail(subject=words) for words in REQUESTS.values()),
    ):
        yield from mail_findings(reading, route(reading, KNOWN))
    for code in ("order-in-words", "change-in-words", "not-told"):
        yield Finding(code, Severity.ERROR, Asked.SENDER, found="要20箱")


def _goods() -> Iterator[Finding]:
    """What is found of goods that left (`desk/shipping.py`)."""
    details = (("list", "FH261109-0042 R1"), ("product", "金装1段"), ("tins", "6"))
    for code in ("goods-missed", "goods-over", "goods-wrong"):
        yield Finding(
            code, Severity.ERROR, Asked.SALES_ADMIN, found="6", expected="12", details=details
        )
    for code in ("list-unknown", "list-outdated", "list-not-yours", "list-closed"):
        yield Finding(code, Severity.ERROR, Asked.SENDER, found="FH261109-0042 R1", expected="R2")
    for variant in ("twice", "product", "quantity", "split"):
        yield unclear(variant, "金装1段")


def spoken() -> list[Finding]:
    """One finding at least of every code and variant there is."""
    sources = (_products, _quantities, _money, _whose, _documents, _settled, _mails, _goods)
    return [f for source in sources for f in source()]


FINDINGS = spoken()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_can_be_said_with_all_blanks_filled(language: str) -> None:
    for finding in FINDINGS:
        text = CATALOGUE.message(finding, language)
        assert text.strip()
        assert "{" not in text
        assert "“”" not in text, (finding, text)
        assert CATALOGUE.title(finding.code, language) != finding.code


def test_every_check_speaks_in_this_test() -> None:
    assert {check.code for check in all_checks()} <= {f.code for f in FINDINGS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_of_the_catalogue_is_used_by_some_finding(language: str) -> None:
    entries = wordings(language)
    used = {(f.code, f.variant) for f in FINDINGS}
    checked = {check.code for check in all_checks()}
    unused = [
        (code, variant)
        for code, entry in entries.items()
        if code in checked
        for variant in entry.get("variants", {})
        if (code, variant) not in used
    ]
    assert unused == []


def test_both_languages_say_the_same_things() -> None:
    zh, en = map(wordings, LANGUAGES)
    assert zh.keys() == en.keys()
    for code, entry in zh.items():
        assert entry.get("variants", {}).keys() == en[code].get("variants", {}).keys(), code


def test_both_languages_fill_the_same_blanks_of_every_variant() -> None:
    zh, en = map(wordings, LANGUAGES)
    for code in zh:
        for one, other in (
            (zh[code]["message"], en[code]["message"]),
            *(
                (text, en[code]["variants"][variant])
                for variant, text in zh[code].get("variants", {}).items()
            ),
        ):
            assert _blanks(one) == _blanks(other), (code, one, other)


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_route_that_asks_a_person_has_words() -> None:
    for way in ROUTES:
        if not way.answered:
            assert CATALOGUE.title(way.reason, "zh") != way.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_opened_is_advised_on_in_words_of_its_own(language: str) -> None:
    said_of = {f.variant for f in FINDINGS if f.code == "attachment-refused"}
    assert wordings(language)["attachment-refused"]["variants"].keys() == said_of
