"""Requests that go through people: applied for whole or in part, answered by their owners, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from mailflow.commands.demo_desk.mails import BEI, NAN
from tests.life.books import Sent
from tests.life.town import DEALERS
from tests.life.writers import STRANGER, Writers
from tests.scenarios.replies import ADMIN, TOKEN, words

WISHES: Sequence[tuple[str, str, Sequence[str]]] = (
    (BEI, "申请 培训", ("培训主题：导购知识{}", "希望日期：12月上旬", "地点：临江路18号", "人数：15人")),
    (BEI, "海报设计", ("设计内容：海报{}", "尺寸：60×90", "要稿日期：12月1日", "经销商：小叶子")),
    (NAN, "申请 活动", ("活动主题：路演{}", "活动日期：12月5日", "地点：海棠路", "预算：3000", "经销商：奶香")),
    (DEALERS[0], "投诉", ("投诉内容：罐子{}瘪了", "产品：优护1段")),
    (ADMIN, "退货申请", ("退货明细：优护1段{}箱", "退货原因：临期", "经销商：宝宝屋")),
)  # fmt: skip
"""Who asks, for what, and all that has to be told; each is filled in with a figure of its own."""
YES = ("完成：12月4日下午两点", "完成：已经处理，补发两箱", "同意", "同意", "完成")
NO = ("不同意 理由：今年没有预算了", "退回：和上次的一样", "不同意")
WORDS = ("底色用品牌蓝可以吗？", "先等等，下周答复", "同意，但是人数减半")


class Requests(Writers):
    def request_made(self) -> list[bytes]:
        return [self._wish(complete=True)]

    def request_in_part(self) -> list[bytes]:
        return [self._wish(complete=False)]

    def _wish(self, *, complete: bool) -> bytes:
        sender, subject, lines = self._rng.choice(WISHES)
        lines = [line.format(self._next()) for line in lines]
        if not complete:
            lines = lines[: self._rng.randint(1, len(lines) - 1)]
        photo = [("现场.jpg", b"\xff\xd8\xff photo %d" % self._next())]
        files = photo if self._rng.random() < 0.4 else []
        return self._mail(sender, subject, "\n".join(("您好：", *lines)), *files)

    def request_again(self) -> list[bytes]:
        """The same, in two mails."""
        sender, subject, lines = self._rng.choice(WISHES)
        text = "\n".join(line.format(self._next()) for line in lines)
        return [self._mail(sender, subject, text), self._mail(sender, subject, text)]

    def missing_told(self) -> list[bytes]:
        """All that any kind asks for: who is asked answers with what is his."""
        letter = self._some(self._got("request-answer", asked=True))
        if letter is None:
            return []
        number = self._next()
        lines = {
            line.format(number)
            for who, _, all_ in WISHES
            if who == letter.recipient
            for line in all_
        }
        return [self._reply(letter, "\n".join(sorted(lines)))]  # fmt: skip

    def step_answered(self) -> list[bytes]:
        """By its owner: yes, no, or words that decide nothing."""
        if (letter := self._some(self._steps())) is None:
            return []
        said = self._rng.choice((*YES, *YES, *NO, *WORDS))
        files = [("成品.pdf", b"%%PDF artwork %d" % self._next())]
        return [self._reply(letter, said, "", *(files if self._rng.random() < 0.3 else []))]

    def step_agreed(self) -> list[bytes]:
        if (letter := self._some(self._steps(), newest=2)) is None:
            return []
        says_yes = "同意" in words(letter.letter)
        return [self._reply(letter, "同意" if says_yes else self._rng.choice(YES[:2]))]

    def step_answered_twice(self) -> list[bytes]:
        if (letter := self._some(self._steps())) is None:
            return []
        both = [YES[0], "同意", NO[0]]
        self._rng.shuffle(both)
        return [self._reply(letter, said) for said in both[:2]]

    def step_answered_by_others(self) -> list[bytes]:
        """With his token, and by who is not asked."""
        if (letter := self._some(self._steps())) is None:
            return []
        sender = self._rng.choice((STRANGER, *DEALERS, BEI, NAN))
        return [self._reply(letter, self._rng.choice(YES), sender)] * (sender != letter.recipient)

    def requester_writes(self) -> list[bytes]:
        mine = [s for s in self._got("request-answer") if not TOKEN.search(s.subject)]
        if (letter := self._some([*mine, *self._got("request-news")])) is None:
            return []
        said = self._rng.choice(("取消", "撤回申请", "字大一点，谢谢", "好了没有？"))
        return [self._reply(letter, said)]

    def request_asked_after(self) -> list[bytes]:
        rows = self._books.rows("select number, requester from requests order by id")
        if not rows:
            return []
        row = self._rng.choice(rows)
        sender = self._rng.choice((row["requester"], ADMIN, BEI, NAN))
        return [self._mail(sender, f"状态 {row['number']}", "")]

    def _steps(self) -> list[Sent]:
        return self._got("request-step", asked=True)
