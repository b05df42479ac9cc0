"""Builds that are broken on purpose: one change of the program each, which the stories must find wrong.

A change is data: a file, what stands there, what stands there instead. It is made in a copy.
"""

from __future__ import annotations

from dataclasses import dataclass

Edit = tuple[str, str]


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    edits: tuple[Edit, ...]


def _mutant(name: str, file: str, *edits: Edit) -> Mutant:
    return Mutant(name, file, edits)


COMING_IN = (
    _mutant(
        "a mail is moved before its receipt is committed",
        "intake.py",
        (
            "        self.intake.store.journal.record(arrivals, self.now)\n",
            "        gone = [arrival.key for arrival in arrivals]\n"
            "        self.intake.mailbox.file_away(gone, MailState.DONE)\n"
            "        self.intake.store.journal.record(arrivals, self.now)\n",
        ),
    ),
    _mutant(
        "the same bytes are another mail each time",
        "store/journal.py",
        ('mails.c.sha256 == sa.bindparam("of")', 'mails.c.sha256 == sa.bindparam("of") + "x"'),
    ),
    _mutant(
        "numbers are known whatever their UIDVALIDITY",
        "store/journal.py",
        (
            'arrivals.c.uidvalidity == sa.bindparam("at_uidvalidity"),',
            'sa.bindparam("at_uidvalidity") > 0,',
        ),
    ),
    _mutant(
        "only numbers above the highest known are new",
        "intake.py",
        (
            "    fresh = mailbox.listing(known, now)\n",
            "    highest = max(known, default=0)\n"
            "    fresh = [m for m in mailbox.listing(known, now) if m.key.uid > highest]\n",
        ),
    ),
    _mutant("the spool keeps nothing", "store/spool.py", ("self._write(path, raw)", "raw.strip()")),
    _mutant(
        "an attempt is not counted before it begins",
        "dealing.py",
        ("works.office.store.journal.begin_attempts(ids, works.clock())", "list(ids)"),
    ),
    _mutant(
        "a mail that is set aside is shown to nobody",
        "store/journal.py",
        ("                open_case(pen, unread_case(mail_id, why.value, now))\n", ""),
    ),
    _mutant(
        "a receipt is settled after the books are committed",
        "pipeline.py",
        (
            "        work.settle(row.id, dealt.state, dealt.reason, reading.head, dealt.findings)\n"
            '        failpoint.reached("deal.performed")\n',
            '        failpoint.reached("deal.performed")\n'
            "    with office.store.begin(now) as work:\n"
            "        work.settle(row.id, dealt.state, dealt.reason, reading.head, dealt.findings)\n",
        ),
    ),
    _mutant(
        "mails are judged before the registers are there",
        "domain/master.py",
        ("if not rows)", "if not rows and False)"),
    ),
)
GOING_OUT = (
    _mutant(
        "each try has a Message-ID of its own",
        "outbox/sender.py",
        (
            "after = _attempt(message, shelf, sender, clock)",
            'after = _attempt(replace(message, message_id="<" + "r" * (message.attempts - 1)'
            " + message.message_id[1:]), shelf, sender, clock)",
        ),
    ),
    _mutant(
        "what a dead process had sent is ready again",
        "store/shelf.py",
        ("if row.state == MessageState.SENDING.value:", "if row.state:"),
    ),
    _mutant(
        "the final dot is sent before that is committed",
        "outbox/sender.py",
        ("        shelf.put_back(message.ending(), clock())\n", "        message.ending()\n"),
    ),
    _mutant(
        "what may have been sent is tried again like what was not",
        "outbox/sender.py",
        ("message.lost_sight_of(str(trouble), clock())", "message.deferred(str(trouble), clock())"),
    ),
    _mutant(
        "what may have been sent counts as sent",
        "outbox/sender.py",
        ("message.lost_sight_of(str(trouble), clock())", "message.accepted()"),
    ),
    _mutant(
        "a second sending is not counted",
        "domain/message.py",
        ("state=MessageState.READY, resends=self.resends + 1", "state=MessageState.READY"),
    ),
    _mutant(
        "what lies among the sent mails is sent again",
        "outbox/sender.py",
        ("    if evidence is True:\n        return message.accepted()\n", ""),
    ),
    _mutant(
        "a refusal for good counts as sent",
        "outbox/sender.py",
        (
            "            return message.refused(str(trouble))\n        return message.deferred",
            "            return message.accepted()\n        return message.deferred",
        ),
    ),
    _mutant(
        "nobody looks after what is in doubt",
        "sending.py",
        ("        settle_doubtful(shelf, sender, works.clock)\n", ""),
    ),
    _mutant(
        "a message changes and the history does not say it",
        "store/shelf.py",
        ("        _note(pen, message, before.value)\n        return True", "        return True"),
    ),
    _mutant(
        "what is put down is linked to nothing before it",
        "store/connection.py",
        ("link = self.connection.execute(LAST_LINK).scalar() or BEGINNING", "link = BEGINNING"),
    ),
)
WHO_MAY = (
    _mutant(
        "a verdict counts whichever server wrote it",
        "domain/proof.py",
        ("if server and v.server == server]", "if server]"),
    ),
    _mutant(
        "of two verdicts the better one counts",
        "domain/proof.py",
        ("return bool(ours) and all(", "return bool(ours) and any("),
    ),
    _mutant(
        "a verdict counts for any domain",
        "domain/proof.py",
        ('v.dmarc == "pass" and v.header_from == domain', 'v.dmarc == "pass"'),
    ),
    _mutant(
        "of a From line the first address counts",
        "parsers/mime_from.py",
        (
            "        return None, shown\n    return",
            "        return _checked(bare.strip()), shown\n    return",
        ),
    ),
    _mutant(
        "of two From lines the last one counts",
        "parsers/mime_from.py",
        ("if len(values) != 1 or", "if not values or"),
        ('_FOLD.sub("", values[0])', '_FOLD.sub("", values[-1])'),
    ),
    _mutant(
        "automatic mails are people's",
        "parsers/mime_marks.py",
        ("        (MailKind.AUTO_REPLY, _automatic(headers, subject, opening)),\n", ""),
    ),
    _mutant(
        "what nobody has acknowledged is believed",
        "believing.py",
        ("    if not row.is_acknowledged or facts", "    if facts"),
    ),
    _mutant("machines are answered without end", "desk/idle.py", ("MOST = 3\n", "MOST = 3_000\n")),
    _mutant(
        "anybody may answer a question",
        "domain/question.py",
        (
            "return address is not None and address.casefold() == self.address.casefold()",
            "return address is not None",
        ),
    ),
    _mutant(
        "an answer counts whenever it comes",
        "domain/question.py",
        ("return at >= self.expires", "return False"),
    ),
    _mutant(
        "a question stays open when it was answered",
        "keeping.py",
        ("            work.answer(question)\n", ""),
    ),
    _mutant(
        "a manager may tell the stock",
        "domain/access_table.py",
        (
            "Action.TELL_STOCK: {",
            "Action.TELL_STOCK: {Role.REGIONAL_MANAGER: Scope.ALL, ",
        ),
    ),
    _mutant(
        "a manager may enter payments",
        "domain/access_table.py",
        ("Action.ENTER_PAYMENTS: {", "Action.ENTER_PAYMENTS: {Role.REGIONAL_MANAGER: Scope.ALL, "),
    ),
    _mutant(
        "anybody may order for anybody",
        "domain/access.py",
        # Not in the check: behind it nothing uncertain is booked, and who sent it is looked at again.
        ("    manager = customer.regional_manager.casefold()\n", "    return True\n"),
    ),
    _mutant(
        "tokens stand in the log",
        "dealing.py",
        (
            "            reason=dealt.reason,\n",
            "            reason=dealt.reason,\n            about=reading.head.subject,\n",
        ),
    ),
    _mutant(
        "tokens stand in digests",
        "store/work.py",
        ("without_numbers(without_tokens(head.subject))", "without_numbers(head.subject)"),
    ),
)
GOODS_AND_MONEY = (
    _mutant(
        "nobody looks at the credit limit",
        "rules/checks/over_credit.py",
        ("if cash > 0 and owed + cash > customer.credit_limit", "if cash < 0"),
    ),
    _mutant(
        "nobody compares prices",
        "rules/checks/price_mismatch.py",
        ("if _is_list_price(price, item.unit_price) or", "if item or"),
    ),
    _mutant(
        "the same order in another mail is another order",
        "rules/checks/duplicate_order.py",
        ("    for earlier in facts.earlier:\n", "    for earlier in ():\n"),
    ),
    _mutant(
        "stock is promised again and again",
        "store/stock.py",
        ("return less(count.tins, (*taken, *self._left_since(count, since)))", "return count.tins"),
    ),
    _mutant(
        "a case has a dozen tins",
        "rules/tins.py",
        ("tins = quantity.number * product.tins_per_case", "tins = quantity.number * 12"),
    ),
    _mutant(
        "each line has a case more than was ordered",
        "desk/booking.py",
        ("        tins=item.tins,\n", "        tins=item.tins + item.product.tins_per_case,\n"),
    ),
    _mutant(
        "an order comes into the books and not into the ledger",
        "store/work.py",
        (
            '        accounts.keep_order(self._pen, order, "")\n        if dispatch',
            "        if dispatch",
        ),
    ),
    _mutant(
        "an order is released without a list",
        "keeping.py",
        (
            "if isinstance(effect, ReleaseOrder) and effect.dispatch_list is not None:",
            "if False:",
        ),
    ),
    _mutant(
        "what was decided goes on waiting in the digests",
        "keeping.py",
        ('    work.close_cases("order", order.number, reason)\n    if', "    if"),
    ),
)
ALL = (*COMING_IN, *GOING_OUT, *WHO_MAY, *GOODS_AND_MONEY)
SOME = (COMING_IN[1], COMING_IN[4], GOING_OUT[0], GOING_OUT[3], GOING_OUT[2])
"""Found out within three stories: for a run of a minute."""
