"""Books in a format, and a mail around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from accuracy import mails
from accuracy.book import Book, Page
from accuracy.draft import Draft
from accuracy.formats.format import Format
from accuracy.mail_names import NAME_FORMS

MAIL_FORMS = (
    "attached", "attached", "attached", "with html", "with html", "html only", "forwarded", "forwarded inline", "winmail", "reply",
)  # fmt: skip
BODY_FORMS = ("body", "body", "body", "body forwarded", "body forwarded inline")
STEMS = (
    "订单",
    "订单{:%m%d}",
    "{:%m}月订货单",
    "订货单(最终版)",
    "新建 XLS 工作表",
    "PO {:%Y%m%d}",
    "Book1",
)


def summary(draft: Draft) -> Page:
    """What is ordered, added up by product."""
    page = Page("汇总")
    for column, word in enumerate(("产品名称", "箱数合计")):
        page.put(0, column, word)
    cases: Counter[str] = Counter()
    for line in (x for o in draft.orders for x in o.lines):
        cases[line.ware.name] += line.cases
    for row, (name, number) in enumerate(cases.items(), start=1):
        page.put(row, 0, name)
        page.put(row, 1, number)
    return page


def mailed(draft: Draft, books: Sequence[Book], format_: Format, number: int) -> bytes:
    rng, habits = draft.rng, draft.writer.habits
    form = rng.choice(MAIL_FORMS if "attached" in format_.can else BODY_FORMS)
    habits["mail"] = form
    written = [format_.write(book, rng) for book in books]
    text = (draft.body or rng.choice(mails.GREETINGS)) + rng.choice(mails.SIGNATURES)
    letter = mails.Letter(draft.sender, _subject(draft), text, form, number)
    if form.startswith("body"):
        letter = mails.Letter(
            draft.sender, letter.subject, text, form, number, written[0], format_.content_type
        )
        return mails.mail(letter, (), rng)
    if form == "reply":
        letter = mails.Letter(draft.sender, letter.subject, text, form, number, _older_order(draft))
    parts = [_part(draft, data, format_, n) for n, data in enumerate(written)]
    return mails.mail(letter, [*parts * draft.copies, *draft.beside], rng)


def _older_order(draft: Draft) -> bytes:
    """A table as it stood in the mail that is answered."""
    rows = "".join(
        f"<tr><td>{w.name}</td><td>{draft.rng.randint(1, 20)}箱</td></tr>"
        for w in draft.rng.sample(draft.world.regular, 3)
    )
    return f"<table border=1><tr><td>产品名称</td><td>数量</td></tr>{rows}</table>".encode()


def _subject(draft: Draft) -> str:
    day = draft.orders[0].day
    if "subject" in draft.hints:
        word = draft.hints["subject"]
        pattern = draft.rng.choice(("{}订单", "{} 订单", "订单-{}", "{}11月订货单", "【订单】{}"))
        if word[-1].isdigit():
            pattern = pattern.replace("}11", "} 11")  # else nobody could tell a code from the month
        return pattern.format(word)
    return draft.rng.choice(mails.SUBJECTS).format(month=day.month, day=f"{day:%m%d}")


def _part(draft: Draft, data: bytes, format_: Format, number: int) -> mails.Part:
    rng = draft.rng
    day = draft.orders[0].day
    stem = rng.choice(STEMS).format(day)
    forms: tuple[str, ...] = NAME_FORMS
    if "file" in draft.hints:
        stem = rng.choice(("{}订单", "{}订货单{:%m%d}", "{} {:%m%d}")).format(
            draft.hints["file"], day
        )
        forms = NAME_FORMS[:-2]
    form = rng.choice(forms)
    if form == "ascii":
        stem = f"order{number}"
    name = f"{stem}{number or ''}.{format_.suffix}"
    draft.writer.habits["attachment name"] = form
    kind = rng.choice((format_.content_type, "application/octet-stream"))
    if rng.random() < 0.12:
        draft.writer.habits["zipped"] = "yes"
        return mails.Part(f"{stem}.zip", form, "application/zip", mails.zipped(name, data))
    return mails.Part(name, form, kind, data)
