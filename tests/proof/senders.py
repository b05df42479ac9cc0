"""`python -m tests.proof.senders`: hundreds of mails whose sender is forged or can be read in two ways, and how
many of them moved anything in the books. None may, and an honest one beside them must."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from tests.life.offices import PAID
from tests.proof.mails import proven
from tests.proof.run import Theatre, theatre
from tests.proof.shelves import OpenBooks
from tests.proof.story import Story
from tests.scenarios.replies import ADMIN, FINANCE
from tests.scenarios.shipped import WAREHOUSE
from tests.scenarios.test_stock import stock

EVIL = "evil@elsewhere.example"
DEALER = "n101@dealer.example"
WHO = (BEI, NAN, DEALER, ADMIN, FINANCE, WAREHOUSE)
CODE = {BEI: "N101", NAN: "S202", DEALER: "N101", ADMIN: "N102"}
NOON = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)

LINES = (
    "{him} <{evil}>",
    "<{him}> <{evil}>",
    "{him}, {evil}",
    "{evil}, {him}",
    "<{evil}>, <{him}>",
    "{him} {evil}",
    '"{him}" <{evil}>',
    "=?utf-8?q?{encoded}?= <{evil}>",
    "({him}) {evil}",
    "{evil} ({him})",
    "{him} (Wang) <{evil}>",
    "team: {him};",
    "team: {evil}, {him};",
    "{him};",
    "{him}\x00<{evil}>",
    "\x00{him}",
    "{him}\r\n <{evil}>",
    "<{evil}> {him}",
    "{him}@elsewhere.example",
    "{him}.elsewhere.example",
    "{him}.",
    "<{him}.>",
    "{local}＠{domain}",
    "{local}@{wide}",
    "{local}@{cyrillic}",
    "{local}@mail.{domain}",
    "{local}@x-{domain}",
    "{local} @{domain}",
    "{local}@ {domain}",
    "{local}@(x){domain}",
    '"{local}"@{domain}',
    "{local}+x@{domain}",
    "{local}@[127.0.0.1]",
    "<@elsewhere.example:{him}>",
    "{him}>",
    "<{him}",
    "<<{him}>>",
    "",
    "<>",
    "{padding} <{him}>",
    "=?utf-8?q?={encoded}?=",
    "{him}\t{evil}",
    "{him}\n{evil}",
    "{him} <{evil}> <{evil}>",
    "Wang <{evil}",
)
"""Of a From line; none of them is an address of his alone."""
SEVERAL = (
    "From: {him}\nFrom: {evil}\n",
    "From: {evil}\nFrom: {him}\n",
    "From: {him}\nFROM: {evil}\n",
    "From: {evil}\nfrom: {him}\n",
    "Sender: {him}\n",
    "Reply-To: {him}\nReturn-Path: <{him}>\n",
    "Resent-From: {him}\nSender: {him}\n",
    "X-Original-From: {him}\nFrom: {evil}\n",
)
"""Instead of a From line."""
OURS = "mx.songping.example"
VERDICTS = (
    "",
    "Authentication-Results: mx.evil.example; dmarc=pass header.from={domain}\n",
    "Authentication-Results: {ours}; dmarc=fail header.from={domain}\n",
    "Authentication-Results: {ours}; dmarc=none header.from={domain}\n",
    "Authentication-Results: {ours}; dmarc=temperror header.from={domain}\n",
    "Authentication-Results: {ours}; dmarc=pass header.from=elsewhere.example\n",
    "Authentication-Results: {ours}; dmarc=pass header.from=x.{domain}\n",
    "Authentication-Results: {ours}; dmarc=pass header.from={domain}.elsewhere.example\n",
    "Authentication-Results: {ours}; dmarc=pass\n",
    "Authentication-Results: {ours}; spf=pass smtp.mailfrom={domain}\n",
    "Authentication-Results: {ours}; dkim=pass header.d=elsewhere.example\n",
    "Authentication-Results: {ours}; dkim=pass header.d={domain}\n",
    "Authentication-Results: {ours}; none\n",
    "Authentication-Results: {ours}; (dmarc=pass header.from={domain}) dmarc=fail\n",
    "Authentication-Results: {ours}.elsewhere.example; dmarc=pass header.from={domain}\n",
    "Authentication-Results: x.{ours}; dmarc=pass header.from={domain}\n",
    "Authentication-Results: elsewhere.example ({ours}); dmarc=pass header.from={domain}\n",
    "Authentication-Results: {ours} 9; dmarc=pass header.from={domain}\n",
    "Authentication-Results: dmarc=pass header.from={domain}\n",
    "Authentication-Results: ; {ours}; dmarc=pass header.from={domain}\n",
    "X-Authentication-Results: {ours}; dmarc=pass header.from={domain}\n",
    "ARC-Authentication-Results: i=1; {ours}; dmarc=pass header.from={domain}\n",
    "Authentication-Results-Original: {ours}; dmarc=pass header.from={domain}\n",
    "Received-SPF: pass ({ours}) client-ip=127.0.0.1; envelope-from={him}\n",
    "Authentication-Results: {ours}; dmarc=fail header.from={domain}\n"
    "Authentication-Results: {ours}; dmarc=pass header.from={domain}\n",
    "Authentication-Results: {ours}; dmarc=pass header.from={domain}\n"
    "Authentication-Results: {ours}; dmarc=fail header.from={domain}\n",
    "DKIM-Signature: v=1; a=rsa-sha256; d={domain}; s=s1; h=from; bh=x; b=x\n",
    "DKIM-Signature: v=1; a=rsa-sha256; d=elsewhere.example; s=s1; h=from; bh=x; b=x\n",
)
"""Above a mail with his plain From line, which he did not write."""


@dataclass
class Tried:
    forged: int = 0
    moved: int = 0
    """How many forged mails the books know anything by."""
    honest: int = 0
    waiting: int = 0


def business_of(who: str, number: int) -> bytes:
    """What he may do, if he wrote it."""
    if who == FINANCE:
        rows = [PAID, ("2026-11-05", "N103", "付款人", 5000, f"R{number:05}", "货款")]
        return mail(who, f"回款{number}", "见附件", ("回款.xlsx", sheet(rows, "Sheet1")))
    if who == WAREHOUSE:
        return stock(("SP-A1-800", 50 + number), name=f"库存日报{number}")
    rows = order(CODE[who], [(A1, 2 + number % 9, "现金")])
    return mail(who, f"订单{number}", "请查收", ("订单.xlsx", sheet(rows)))


def ambiguous() -> Iterator[bytes]:
    """For a house that believes From lines."""
    for number, (who, line) in enumerate(product((BEI, DEALER, FINANCE), LINES)):
        yield _instead(business_of(who, number), who, f"From: {line}\n")
    for number, (who, lines) in enumerate(product((NAN, ADMIN, WAREHOUSE), SEVERAL), start=500):
        yield _instead(business_of(who, number), who, lines)


def unproven() -> Iterator[bytes]:
    """For a house that wants proof."""
    for number, (who, verdict) in enumerate(product(WHO, VERDICTS), start=1000):
        said = _filled(verdict, who)
        yield said + business_of(who, number)


def honest(number: int) -> Iterator[bytes]:
    for who in WHO:
        yield proven(business_of(who, number), who)


def _instead(raw: bytes, who: str, lines: str) -> bytes:
    return raw.replace(f"From: {who}\n".encode(), _filled(lines, who), 1)


def _filled(text: str, who: str) -> bytes:
    local, _, domain = who.partition("@")
    fields = {
        "him": who,
        "evil": EVIL,
        "local": local,
        "domain": domain,
        "ours": OURS,
        "encoded": who.replace("@", "=40"),
        "wide": domain.replace("o", "ｏ", 1).replace("d", "ｄ", 1),
        "cyrillic": domain.replace("e", "е", 1),  # that is the point
        "padding": "x" * 5000,
    }
    return text.format(**fields).encode()


def tried(stage: Theatre) -> Tried:
    found = Tried()
    for seed, mails in ((1, list(ambiguous())), (3, list(unproven()))):
        story = Story(stage.model, stage.pool, stage.folder / f"senders-{seed}", seed, script=[])
        assert story.verified is (seed == 3)
        for raw in mails:
            story.server.put(raw, NOON)
        story.machine.now = NOON
        for _ in range(4):
            story.machine.one_pass()
        found.forged += len(mails)
        books = OpenBooks(story.reaper.folder)
        found.moved += moved(books)
        found.waiting += len(books.rows("select id from mails where state = 'waiting'"))
        for raw in honest(2000 + seed):
            story.server.put(raw, NOON)
        story.machine.one_pass()
        found.honest += moved(books)
        books.close()
        story.machine.stop()
        story.end()
    return found


def moved(books: OpenBooks) -> int:
    """Orders in force, payments and stock counts, by the mails that brought them."""
    [row] = books.rows(
        """select (select count(*) from orders where state in ('accepted', 'shipped'))
        + (select count(*) from entries where kind in ('payment', 'expense'))
        + (select count(*) from stock_counts) as number"""
    )
    return int(row["number"])


def main() -> int:
    with theatre() as stage:
        found = tried(stage)
    print(
        f"{found.forged} forged or ambiguous senders: {found.moved} of them moved anything, "
        f"{found.waiting} are still waiting; {found.honest} things moved by {2 * len(WHO)} honest ones"
    )
    return 1 if found.moved or found.waiting or not found.honest else 0


if __name__ == "__main__":
    sys.exit(main())
