"""Announcements: to regions, roles and distributors; corrected, sent, given up, closed, confirmed."""

from __future__ import annotations

from mailflow.commands.demo_desk.mails import BEI
from tests.life.books import Sent
from tests.life.town import ASSISTANT, DEALERS, OUTSIDE
from tests.life.writers import STRANGER, Writers
from tests.scenarios.replies import ADMIN, GM

ANNOUNCERS = (ASSISTANT, ASSISTANT, GM, ADMIN)
TO = ("北区", "区域经理", "全部", "S201、N101", "北区经理、财务部", "仓库、物流部", "华中")
CONFIRMS = (
    "收到",
    "收到",
    "收到，谢谢！",
    "已阅",
    "收到，但是附件打不开",
    "收到\n我们照办",
    "什么时候开始？",
)


class Announcers(Writers):
    def announced(self) -> list[bytes]:
        return [self._announcement(self._rng.choice(ANNOUNCERS))]

    def announced_by_others(self) -> list[bytes]:
        return [self._announcement(self._rng.choice((STRANGER, BEI, DEALERS[0])))]

    def _announcement(self, sender: str) -> bytes:
        number = self._next()
        lines = [f"收件人：{self._rng.choice(TO)}"]
        lines += ["请确认"] * (self._rng.random() < 0.7)
        lines += ["密级：内部"] * (self._rng.random() < 0.25)
        text = "\n".join((*lines, "", f"第{number}号政策，请照办。"))
        files = [("政策.pdf", b"%%PDF policy %d" % number)] * (self._rng.random() < 0.5)
        return self._mail(sender, f"公告：政策{number}", text, *files)

    def announcement_corrected(self) -> list[bytes]:
        if (letter := self._some(self._got("announcement-answer"))) is None:
            return []
        to = self._rng.choice(("收件人：N102\n", "收件人：北区\n", ""))
        return [self._reply(letter, f"更正\n{to}\n改过的第{self._next()}号政策")]

    def announcement_decided(self) -> list[bytes]:
        """By its sender, or by who got hold of his letter; perhaps twice in a minute."""
        if (letter := self._some(self._got("announcement-answer", asked=True), 3)) is None:
            return []
        sender = self._rng.choice(("", "", "", BEI, STRANGER))
        said = self._rng.choice(("发送", "发送", "发送", "取消", "先等等"))
        times = self._rng.choice((1, 1, 2))
        return [self._reply(letter, said, sender) for _ in range(times)]

    def announcement_confirmed(self) -> list[bytes]:
        if (letter := self._some(self._letters(), 10)) is None:
            return []
        return [self._reply(letter, self._rng.choice(CONFIRMS))]

    def all_confirmed(self) -> list[bytes]:
        """Whoever got the newest one."""
        letters = self._letters()
        newest = [s for s in letters if s.subject_id == letters[-1].subject_id]
        once = {s.recipient: s for s in newest}
        return [self._reply(letter, "收到") for letter in once.values()]

    def confirmed_by_another(self) -> list[bytes]:
        """From a letter that was passed on, or by a machine."""
        if (letter := self._some(self._letters(), 10)) is None:
            return []
        others = [a for a in (BEI, STRANGER, DEALERS[0]) if a != letter.recipient]
        return [self._reply(letter, "收到", self._rng.choice(others))]

    def announcement_closed(self) -> list[bytes]:
        if (letter := self._some(self._got("announcement-answer"))) is None:
            return []
        return [self._reply(letter, self._rng.choice(("结束", "状态")))]

    def announcement_asked_after(self) -> list[bytes]:
        rows = self._books.rows("select number, announcer from announcements order by id")
        if not rows:
            return []
        row = self._rng.choice(rows)
        sender = self._rng.choice((row["announcer"], ADMIN, "n102" + OUTSIDE))
        return [self._mail(sender, f"状态 {row['number']}", "")]

    def _letters(self) -> list[Sent]:
        return self._got("announcement")
