"""What may happen to a desk: each is a mail, chosen by chance from what the desk has sent and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from random import Random
from typing import Any

from mailflow.commands.demo_desk.mails import A1, A2, A3, BEI, G1, G2, NAN, mail, order, sheet
from tests.life.books import Books, Sent
from tests.life.offices import Offices
from tests.life.people import About, Chances, People
from tests.life.post import Postmark, parsed
from tests.life.warehouse import Warehouse
from tests.scenarios.replies import TOKEN, words

MANAGER = {"N101": BEI, "N102": BEI, "N103": BEI, "S201": NAN, "S202": NAN}
GOODS = (A1, A2, A3, G1, G2)
FAULTS: Sequence[dict[str, Any]] = ({"price": 151}, {"total": 7}, {"address": "别处路1号"})
Form = list[tuple[tuple[str, int], int, str]]


@dataclass
class Street:
    """All that can come in by mail."""

    rng: Random
    books: Books
    postmark: Postmark = field(default_factory=Postmark)
    about: About = About.GOODS
    kept: list[bytes] = field(default_factory=list)
    """Mails with orders, as they were sent."""

    def __post_init__(self) -> None:
        self.warehouse = Warehouse(self.rng, self.books, self.postmark)
        self.offices = Offices(self.rng, self.books, self.postmark)
        self.people = People(self.rng, self.books, self.postmark)

    def happening(self) -> tuple[str, list[bytes]]:
        """A name for the story, and the mails that come; none where only time passes."""
        chances = [
            *(
                self._of_goods()
                if self.about is not About.PEOPLE
                else [(4, self.order), (2, self.nothing)]
            ),
            *(self.people.chances() if self.about is not About.GOODS else []),
        ]
        weights = [weight for weight, _ in chances]
        [(_, event)] = self.rng.choices(chances, weights)
        return event.__name__, event()

    def _of_goods(self) -> Chances:
        warehouse, offices = self.warehouse, self.offices
        return [
            (6, self.order),
            (2, self.faulty_order),
            (2, self.again),
            (1, self.same_bytes),
            (3, self.changed),
            (2, self.taken_back),
            (6, self.answer),
            (2, self.two_answers),
            (2, self.supply_agreed),
            (1, self.stranger_answers),
            (1, self.out_of_office),
            (2, self.accepted_proposals),
            (4, warehouse.list_filled_in),
            (1, warehouse.same_list_again),
            (1, warehouse.list_corrected),
            (2, warehouse.sent_in_words),
            (2, warehouse.report_over_lists),
            (3, warehouse.stock_told),
            (2, offices.waybills_told),
            (1, offices.batch_asked_for),
            (2, offices.money_came),
            (1, offices.expense_granted),
            (1, offices.same_sheet_again),
            (2, self.nothing),
        ]

    def counted(self) -> tuple[str, list[bytes]]:
        """A warehouse tells its stock: from then on orders may lack something."""
        return "stock_told", self.warehouse.stock_told()

    def nothing(self) -> list[bytes]:
        return []

    def order(self, **fault: Any) -> list[bytes]:
        code = self.rng.choice(sorted(MANAGER))
        raw = self._mail(
            MANAGER[code], f"{code} 订单", "请查收附件", self._sheet(code, **fault), f"{code}.xlsx"
        )
        self.kept.append(raw)
        return [raw]

    def faulty_order(self) -> list[bytes]:
        return self.order(**self.rng.choice(FAULTS))

    def again(self) -> list[bytes]:
        """The same order in a mail of its own."""
        if not self.kept:
            return []
        return [self.postmark.put_on(self.rng.choice(self.kept))]

    def same_bytes(self) -> list[bytes]:
        return [self.rng.choice(self.kept)] if self.kept else []

    def changed(self) -> list[bytes]:
        """Another sheet in the thread of an order."""
        if (letter := self._some_letter("order-")) is None:
            return []
        code = self._code(letter)
        word = self.rng.choice(("更正", "订单有修改", "补充附件"))
        raw = self._reply(letter, word, MANAGER[code], f"{word} {letter.subject_id}")
        message = parsed(raw)
        message.add_attachment(
            self._sheet(code),
            maintype="application",
            subtype="octet-stream",
            filename=f"{code}.xlsx",
        )
        return [message.as_bytes()]

    def taken_back(self) -> list[bytes]:
        if (letter := self._some_letter("order-")) is None:
            return []
        return [self._reply(letter, "取消", MANAGER[self._code(letter)])]

    def accepted_proposals(self) -> list[bytes]:
        asked = [s for s in self._asking() if s.notice.startswith("order-")]
        if not asked:
            return []
        letter = self.rng.choice(asked)
        return [self._reply(letter, "接受", letter.recipient)]

    def answer(self) -> list[bytes]:
        if not (asked := self._asking()):
            return []
        letter = self.rng.choice(asked)
        return [self._reply(letter, self._word(), letter.recipient)]

    def two_answers(self) -> list[bytes]:
        """Yes and no, in one minute."""
        if not (asked := self._asking()):
            return []
        letter = self.rng.choice(asked)
        both = ["同意", "不同意"]
        self.rng.shuffle(both)
        return [self._reply(letter, word, letter.recipient) for word in both]

    def supply_agreed(self) -> list[bytes]:
        """A supplementary list goes by a yes: of who was asked, or of his deputy."""
        asked = [s for s in self._asking() if s.notice == "supply-request"]
        if not asked:
            return []
        letter = self.rng.choice(asked[-3:])
        return [self._reply(letter, "同意", letter.recipient)]

    def stranger_answers(self) -> list[bytes]:
        if not (asked := self._asking()):
            return []
        sender = self.rng.choice(("nobody@elsewhere.example", BEI, NAN))
        letter = self.rng.choice([s for s in asked if s.recipient != sender] or asked)
        return [self._reply(letter, "同意", sender)] if letter.recipient != sender else []

    def out_of_office(self) -> list[bytes]:
        if not (asked := self._asking()):
            return []
        letter = self.rng.choice(asked)
        message = parsed(self._reply(letter, "同意", letter.recipient))
        message["Auto-Submitted"] = "auto-replied"
        return [message.as_bytes()]

    def _word(self) -> str:
        return self.rng.choice(("同意", "同意", "同意", "不同意", "取消", "同意，但少发10箱"))

    def _asking(self) -> list[Sent]:
        """Letters with a token, whether their question is still open or not."""
        return [s for s in self.books.sent() if TOKEN.search(s.subject)]

    def _some_letter(self, notice: str) -> Sent | None:
        mine = [
            s
            for s in self.books.sent()
            if s.notice.startswith(notice) and s.recipient in (BEI, NAN) and self._code(s)
        ]
        return self.rng.choice(mine) if mine else None

    def _code(self, letter: Sent) -> str:
        """The distributor of the order that a letter is about; empty where it is about none."""
        rows = self.books.rows("select distributor from orders where number = ?", letter.subject_id)
        return str(rows[0]["distributor"]) if rows else ""

    def _sheet(self, code: str, **fault: Any) -> bytes:
        chosen = self.rng.sample(GOODS, self.rng.randint(1, 4))
        form: Form = [(product, self.rng.randint(1, 12), "现金") for product in chosen]
        return sheet(order(code, form, **fault))

    def _mail(self, sender: str, subject: str, text: str, data: bytes, name: str) -> bytes:
        return self.postmark.put_on(mail(sender, subject, text, (name, data)))

    def _reply(self, to: Sent, text: str, sender: str, subject: str = "") -> bytes:
        letter = to.letter
        answer = EmailMessage()
        answer["From"] = sender
        answer["To"] = "orders@songping.example"
        answer["Subject"] = subject or f"回复：{letter['Subject']}"
        answer["Message-ID"] = self.postmark.name()
        if self.rng.random() < 0.5:  # QQ and 163 drop them
            answer["In-Reply-To"] = answer["References"] = to.message_id
        below = f"\n\n------------------ 原始邮件 ------------------\n{words(letter)}"
        answer.set_content(text + (below if self.rng.random() < 0.5 else ""))
        return answer.as_bytes()
