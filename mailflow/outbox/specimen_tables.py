"""Specimens of the letters about mailed products, staff and price lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.master import MasterKind, Row
from mailflow.domain.notice import Letter
from mailflow.domain.notice_register import (
    RegisterChangedNotice,
    RegisterFile,
    RegisterNotice,
    RegisterVerdict,
    marked_rows,
)
from mailflow.domain.register_change import RowChange, changes_between
from mailflow.domain.sheet import Place
from mailflow.outbox.specimen_orders import CUSTOMER
from mailflow.outbox.specimen_register import NUMBER, letter_of, question

NAME = "晨露金装婴儿配方奶粉1段900g"
BEFORE: Mapping[str, tuple[Row, ...]] = {
    MasterKind.PRODUCTS: (
        {"sku": "CL-JZ1-900", "name": NAME, "units_per_case": "6", "price": "168", "active": "yes"},
        {"sku": "CL-XS-900", "name": "晨露学生奶粉900g", "units_per_case": "6", "price": "88"},
    ),
    MasterKind.STAFF: (
        {"role": "finance", "name": "周会计", "email": "finance@chenlu.example"},
        {"role": "warehouse", "name": "中心仓", "email": "wh@chenlu.example", "regions": "河南"},
    ),
    MasterKind.PRICES: (),
}
AFTER: Mapping[str, tuple[Row, ...]] = {
    MasterKind.PRODUCTS: (
        {"sku": "CL-JZ1-900", "name": NAME, "units_per_case": "12", "price": "172", "active": "no"},
        {"sku": "CL-JZ4-900", "name": "晨露金装儿童奶粉4段900g", "units_per_case": "6", "price": "99"},
    ),
    MasterKind.STAFF: (
        {"role": "finance", "name": "周会计", "email": "finance@chenlu.example", "regions": "河南"},
        {"role": "finance", "name": "新会计", "email": "fin2@chenlu.example"},
    ),
    MasterKind.PRICES: (
        {"sku": "CL-JZ1-900", "price": "172", "since": "2026-12-01", "list": NUMBER},
        {
            **{"sku": "CL-JZ1-900", "price": "150", "since": "2026-11-01"},
            **{"distributor": CUSTOMER.code, "list": NUMBER},
        },
    ),
}  # fmt: skip


def table_letters(language: str) -> Iterator[Letter]:
    for kind in (MasterKind.PRODUCTS, MasterKind.STAFF, MasterKind.PRICES):
        changes = _changes(kind)
        findings = (
            _told(
                "register-suspect", *SUSPECT[kind], changes[1 if kind != MasterKind.PRODUCTS else 0]
            ),
            _told("register-added", *ADDED[kind], changes[1]),
        )
        proposed = RegisterNotice(
            verdict=RegisterVerdict.PROPOSED,
            subject="变更",
            number=NUMBER,
            changes=changes,
            findings=findings,
            total=len(AFTER[kind]),
            is_part=kind is MasterKind.PRICES,
            kind=kind,
        )
        yield replace(letter_of(proposed, language), question=question())
        applied = replace(proposed, verdict=RegisterVerdict.APPLIED, findings=())
        yield letter_of(applied, language)
        file = RegisterFile(NUMBER, marked_rows(AFTER[kind], changes, kind), language, kind.value)
        yield Letter(
            notice=RegisterChangedNotice(number=NUMBER, by="何销管", changes=changes, kind=kind),
            to=("finance@chenlu.example",),
            subject_id=NUMBER,
            language=language,
            enclosures=(file,),
        )


SUSPECT: Mapping[str, tuple[str, str, str]] = {
    MasterKind.PRODUCTS: ("units-per-case", "12", "6"),
    MasterKind.STAFF: ("power", "finance", ""),
    MasterKind.PRICES: ("past", "2026-11-01", ""),
}
ADDED: Mapping[str, tuple[str, str, str]] = {
    MasterKind.PRODUCTS: ("product", "CL-JZ4-900", ""),
    MasterKind.STAFF: ("staff", "finance fin2@chenlu.example", ""),
    MasterKind.PRICES: ("price", "150.00", "168.00"),
}


def _changes(kind: MasterKind) -> tuple[RowChange, ...]:
    """As the desk names them: a price by its product, whom it is for, and its day."""
    changes = changes_between(BEFORE[kind], AFTER[kind], kind)
    if kind is not MasterKind.PRICES:
        return changes
    whose = {"": (), CUSTOMER.code: (CUSTOMER.name,)}
    return tuple(
        replace(change, label=" · ".join((NAME, *whose[row.get("distributor", "")], row["since"])))
        for change in changes
        if (row := change.after)
    )


def _told(code: str, variant: str, found: str, expected: str, change: RowChange) -> Finding:
    is_doubt = code == "register-suspect"
    return Finding(
        code,
        Severity.WARNING if is_doubt else Severity.INFO,
        Asked.NOBODY,
        at=Place("变更.xlsx", "表", 2, 3),
        found=found,
        expected=expected,
        variant=variant,
        details=(("distributor", change.name),),
    )
