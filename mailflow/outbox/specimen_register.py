"""Specimens of the letters about a mailed register of distributors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mailflow.domain.answer import Word
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter, MarkedCopy
from mailflow.domain.notice_register import (
    Handover,
    RegisterChangedNotice,
    RegisterFile,
    RegisterNotice,
    RegisterVerdict,
    marked_rows,
)
from mailflow.domain.question import Question
from mailflow.domain.register_change import changes_between
from mailflow.domain.sheet import Place
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER, RECEIVED

NUMBER = "MD261109-0050"
FILE = "经销商名单1109.xlsx"
NAME = CUSTOMER.name


def row(code: str, name: str, **more: str) -> Mapping[str, str]:
    known = {
        **{"code": code, "name": name, "aliases": "", "region": "河南"},
        **{"regional_manager": CUSTOMER.regional_manager, "email": "", "consignee": "王芳"},
        **{"phone": "13800001234", "address": "南阳市工业路8号", "delivery_address": ""},
        **{"credit_limit": "300000", "expense_balance": "0", "owed": "0"},
    }
    return {**known, **more}


KNOWN = (
    row("HE1000", NAME),
    row("HE1001", "洛阳市小星母婴用品有限公司", phone="13800001235"),
    row("HE1002", "开封市乐宝商贸有限公司", phone="13800001236"),
)
NEW = (
    row("HE1000", NAME, phone="13800009999", regional_manager="rm.new@chenlu.example"),
    row("HE1001", "洛阳市小星母婴用品有限公司", phone="13800001235", region="豫西"),
    row("HE1003", "安阳市康贝孕婴店", phone="13800001235"),
)
CHANGES = changes_between(KNOWN, NEW)


def told(code: str, variant: str, found: str, expected: str = "", name: str = NAME) -> Finding:
    at = Place(FILE, "名单", 3, 8) if code != "register-removed" else None
    is_doubt = code == "register-suspect"
    return Finding(
        code,
        Severity.WARNING if is_doubt else Severity.INFO,
        Asked.NOBODY,
        at=None if variant in ("many", "open-orders", "owes") else at,
        found=found,
        expected=expected,
        variant=variant,
        details=(("distributor", name),),
    )


FINDINGS = (
    told("register-suspect", "open-orders", "开封市乐宝商贸有限公司", "DD261108-0037"),
    told(
        "register-suspect", "phone", "13800001235", "洛阳市小星母婴用品有限公司", "安阳市康贝孕婴店"
    ),
    told("register-suspect", "region", "豫西", "河南", "洛阳市小星母婴用品有限公司"),
    told("register-changed", "phone", "13800009999", "13800001234"),
    told("register-added", "", "HE1003", name="安阳市康贝孕婴店"),
    told("register-removed", "", "HE1002", name="开封市乐宝商贸有限公司"),
)


def register_letters(language: str) -> Iterator[Letter]:
    copy = MarkedCopy(50, FILE, "xlsx", FINDINGS[3:5], language)
    proposed = _notice(RegisterVerdict.PROPOSED)
    yield replace(letter_of(proposed, language), question=question(), enclosures=(copy,))
    urged = replace(proposed, findings=(), is_urged=True)
    yield replace(letter_of(urged, language), question=question())
    wrong = Finding(
        "register-value",
        Severity.ERROR,
        Asked.SENDER,
        at=Place(FILE, "名单", 4, 7),
        expected="phone",
        variant="missing",
    )
    bad = RegisterNotice(
        verdict=RegisterVerdict.BAD, subject="经销商名单", number=NUMBER, findings=(wrong,)
    )
    yield replace(letter_of(bad, language), enclosures=(copy,))
    yield letter_of(replace(_notice(RegisterVerdict.APPLIED), findings=()), language)
    for verdict in (
        *(RegisterVerdict.UNCHANGED, RegisterVerdict.REFUSED, RegisterVerdict.OUTDATED),
        *(RegisterVerdict.ALREADY, RegisterVerdict.UNCLEAR),
    ):
        letter = letter_of(replace(_notice(verdict), changes=(), findings=()), language)
        is_open = verdict is RegisterVerdict.UNCLEAR
        yield replace(letter, question=question() if is_open else None)
    handover = Handover(
        code="HE1000",
        name=NAME,
        before="河南区域经理",
        after="河南新经理",
        region="河南",
        orders=("DD261109-0042",),
    )
    yield Letter(
        notice=RegisterChangedNotice(
            number=NUMBER, by="何销管", changes=CHANGES, handovers=(handover,)
        ),
        to=("service@chenlu.example",),
        subject_id=NUMBER,
        language=language,
        enclosures=(RegisterFile(NUMBER, marked_rows(NEW, CHANGES), language),),
    )


def _notice(verdict: RegisterVerdict) -> RegisterNotice:
    return RegisterNotice(
        verdict=verdict,
        subject="经销商名单",
        number=NUMBER,
        changes=CHANGES,
        findings=FINDINGS,
        total=len(NEW),
        said="同意，另外电话再改一下",
    )


def letter_of(notice: RegisterNotice, language: str) -> Letter:
    return Letter(
        notice=notice,
        to=(ADMIN.email,),
        subject_id=NUMBER,
        language=language,
        thread=Thread("<register-1109@chenlu.example>", (), notice.subject),
    )


def question() -> Question:
    return Question(
        order=NUMBER,
        revision=1,
        role=Asked.SALES_ADMIN,
        address=ADMIN.email,
        allowed=(Word.AGREE, Word.REFUSE),
        created=RECEIVED,
        expires=RECEIVED,
        token="7K3M9QWX2ZB4T6VD8HCF",
    )
