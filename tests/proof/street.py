"""What happens to the desk of a story: mails of the pool, and answers to what it has sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from random import Random
from typing import cast

from mailflow.domain.answer import TOKEN_LENGTH
from mailflow.domain.sender_proof import NUMBER
from tests.life.books import goods_on
from tests.proof.carrier import Carrier, Taken
from tests.proof.mails import DESK, SCARCE, STRANGER, Pool, Posted, letter, proven
from tests.scenarios.replies import TOKEN
from tests.scenarios.shipped import WAREHOUSE, filled

MESSAGE_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.MULTILINE)
WORDS = ("同意", "同意", "同意", "不同意", "接受", "取消", "同意，但少发10箱", "好的收到")
PER_CASE = 6
WEEK = timedelta(days=7)
ANSWERS_LATE = 40
"""Who comes back after that long answers first; not every question waits for him."""


@lru_cache(maxsize=4000)
def subject_of(mime: bytes) -> str:
    """Of a letter of ours; its headers alone are looked at."""
    head = message_from_bytes(mime.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    return str(make_header(decode_header(str(head["Subject"]))))


@lru_cache(maxsize=500)
def list_filled(mime: bytes, less: int) -> bytes:
    """A dispatch list as a warehouse sends it back: all of it, or `less` cases of its first line."""
    whole = cast(EmailMessage, message_from_bytes(mime, policy=default))
    [workbook] = [part.get_content() for part in whole.iter_attachments()]
    cases = {n: tins // PER_CASE for n, (_, tins) in enumerate(goods_on(workbook))}
    cases[0] = max(0, cases[0] - less)
    foot = {"carrier": "顺丰", "waybill": f"SF{len(mime)}{less}", "day": "2026-11-12"}
    return filled(whole, cases, {}, foot)


@dataclass
class Street:
    rng: Random
    pool: Pool
    carrier: Carrier
    verified: bool
    """Whether senders have to be proven: then others write in their names."""
    sent: list[Posted] = field(default_factory=list)
    _count: int = 0

    def happening(self, after: timedelta) -> list[Posted]:
        """`after` is how long nothing happened."""
        chances: list[tuple[int, Callable[[], list[Posted]]]] = [
            (10, self.order),
            (4, self.wrong_order),
            (2, self.same_bytes),
            (2, self.same_order),
            (ANSWERS_LATE if after > WEEK else 8, self.answer),
            (2, self.two_answers),
            (2, self.somebody_else_answers),
            (2, self.machine_answers),
            (2, self.machine_without_end),
            (2, self.came_back),
            (3, self.stranger),
            (2, self.hostile),
            (3, self.stock),
            (2, self.more_than_there_is),
            (2, self.money),
            (2, self.list_filled_in),
            (2, self.sent_in_words),
            (2, self.nothing),
        ]
        if self.verified:
            chances += [(4, self.forged), (2, self.forged_answer)]
        [(_, event)] = self.rng.choices(chances, [weight for weight, _ in chances])
        mails = event()
        self.sent += mails
        return mails

    def order(self) -> list[Posted]:
        return [self.rng.choice(self.pool.orders)]

    def wrong_order(self) -> list[Posted]:
        return [self.rng.choice(self.pool.wrong_orders)]

    def stranger(self) -> list[Posted]:
        return [self._again(self.rng.choice(self.pool.strangers))]

    def hostile(self) -> list[Posted]:
        return [self.rng.choice(self.pool.hostile)]

    def stock(self) -> list[Posted]:
        return [self.rng.choice(self.pool.counts)]

    def more_than_there_is(self) -> list[Posted]:
        """Two want what is enough for one of them."""
        scarce = [count for count in self.pool.counts if count.what == SCARCE]
        return [self.rng.choice(scarce), *self.rng.sample(self.pool.orders, 2)]

    def money(self) -> list[Posted]:
        return [self.rng.choice(self.pool.money)]

    def forged(self) -> list[Posted]:
        return [self.rng.choice(self.pool.forged)]

    def nothing(self) -> list[Posted]:
        return []

    def same_bytes(self) -> list[Posted]:
        return [self.rng.choice(self.sent)] if self.sent else []

    def same_order(self) -> list[Posted]:
        """In a mail of its own, and so of another name."""
        return [self._again(self.rng.choice(self.sent))] if self.sent else []

    def _again(self, mail: Posted) -> Posted:
        self._count += 1
        name = b"Message-ID: <again-%d@street.example>" % self._count
        return replace(mail, raw=MESSAGE_ID.sub(name, mail.raw, count=1), what=f"{mail.what} again")

    def answer(self) -> list[Posted]:
        if (asked := self._asked()) is None:
            return []
        word = self.rng.choice(WORDS)
        return [self._reply(asked, word, asked.recipient, f"answers {word}")]

    def two_answers(self) -> list[Posted]:
        if (asked := self._asked()) is None:
            return []
        both = ["同意", "不同意"]
        self.rng.shuffle(both)
        return [self._reply(asked, word, asked.recipient, f"answers {word}") for word in both]

    def somebody_else_answers(self) -> list[Posted]:
        if (asked := self._asked()) is None:
            return []
        sender = self.rng.choice((STRANGER, WAREHOUSE, "nan.manager@songping.example"))
        return [self._reply(asked, "同意", sender, "somebody else answers")]

    def forged_answer(self) -> list[Posted]:
        if (asked := self._asked()) is None:
            return []
        yes = self._reply(asked, "同意", asked.recipient, "a forged answer")
        if f"[{NUMBER}" in (subject := subject_of(asked.mime)):
            # The code that proves a sender is seen by nobody who does not read his mailbox.
            guess = TOKEN.sub("#" + "A" * TOKEN_LENGTH, subject)
            raw = letter(asked.recipient, f"回复：{guess}", "同意", self._name())
            yes = self._posted(raw, asked.recipient, "a forged answer")
        return [replace(yes, raw=yes.raw.partition(b"\n")[2], honest=False, means=())]

    def machine_answers(self) -> list[Posted]:
        """To any letter of ours; half of these machines say what they are, and what they answer."""
        if not self.carrier.taken:
            return []
        to = self.rng.choice(self.carrier.taken)
        says = self.rng.random() < 0.5
        more = {"Auto_Submitted": "auto-replied", "In_Reply_To": to.message_id} if says else {}
        subject = f"自动回复: {subject_of(to.mime)}" if says else f"Re: {subject_of(to.mime)}"
        mails = []
        for _ in range(self.rng.choice((1, 1, 6))):
            text = (
                f"同意，我在外地，单号 {self._next()}" if says else f"您好，已收到 {self._next()}"
            )
            raw = letter(to.recipient, subject, text, self._name(), **more)
            mails.append(self._posted(raw, to.recipient, "a machine answers", automatic=True))
        return mails

    def machine_without_end(self) -> list[Posted]:
        """It answers a question with words that say nothing, again and again, and not what it is."""
        if (asked := self._asked()) is None:
            return []
        mails = []
        for _ in range(5):
            text = f"您好，您的邮件已收到 {self._next()}"
            reply = self._reply(asked, text, asked.recipient, "a machine answers without end")
            mails.append(replace(reply, automatic=True, means=()))
        return mails

    def came_back(self) -> list[Posted]:
        if not self.carrier.taken:
            return []
        to = self.rng.choice(self.carrier.taken)
        name = to.message_id.encode()
        raw = REPORT % (DESK.encode(), to.recipient.encode(), name, to.recipient.encode())
        return [Posted(raw, "", f"{to.notice} came back", automatic=True)]

    def list_filled_in(self) -> list[Posted]:
        if (to := self._list()) is None:
            return []
        data = list_filled(to.mime, self.rng.choice((0, 0, 1)))
        message = EmailMessage()
        message["From"], message["To"] = WAREHOUSE, DESK
        message["Subject"], message["Message-ID"] = (
            f"清单回填 {self._next()}",
            f"<{self._name()}@x.example>",
        )
        message.set_content("请查收")
        kind = {"maintype": "application", "subtype": "octet-stream"}
        message.add_attachment(data, filename="清单.xlsx", **kind)
        return [self._posted(message.as_bytes(), WAREHOUSE, "a list filled in", ("shipment",))]

    def sent_in_words(self) -> list[Posted]:
        if (to := self._list()) is None:
            return []
        text = f"全部发出，顺丰 SF{10_000 + self._next()}"
        raw = letter(WAREHOUSE, f"回复：{subject_of(to.mime)}", text, self._name())
        return [self._posted(raw, WAREHOUSE, "all has left, in words", ("shipment",))]

    def _list(self) -> Taken | None:
        lists = [t for t in self.carrier.taken if t.notice == "dispatch-list"]
        return self.rng.choice(lists) if lists else None

    def _asked(self) -> Taken | None:
        """Somebody who was asked, whether it is still open or not."""
        asked = [t for t in self.carrier.taken if TOKEN.search(subject_of(t.mime))]
        return self.rng.choice(asked) if asked else None

    def _reply(self, to: Taken, text: str, sender: str, what: str) -> Posted:
        more = {"In_Reply_To": to.message_id} if self.rng.random() < 0.5 else {}
        raw = letter(sender, f"回复：{subject_of(to.mime)}", text, self._name(), **more)
        return self._posted(raw, sender, what, ("answer",))

    def _posted(
        self,
        raw: bytes,
        sender: str,
        what: str,
        means: tuple[str, ...] = (),
        *,
        automatic: bool = False,
    ) -> Posted:
        return Posted(proven(raw, sender), sender, what, automatic=automatic, means=means)

    def _name(self) -> str:
        return f"street-{self._next()}"

    def _next(self) -> int:
        self._count += 1
        return self._count


REPORT = b"""\
Return-Path: <>
From: MAILER-DAEMON@mx.elsewhere.example
To: %s
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.elsewhere.example

Final-Recipient: rfc822; %s
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: %s
To: %s

--b--
"""
