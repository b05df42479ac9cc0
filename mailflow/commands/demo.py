"""`mailflow demo`: the whole job on a small desk in a folder of its own, and what to look at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailflow.app import App
from mailflow.commands.demo_desk.mails import mails
from mailflow.commands.demo_desk.registers import (
    CONFIG,
    CUSTOMERS,
    PRODUCTS,
    STAFF,
    write_register,
)
from mailflow.commands.logs import set_up_logs
from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, complain, load_config, say
from mailflow.daemon import one_pass
from mailflow.domain.sheet import column_letters
from mailflow.works import PassReport

MARK = ".mailflow-demo"
NOW = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
"""Six in the evening at the desk, after the digest's hour."""


def demo(folder: Path) -> int:
    try:
        _prepare(folder)
    except OSError as error:
        complain(f"{folder}: {error.strerror}: name another folder: mailflow demo FOLDER")
        return 1
    try:
        config = load_config(folder / "config.yaml")
        set_up_logs(quiet=True)
        with opened(config, lambda: NOW, exclusive=True) as app:
            report = one_pass(app.works())
            for line in _told(folder, app, report):
                say(line)
    except Failed as failed:
        return failed.code
    return 1 if report.troubles else 0


def _prepare(folder: Path) -> None:
    """A fresh demo; only a folder that a demo made is made anew."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise OSError(17, "is not empty and no demo of mine")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("made by mailflow demo\n", encoding="ascii")
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    for kind, rows in (("products", PRODUCTS), ("customers", CUSTOMERS), ("staff", STAFF)):
        write_register(folder, kind, rows)
    for part in ("new", "cur", "tmp"):
        (folder / "inbox" / part).mkdir(parents=True)
    (folder / "mails").mkdir()
    for name, raw in mails():
        (folder / "mails" / f"{name}.eml").write_bytes(raw)
        (folder / "inbox" / "new" / f"{name}.eml").write_bytes(raw)


def _told(folder: Path, app: App, report: PassReport) -> Iterator[str]:
    records = app.store.records
    yield f"mailflow demo in {folder}/"
    yield ""
    yield "What came in, and what became of it:"
    for mail in records.listing("mails", None):
        yield f"  M{mail['id']:<3} {mail['state']:<9} {mail['reason']:<20} {mail['subject']}"
        yield from _orders(records.story("mail", str(mail["id"])) or {}, app)
    yield ""
    yield "What went out:"
    for message in records.listing("messages", None):
        yield f"  {message['notice']:<17} {message['recipient']:<32} {message['subject']}"
    yield ""
    yield f"{report.taken} mails in, {report.sent} messages out, {report.due} digest."
    yield ""
    yield "Where to look:"
    yield f"  {folder}/mails/       the mails as they came; {folder}/inbox/ where they lie now"
    yield f"  {folder}/outbox/new/  every message that went out; open one with a mail program"
    yield f"  mailflow explain --config {folder}/config.yaml {folder}/mails/03-wrong-price.eml"
    yield f"  mailflow status  --config {folder}/config.yaml"
    yield f"  mailflow show mail M3 --config {folder}/config.yaml"


def _orders(story: Mapping[str, Any], app: App) -> Iterator[str]:
    for entry in story.get("orders", ()):
        order = app.store.records.story("order", entry["number"]) or {}
        customer = (order.get("customer") or {}).get("name", "?")
        yield f"       {entry['number']} {entry['state']:<9} {customer}, {order['tins']} tins"
        for finding in order.get("findings", ()):
            at = finding.get("at")
            place = f"{column_letters(at['column'])}{at['row'] + 1}" if at else ""
            yield f"           {place:<5}{finding['code']}: {finding['found']}"
