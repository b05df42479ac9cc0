"""Specimens of the letters about lists of consumers; nobody in them is real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.consumer_list import Consumer
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_consumers import (
    CallSheet,
    CallsNotice,
    ConsumersNotice,
    ForgottenNotice,
    NoCallerNotice,
    PassedOn,
)
from mailflow.domain.sheet import Place
from mailflow.outbox.specimen_orders import ADMIN

NUMBER = "XF261109-0061"
FILE = "消费者名单1109.xlsx"
ROWS = tuple(
    Consumer(
        attachment=FILE,
        cell=f"名单!C{number + 3}",
        region="河南",
        name=name,
        phone=phone,
        key=f"+86{phone}",
        baby=baby,
        store=store,
        distributor="HE1000",
        product="宸露金装 1 段 900g",
    )
    for number, (name, phone, baby, store) in enumerate(
        (
            ("王某芳", "13800001111", "小宝", "阳光母婴店"),
            ("李某", "13900002222", "", "阳光母婴店"),
            ("赵某敏", "13700003333", "乐乐", "月亮母婴店"),
        )
    )
)


def told(code: str, row: int, found: str, variant: str = "", other: str = "") -> Finding:
    is_known = code == "consumer-again"
    return Finding(
        code,
        Severity.INFO if is_known else Severity.WARNING,
        Asked.NOBODY if is_known else Asked.SENDER,
        at=Place(FILE, "名单", row, 2),
        found=found,
        variant=variant,
        details=(("other", other),) if other else (),
    )


TAKEN = ConsumersNotice(
    subject="11月消费者名单",
    number=NUMBER,
    passed=(PassedOn("河南", 3, "陈客服"),),
)
ASKED = replace(
    TAKEN,
    passed=(PassedOn("河南", 3, "陈客服"), PassedOn("豫西", 2)),
    asked=(
        told("consumer-phone", 7, "138****00", "invalid"),
        told("consumer-phone", 8, "", "missing"),
        told("consumer-name", 9, ""),
        told("consumer-store", 9, ""),
        told("consumer-region", 10, "火星", "unknown"),
    ),
    again=(
        told("consumer-again", 11, "138****1111", "list", "名单!C4"),
        told("consumer-again", 12, "136****4444", "own", "XF261012-0017"),
        told("consumer-again", 13, "135****5555", "earlier"),
    ),
)
WHOLE = ConsumersNotice(
    subject="11月消费者名单",
    number=NUMBER,
    asked=(
        Finding(
            "report-doubt",
            Severity.WARNING,
            Asked.SENDER,
            at=Place(FILE, "名单", 1, 2),
            found="***",
            variant="ambiguous-column",
        ),
    ),
    whole=True,
)


def consumer_letters(language: str) -> Iterator[Letter]:
    for notice in (TAKEN, ASKED, WHOLE):
        yield Letter(
            notice=notice,
            to=(ADMIN.email,),
            subject_id=NUMBER,
            language=language,
            thread=Thread("<consumers-1109@chenlu.example>", (), notice.subject),
        )
    yield Letter(
        notice=CallsNotice(
            number=NUMBER,
            region="河南",
            count=3,
            stores=(("阳光母婴店", 2), ("月亮母婴店", 1)),
            keep_days=90,
        ),
        to=("service@chenlu.example",),
        subject_id=f"{NUMBER} 河南",
        about=NUMBER,
        language=language,
        enclosures=(CallSheet(NUMBER, "河南", ROWS, language),),
    )
    yield Letter(
        notice=NoCallerNotice(number=NUMBER, region="豫西", count=2),
        to=(ADMIN.email,),
        subject_id=f"{NUMBER} 豫西",
        about=NUMBER,
        language=language,
    )
    gone = ForgottenNotice(number=NUMBER, count=3, by=ADMIN.name, agents=("客服小秦",))
    asked = replace(gone, subject=f"删除名单 {NUMBER}")
    for told, to in (
        (asked, ADMIN.email),
        (replace(gone, count=2, is_agents=True), "service@chenlu.example"),
        (replace(asked, count=0, agents=(), is_again=True), ADMIN.email),
    ):
        yield Letter(
            notice=told,
            to=(to,),
            subject_id=f"{NUMBER}-gone",
            about=NUMBER,
            language=language,
            thread=Thread("<forget@chenlu.example>", (), told.subject) if told.subject else None,
        )
