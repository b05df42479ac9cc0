"""`teach` and `forget`: what a person settles about one sender's sheets is kept, or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailflow.app import App
from mailflow.commands.lesson_columns import column_lessons
from mailflow.commands.lessons import Lesson as Lesson
from mailflow.commands.lessons import distributor_lesson, product_lesson
from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.domain.settlement import Settlement, SettlementKind, number_in
from mailflow.ports import Refusal


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
        yield from column_lessons(app, lesson, sender)
    elif lesson.product:
        yield product_lesson(register, lesson, sender)
    else:
        yield distributor_lesson(register, lesson, sender)
