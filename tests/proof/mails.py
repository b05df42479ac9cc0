"""What people of the small desk write: a few dozen mails, made once and the same in every story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from hashlib import sha256
from itertools import product
from typing import Any

from mailflow.commands.demo_desk.mails import A1, A2, A3, BEI, G1, NAN, mail, order, sheet
from tests.life.offices import GRANTED, PAID
from tests.scenarios.replies import ADMIN, FINANCE, GM
from tests.scenarios.shipped import WAREHOUSE
from tests.scenarios.test_stock import stock

DESK = "orders@songping.example"
STRANGER = "nobody@elsewhere.example"
DEALERS = {
    "N101": "n101@dealer.example",
    "N102": "n102@dealer.example",
    "S201": "s201@dealer.example",
}
MANAGERS = {"N101": BEI, "N102": BEI, "N103": BEI, "S201": NAN, "S202": NAN}
LINES: Sequence[Sequence[tuple[tuple[str, int], int, str]]] = (
    [(A1, 5, "现金"), (A2, 3, "现金")],
    [(G1, 2, "现金")],
    [(A3, 6, "现金"), (A1, 4, "费用")],
)
SCARCE = "stock that is enough for one order"
MANY = [(A1, 40, "现金")]
"""More than the credit of N103 allows, also after the payment that may come."""
FAULTS: Sequence[dict[str, Any]] = ({"price": 151}, {"total": 7}, {"address": "别处路1号"})
DEADLY = b"X-Played: ends the child\n"
"""Above a mail at which the reading process dies each time."""
PROOF = b"Authentication-Results: mx.songping.example; dmarc=pass header.from=%s\n"
FORGED = (
    b"",
    b"Authentication-Results: mx.evil.example; dmarc=pass header.from=songping.example\n",
    b"Authentication-Results: mx.songping.example; dmarc=fail header.from=songping.example\n",
    b"Authentication-Results: mx.songping.example; dmarc=pass header.from=evil.example\n",
    b"Authentication-Results: mx.songping.example; dmarc=fail header.from=songping.example\n"
    b"Authentication-Results: mx.songping.example; dmarc=pass header.from=songping.example\n",
)
"""Above a mail that somebody else wrote: what he says of himself, and what our server found."""


@dataclass(frozen=True)
class Posted:
    """A mail on its way, and what is true of it."""

    raw: bytes
    sender: str
    """Whose name it bears."""
    what: str
    honest: bool = True
    """Whether he in whose name it is wrote it."""
    automatic: bool = False
    means: tuple[str, ...] = ()
    """What it may do to the books at once, without anybody's further word: see `laws_of_senders`."""
    tins: int = 0
    """How many an order asks for."""
    sheet: str = ""
    """The same for mails that bring the same order."""

    @property
    def sha256(self) -> str:
        return sha256(self.raw).hexdigest()


def proven(raw: bytes, sender: str) -> bytes:
    """With what our own server writes above a mail of this sender."""
    return PROOF % sender.rpartition("@")[2].encode() + raw


@dataclass(frozen=True)
class Pool:
    orders: list[Posted] = field(default_factory=list)
    wrong_orders: list[Posted] = field(default_factory=list)
    money: list[Posted] = field(default_factory=list)
    counts: list[Posted] = field(default_factory=list)
    strangers: list[Posted] = field(default_factory=list)
    hostile: list[Posted] = field(default_factory=list)
    forged: list[Posted] = field(default_factory=list)

    def __post_init__(self) -> None:
        for code, (number, lines) in product(MANAGERS, enumerate(LINES)):
            sender = DEALERS.get(code, MANAGERS[code]) if number == 1 else MANAGERS[code]
            self.orders.append(_order(sender, code, lines, f"订单{number}", ("order",)))
        for code, fault in product(("N101", "S201"), FAULTS):
            name = f"订单{min(fault)}"
            self.wrong_orders.append(_order(MANAGERS[code], code, LINES[0], name, (), **fault))
        self.wrong_orders.append(_order(BEI, "N103", MANY, "亲贝大单", ()))
        self.wrong_orders.append(_order(BEI, "S201", LINES[1], "代下单", ()))
        self.wrong_orders.append(_order(NAN, "S202", [(G1, 9, "费用")], "费用货", ()))
        self._tell_money_and_stock()
        self._strangers()
        self._hostile()
        self._forge()

    def _tell_money_and_stock(self) -> None:
        for number, (code, amount) in enumerate((("N103", 9000), ("S201", "3500.55"))):
            rows = [PAID, ("2026-11-05", code, "付款人", amount, f"R{number:05}", "货款")]
            raw = mail(FINANCE, f"回款表{number}", "见附件", ("回款.xlsx", sheet(rows, "Sheet1")))
            self.money.append(_posted(raw, FINANCE, "payment", ("payment",)))
        rows = [GRANTED, ("FY-00001", "S202", "陈列费", 800, 800, "2026-11-06", "同意")]
        raw = mail(GM, "费用批准表", "见附件", ("费用.xlsx", sheet(rows, "Sheet1")))
        self.money.append(_posted(raw, GM, "expense", ("expense",)))
        for cases in (0, 4, 9, 200):
            skus = ("SP-A1-800", "SP-A2-800", "SP-A3-800", "SP-G1-800")
            raw = stock(*((sku, cases) for sku in skus), name=f"库存日报{cases}")
            what = SCARCE if cases == 9 else "stock"
            self.counts.append(_posted(raw, WAREHOUSE, what, ("stock",)))
        # Of those who may not tell such things:
        raw = stock(("SP-A1-800", 900), sender=BEI, name="库存日报")
        self.counts.append(_posted(raw, BEI, "stock of a manager"))
        rows = [PAID, ("2026-11-05", "N103", "付款人", 50_000, "R00077", "货款")]
        raw = mail(BEI, "回款表", "见附件", ("回款.xlsx", sheet(rows, "Sheet1")))
        self.money.append(_posted(raw, BEI, "payment of a manager"))

    def _strangers(self) -> None:
        hello = mail(STRANGER, "合作咨询", "想了解一下代理政策。")
        self.strangers.append(Posted(hello, STRANGER, "a stranger writes"))
        wants = mail(STRANGER, "订单", "请发货", ("订单.xlsx", sheet(order("N101", LINES[0]))))
        self.strangers.append(Posted(wants, STRANGER, "a stranger orders"))

    def _hostile(self) -> None:
        whole = sheet(order("N101", LINES[1]))
        good = mail(BEI, "订单", "请查收", ("a.xlsx", whole))
        manager = BEI.encode()
        raws = {
            "half a workbook": mail(BEI, "订单半份", "请查收", ("a.xlsx", whole[:2000])),
            "nothing but headers": b"From: " + manager + b"\n\n",
            "two senders": b"From: evil@elsewhere.example\n" + good,
            "an address in front of one": good.replace(
                manager, manager + b" <evil@elsewhere.example>", 1
            ),
            "no headers": b"\xff\xfe\x00 nothing",
            "a line into the answer": mail(BEI, "SUBJECT", "订单").replace(
                b"SUBJECT", b"=?utf-8?q?x=0D=0ABcc:_x@elsewhere.example?=", 1
            ),
            "ends whoever reads it": DEADLY + good,
        }
        for what, raw in raws.items():
            self.hostile.append(Posted(raw, BEI, what, honest=False))

    def _forge(self) -> None:
        for number, above in enumerate(FORGED):
            whole = _order(BEI, "N102", LINES[number % 3], f"紧急订单{number}", ())
            bare = whole.raw.partition(b"\n")[2]
            self.forged.append(Posted(above + bare, BEI, "a forged order", honest=False))
        rows = [PAID, ("2026-11-05", "N103", "付款人", 900_000, "R99999", "货款")]
        raw = mail(FINANCE, "回款", "见附件", ("回款.xlsx", sheet(rows, "Sheet1")))
        self.forged.append(Posted(raw, FINANCE, "a forged payment", honest=False))


def _posted(raw: bytes, sender: str, what: str, means: tuple[str, ...] = ()) -> Posted:
    return Posted(proven(raw, sender), sender, what, means=means)


def _order(
    sender: str, code: str, lines: Sequence[Any], name: str, means: tuple[str, ...], **fault: Any
) -> Posted:
    data = sheet(order(code, lines, **fault))
    raw = mail(sender, f"{code} {name}", "请查收附件", (f"{code}.xlsx", data))
    tins = sum(cases * 6 for _, cases, _ in lines)
    what = f"order of {code}: {name}"
    return Posted(proven(raw, sender), sender, what, means=means, tins=tins, sheet=what)


def letter(sender: str, subject: str, text: str, name: str, **more: str) -> bytes:
    """A mail without anything attached, cheaper than one of `mail`."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, DESK, subject
    message["Message-ID"] = f"<{name}@street.example>"
    for header, value in more.items():
        message[header.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


__all__ = ["ADMIN", "Pool", "Posted", "letter", "proven"]
