"""`teach` and `forget`: what a person settles about one sender's sheets is kept, or taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from getpass import getuser
from pathlib import Path
from typing import Any

from mailflow.app import App
from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.domain.naming import Lexicon, normalised
from mailflow.domain.register import Register
from mailflow.domain.settlement import (
    ColumnMeans,
    HeaderSeen,
    Settlement,
    SettlementKind,
    number_in,
)
from mailflow.parsers.meanings import IDENTITIES, MONEY, SHIP_TO, WHOSE, Meaning
from mailflow.parsers.sandbox import ChildError, ReadingFailed, SandboxUnavailable
from mailflow.parsers.vocabulary import meaning_of
from mailflow.ports import Refusal
from mailflow.reading import begin_headers

LAST_MAILS = 20
"""So many of a sender's newest mails are looked through for a column."""
NO_COUNT = IDENTITIES | MONEY | WHOSE | SHIP_TO | {Meaning.UNIT, Meaning.SPEC, Meaning.PER_CASE}
"""What a header may say that is no quantity, whatever somebody says of it."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is to be settled, as the person wrote it."""

    sender: str
    reason: str
    column: str = ""
    means: str = ""
    word: str = ""
    product: str = ""
    distributor: str = ""
    mail: str = ""
    by: str = ""


def teach(config_path: Path, lesson: Lesson) -> int:
    if not lesson.reason.strip():
        complain("--reason: say why; it is kept in the history")
        return 2
    try:
        with opened(load_config(config_path)) as app:
            app.refresh()
            for settlement in _settlements(app, lesson):
                kept = app.store.settlements.add(settlement, clock())
                say(f"{kept.reference}: {_said(kept)}")
    except Failed as failed:
        return failed.code
    say("it holds from the next mail on; `mailflow redo MAIL-ID --reason …` has one read again")
    return 0


def forget(config_path: Path, reference: str, reason: str) -> int:
    number = number_in(reference)
    if number is None:
        complain(
            f"settlement {reference}: no number: write S1 or 1: see `mailflow list settlements`"
        )
        return 2
    if not reason.strip():
        complain("--reason: say why; it is kept in the history")
        return 2
    try:
        with opened(load_config(config_path)) as app:
            settlement = app.store.settlements.revoke(number, reason, clock())
    except Failed as failed:
        return failed.code
    say(f"{settlement.reference}: revoked: {_said(settlement)}")
    return 0


def _said(settlement: Settlement) -> str:
    if settlement.kind is SettlementKind.COLUMN:
        means = {"ignored": "orders nothing"}.get(settlement.means, f"counts {settlement.means}")
        header = " | ".join(settlement.around)
        return f"{settlement.sender}: column “{settlement.said}” {means} (header: {header})"
    return f"{settlement.sender}: “{settlement.said}” is the {settlement.kind} {settlement.means}"


def _settlements(app: App, lesson: Lesson) -> Iterator[Settlement]:
    """Raises `Refusal` where the lesson does not fit the register or the sender's sheets."""
    register = app.store.register()
    sender = lesson.sender.strip().lower()
    if not (register.person(sender) or register.customers_of(sender)):
        raise Refusal(
            f"{sender}: nobody of the staff or customers register has this address: import him first"
        )
    if lesson.column:
        yield from _columns(app, lesson, sender)
    elif lesson.product:
        yield _product(register, lesson, sender)
    else:
        yield _distributor(register, lesson, sender)


def _product(register: Register, lesson: Lesson, sender: str) -> Settlement:
    wanted = normalised(lesson.product)
    chosen = next((p for p in register.products if normalised(p.sku) == wanted), None)
    if chosen is None:
        skus = [p.sku for p in register.products]
        raise Refusal(_unlike("product", lesson.product, skus, "products"))
    match = Lexicon(register).match(None, lesson.word, None)
    meant = match.candidates
    if len(meant) == 1:
        raise Refusal(
            f"--word {lesson.word}: the products register knows it already, as {meant[0].sku}: "
            "nothing to settle"
        )
    if meant and chosen not in meant:
        raise Refusal(
            f"--word {lesson.word}: may mean {' or '.join(p.sku for p in meant)}, "
            f"but not {chosen.sku}: name one of them"
        )
    return _of_word(lesson, sender, SettlementKind.PRODUCT, chosen.sku)


def _distributor(register: Register, lesson: Lesson, sender: str) -> Settlement:
    wanted = normalised(lesson.distributor)
    chosen = next((c for c in register.customers if normalised(c.code) == wanted), None)
    if chosen is None:
        codes = [c.code for c in register.customers]
        raise Refusal(_unlike("distributor", lesson.distributor, codes, "customers"))
    meant = Lexicon(register).customers_named(lesson.word)
    if len(meant) == 1:
        raise Refusal(
            f"--word {lesson.word}: the customers register knows it already, as {meant[0].code}: "
            "nothing to settle"
        )
    if meant and chosen not in meant:
        raise Refusal(
            f"--word {lesson.word}: may mean {' or '.join(c.code for c in meant)}, "
            f"but not {chosen.code}: name one of them"
        )
    return _of_word(lesson, sender, SettlementKind.DISTRIBUTOR, chosen.code)


def _of_word(lesson: Lesson, sender: str, kind: SettlementKind, means: str) -> Settlement:
    key = normalised(lesson.word)
    if not key:
        raise Refusal(f"--word {lesson.word!r}: holds no letter, sign or number")
    return Settlement(
        sender=sender,
        kind=kind,
        said=lesson.word.strip(),
        key=key,
        means=means,
        reason=lesson.reason,
        by=lesson.by.strip() or _who(),
    )


def _unlike(what: str, wrong: str, known: list[str], register: str) -> str:
    near = get_close_matches(wrong.upper(), known, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"see the {register} register"
    return f"--{what} {wrong}: there is none: {hint}"


def _columns(app: App, lesson: Lesson, sender: str) -> Iterator[Settlement]:
    """One for each header of the sender's newest mail with that column: it holds there alone."""
    _assert_no_other_word(lesson)
    seen: list[HeaderSeen] = []
    for mail in _mails(app, lesson, sender):
        headers = _headers(app, mail, lesson.column)
        seen += headers
        if held := [h for h in headers if h.columns == 1]:
            for around in dict.fromkeys(h.around for h in held):
                yield Settlement(
                    sender=sender,
                    kind=SettlementKind.COLUMN,
                    said=lesson.column.strip(),
                    key=held[0].key,
                    means=lesson.means,
                    reason=lesson.reason,
                    by=lesson.by.strip() or _who(),
                    around=around,
                )
            return
    if several := next((h for h in seen if h.columns > 1), None):
        raise Refusal(
            f"--column {lesson.column}: {several.place}: {several.columns} columns have this word, "
            "nothing tells them apart: the sender must name them differently"
        )
    others = "; ".join(dict.fromkeys(" | ".join(h.words) for h in seen[:3]))
    known = f"its headers are: {others}" if others else "no table with a header was found"
    raise Refusal(
        f"--column {lesson.column}: no mail of {sender} that was looked through has it ({known}): "
        "name the mail with --mail ID"
    )


def _assert_no_other_word(lesson: Lesson) -> None:
    """Raises `Refusal` where the header's own words say something else."""
    said, means = meaning_of(lesson.column), lesson.means
    if said is None or means == ColumnMeans.IGNORED:
        return
    if said in NO_COUNT or (said in (Meaning.CASES, Meaning.TINS) and said != means):
        raise Refusal(
            f"--column {lesson.column}: the header itself says {said}: it cannot mean {means}"
        )


def _mails(app: App, lesson: Lesson, sender: str) -> Iterator[Mapping[str, Any]]:
    """The mail that was named, or the sender's newest."""
    records = app.store.records
    if lesson.mail:
        mail = records.story("mail", lesson.mail)
        if mail is None:
            raise Refusal(f"--mail {lesson.mail}: there is none: see `mailflow list mails`")
        if mail["sender"] != sender:
            raise Refusal(
                f"--mail {lesson.mail}: is of {mail['sender'] or 'nobody'}, not of {sender}"
            )
        yield mail
        return
    story = records.story("sender", sender) or {"mails": ()}
    for short in story["mails"][:LAST_MAILS]:
        if (mail := records.story("mail", str(short["id"]))) is not None:
            yield mail


def _headers(app: App, mail: Mapping[str, Any], column: str) -> list[HeaderSeen]:
    if not mail["sha256"]:
        return []
    raw = app.spool.get(mail["sha256"])
    try:
        return begin_headers(app.workshops.sandbox, raw, column).result()
    except (ReadingFailed, ChildError, SandboxUnavailable):
        return []


def _who() -> str:
    """By whom it is settled, beside `operator` in the history."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        return "operator"
