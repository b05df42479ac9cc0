"""Specimens of the letters about call-back results, with invented stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mailflow.domain.appraisal import Funding
from mailflow.domain.called import CallSums
from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter, ListFile, MarkedCopy
from mailflow.domain.notice_calls import (
    CallAnswerNotice,
    CallLine,
    CallSumsFile,
    CallSumsNotice,
    EnteredSheet,
    WaivedNotice,
)
from mailflow.domain.notice_orders import ListNotice, OrderReport
from mailflow.domain.order import DispatchList
from mailflow.domain.register import Person, Role
from mailflow.domain.sheet import Place
from mailflow.domain.shortfall import Deducted, Shortfall
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER, dispatch_list, order

AGENT = Person(Role.CUSTOMER_SERVICE, "陈客服", "service.north@chenlu.example", ("河南",))
FILE, NUMBER, MONTH = "11月回访结果.xlsx", "M71", date(2026, 11, 1)
NAMES = ("晨露金装小听粉1段130g", "晨露铂金小听粉2段130g", "")


def call_letters(language: str) -> Iterator[Letter]:
    sheet = EnteredSheet(
        attachment=FILE, where="Sheet1!A3:K58", new=41, changed=3, known=6, empty=4
    )
    told = ("河南区域经理", ADMIN.name)
    yield _answer(CallAnswerNotice(subject="11月回访", sheets=(sheet,), told=told), language)
    asked = (
        _finding("used", 8, 7),
        _finding("more", 12, 8, "7"),
        _finding("product", 20, 3, "金装小罐"),
    )
    partly = replace(sheet, asked=asked)
    copy = MarkedCopy(71, FILE, "xlsx", asked, language)
    letter = _answer(CallAnswerNotice(subject="11月回访", sheets=(partly,), told=told), language)
    yield replace(letter, enclosures=(copy,))
    known = EnteredSheet(attachment=FILE, where="Sheet1!A3:K58", known=50)
    yield _answer(CallAnswerNotice(subject="11月回访", sheets=(known,)), language)
    lines = tuple(_lines())
    yield _sums(CallSumsNotice(by=AGENT.name, lines=lines, open=3), language)
    yield _sums(CallSumsNotice(by=AGENT.name, lines=(_silent(),)), language)
    listed = fewer_list()
    yield Letter(
        notice=ListNotice(listed),
        to=("warehouse.north@chenlu.example",),
        subject_id=listed.number,
        language=language,
        enclosures=(ListFile(listed),),
    )
    short = (replace(lines[0], shortfall=_shortfall()), *lines[1:])
    yield _sums(CallSumsNotice(by=AGENT.name, lines=short, may_waive=True, unnamed=1), language)
    yield _waived(_shortfall(), language)
    yield _waived(replace(_shortfall(), taken=2), language)


def _shortfall() -> Shortfall:
    return Shortfall(
        number="XT-HE1000-202611-3f9a2c41",
        distributor=CUSTOMER.code,
        key="阳光母婴店",
        store="阳光母婴店",
        sku="CL-JZ1-S130",
        month=MONTH,
        heard=24,
        used=11,
        standard=600,
    )


def _waived(shortfall: Shortfall, language: str) -> Letter:
    notice = WaivedNotice(
        subject=f"免扣 {shortfall.number}",
        by=ADMIN.name,
        name=CUSTOMER.name,
        product=NAMES[0],
        shortfall=shortfall,
    )
    return Letter(
        notice=notice,
        to=(ADMIN.email,),
        cc=(CUSTOMER.regional_manager,),
        subject_id=f"{shortfall.number}-M72",
        about=shortfall.number,
        language=language,
        thread=Thread("<waive-1201@chenlu.example>", (), notice.subject),
    )


def fewer_list() -> DispatchList:
    """Of 48 sample tins of the last line 24 are taken off, for two stores."""
    own = order()
    position = next(n for n, line in enumerate(own.lines) if line.funding is Funding.SAMPLE)
    line = own.lines[position]
    mine = replace(line, tins=line.tins - 24, deducted=24)
    lines = (*own.lines[:position], mine, *own.lines[position + 1 :])
    reasons = tuple(
        Deducted(
            number=_shortfall().number,
            position=position,
            tins=tins,
            store=store,
            month=MONTH,
            heard=heard,
            used=used,
            standard=600,
        )
        for store, heard, used, tins in (("阳光母婴店", 60, 19, 17), ("月亮母婴店", 30, 11, 7))
    )
    return replace(dispatch_list(), order=replace(own, lines=lines, deductions=reasons))


def fewer_report() -> OrderReport:
    sheet = fewer_list()
    return OrderReport(sheet.order, Outcome.ACCEPTED, (), sheet)


def _lines() -> Iterator[CallLine]:
    figures = ((20, 15, 30, 24, 11, 8), (12, 12, 24, 24, 21, 1), (9, 7, 7, 7, 7, 0))
    for number, (name, counts) in enumerate(zip(NAMES, figures, strict=True)):
        calls, reached, sent, heard, used, wasted = counts
        yield CallLine(
            distributor=CUSTOMER.code,
            name=CUSTOMER.name,
            store=f"{('阳光', '月亮', '星星')[number]}母婴店",
            sku=("CL-JZ1-S130", "CL-BJ2-S130", "")[number],
            product=name,
            month=MONTH,
            sums=CallSums(
                calls=calls, reached=reached, sent=sent, heard=heard, used=used, wasted=wasted
            ),
        )
    yield _silent()


def _silent() -> CallLine:
    return CallLine(
        distributor=CUSTOMER.code,
        name=CUSTOMER.name,
        store="彩虹母婴店",
        sku="CL-JZ1-S130",
        product=NAMES[0],
        month=MONTH,
        sums=CallSums(calls=3, sent=3),
    )


def _finding(variant: str, row: int, column: int, found: str = "") -> Finding:
    return Finding(
        "call-value",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(FILE, "Sheet1", row, column),
        found=found,
        variant=variant,
    )


def _answer(notice: CallAnswerNotice, language: str) -> Letter:
    return Letter(
        notice=notice,
        to=(AGENT.email,),
        subject_id=NUMBER,
        language=language,
        thread=Thread("<calls-1130@chenlu.example>", (), notice.subject),
    )


def _sums(notice: CallSumsNotice, language: str) -> Letter:
    return Letter(
        notice=notice,
        to=(CUSTOMER.regional_manager,),
        subject_id=NUMBER,
        language=language,
        enclosures=(CallSumsFile(notice.lines, NUMBER, language),),
    )
