"""What left the house, as whoever gets it would tell it: to whom, of which kind, about what."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import NamedTuple

import yaml
from openpyxl import load_workbook

from tests.life.books import Sent
from tests.outbox.letters import TEMPLATES
from tests.scenarios.replies import words

NUMBER = re.compile(r"(?:DD|FH)\d{6}-\d{4}(?:-B\d)?|DZ-(?:\w+-)?\d{6}")
_LIST = re.compile(r"(FH\d{6}-\d{4}(?:-B\d)?) R(\d)")
_CODE = re.compile(r"\bQ\d{4}\b")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_OWN = re.compile(r"Re: (.*) \[[^\]]+\] (.*)")
_OPEN = re.compile(r"：(\d+) 件等您决定")


class Mail(NamedTuple):
    """One message that leaves, or should."""

    to: str
    kind: str
    matter: str


@cache
def _words(notice: str) -> dict[str, str]:
    """What the templates of a notice call each thing, in Chinese."""
    found: dict[str, str] = {}
    for folder in ("_shared", notice):
        text = (TEMPLATES / folder / "words.yaml").read_text(encoding="utf-8")
        words = yaml.safe_load(text).items()
        found |= {key: word["zh"] for key, word in words if isinstance(word.get("zh"), str)}
    return found


def _named(notice: str, said: str) -> str:
    """How the templates name the words that stand in a subject, which may be put otherwise some day."""
    return next((key for key, word in _words(notice).items() if word == said), said)


def _begin(notice: str, key: str) -> str:
    return _words(notice)[key].partition("{")[0]


def mail_of(sent: Sent) -> Mail:
    return Mail(sent.recipient, sent.notice, MATTERS.get(sent.notice, _number)(sent))


def _subject(sent: Sent) -> str:
    return str(sent.letter["Subject"])


def _number(sent: Sent) -> str:
    return " ".join(dict.fromkeys(NUMBER.findall(_subject(sent)))) or _subject(sent)


def _with_last_word(sent: Sent) -> str:
    return f"{_number(sent)} {_named(sent.notice, _subject(sent).rpartition('] ')[2])}"


def _with_first_word(sent: Sent) -> str:
    said = _subject(sent).removeprefix("Re: ").partition(" [")[0]
    return f"{_number(sent)} {_named(sent.notice, said)}"


def _list(sent: Sent) -> str:
    subject = _subject(sent)
    [(number, revision)] = _LIST.findall(subject)
    cases = re.search(r"(\d+) 箱$", subject)
    assert cases, subject
    return f"{number} R{revision} {cases[1]}"


def _asked(sent: Sent) -> str:
    is_again = _subject(sent).startswith(_begin(sent.notice, "subject_reminder"))
    return _number(sent) + (" again" if is_again else "")


def _own_subject(sent: Sent) -> str:
    found = _OWN.fullmatch(_subject(sent))
    assert found, _subject(sent)
    return f"{found[1]} {_named(sent.notice, found[2])}"


def _lists(sent: Sent) -> str:
    is_escalated = _subject(sent).startswith(_begin(sent.notice, "subject_escalated"))
    numbers = sorted({f"{n} R{r}" for n, r in _LIST.findall(words(sent.letter))})
    return ", ".join(["escalated" if is_escalated else "reminder", *numbers])


def _waybills(sent: Sent) -> str:
    [book] = sent.workbooks()
    page = load_workbook(io.BytesIO(book)).worksheets[0]
    return ", ".join(sorted(str(row[3].value) for row in page.iter_rows(min_row=2)))


def _month(text: str) -> str:
    [(year, month)] = _MONTH.findall(text)[:1]
    return f"{year}-{int(month):02}"


def _missing(sent: Sent) -> str:
    codes = sorted(set(_CODE.findall(words(sent.letter))))
    is_late = "已到期" in words(sent.letter)
    return ", ".join([_month(_subject(sent)), "late" if is_late else "soon", *codes])


def _stock(sent: Sent) -> str:
    missing = re.search(r"里差 (\d+) 家", _subject(sent))
    return f"{_month(_subject(sent))}, {missing[1] if missing else 0} missing"


def _digest(sent: Sent) -> str:
    found = _OPEN.search(_subject(sent))
    day = datetime.strptime(sent.subject_id, "digest-%Y%m%d").date()
    assert f"{day.month}月{day.day}日" in _subject(sent)
    return f"{day} {found[1] if found else 0}"


def _dispute(sent: Sent) -> str:
    said = _words(sent.notice)
    stages = ("tag_received", "tag_raised", "tag_settled")
    [stage] = [stage for stage in stages if said[stage] in _subject(sent)]
    return f"{_number(sent)} {stage}"


def _debts(sent: Sent) -> str:
    amount = re.search(r"还有 ([\d,.]+) 元", _subject(sent))
    assert amount, _subject(sent)
    codes = sorted(set(_CODE.findall(words(sent.letter))))
    return ", ".join([_month(_subject(sent)), amount[1], *codes])


def _budget(sent: Sent) -> str:
    region = re.search(r"\w\w区", _subject(sent))
    assert region, _subject(sent)
    return f"{region[0]} {_month(_subject(sent))}"


def _statistics(sent: Sent) -> str:
    [file] = sent.letter.iter_attachments()
    return str(file.get_filename()).removeprefix("销售统计").removesuffix(".xlsx")


MATTERS: dict[str, Callable[[Sent], str]] = {
    "dispatch-list": _list,
    "order-answer": _with_last_word,
    "order-reminder": _with_last_word,
    "question-answered": _with_first_word,
    "approval-request": _asked,
    "ship-reminder": _lists,
    "waybill-request": _waybills,
    "reports-due": _missing,
    "stock-consolidated": _stock,
    "statistics": _statistics,
    "digest": _digest,
    "statement-dispute": _dispute,
    "budget-warning": _budget,
    "payments-due": _debts,
    "money-entered": _own_subject,
    "inventory-answer": _own_subject,
    "stock-answer": _own_subject,
}
