"""Papers of the library that people ask for, and papers that are kept and looked for."""

from __future__ import annotations

from mailflow.commands.demo_desk.mails import BEI, NAN
from tests.life.town import ASSISTANT, DEALERS, PAPERS
from tests.life.writers import STRANGER, Writers
from tests.parsers.papers import docx
from tests.scenarios.replies import ADMIN, FINANCE, GM
from tests.scenarios.shipped import WAREHOUSE

ASKS = (
    *("质检报告 B20260301", "质检报告 G2026-7", "营业执照", "食品生产许可证", "资料"),
    "质检报告 X1",
)
EVERYBODY = (BEI, NAN, ADMIN, WAREHOUSE, GM, *DEALERS, STRANGER)
KEEPERS = (ADMIN, FINANCE, BEI, ASSISTANT)
CONTRACTS = {
    number: docx("经销合同", f"甲方授权乙方经销，合同号 HT-2026-{number:03}。")
    for number in range(1, 7)
}
"""The same bytes whenever one is sent: a document says when it was made."""


class Papers(Writers):
    def paper_asked_for(self) -> list[bytes]:
        sender = self._rng.choice(EVERYBODY)
        return [self._mail(sender, self._rng.choice(ASKS), "请发一份，谢谢")]

    def paper_chosen(self) -> list[bytes]:
        """Of those that were offered."""
        if (letter := self._some(self._got("document-answer"))) is None:
            return []
        return [self._reply(letter, f"资料 {self._rng.choice(PAPERS)[0]}")]

    def paper_kept(self) -> list[bytes]:
        """A contract; the same again, or from who may not, now and then."""
        sender = self._rng.choice((*KEEPERS, *KEEPERS, DEALERS[0], STRANGER))
        number = self._rng.randint(1, 6)
        files = [(f"合同{number}.docx", CONTRACTS[number])]
        if self._rng.random() < 0.3:
            files.append((f"扫描{number}.png", b"\x89PNG\r\n\x1a\n scan %d" % self._next()))
        text = self._rng.choice(("请归档，谢谢", "请归档，谢谢", "请审批后盖章寄回"))
        return [self._mail(sender, "合同归档", text, *files)]

    def paper_looked_for(self) -> list[bytes]:
        wanted = f"HT-2026-{self._rng.randint(1, 6):03}"
        if numbers := self._books.rows("select number from archived order by id"):
            wanted = self._rng.choice((wanted, "经销合同", self._rng.choice(numbers)["number"]))
        sender = self._rng.choice((ADMIN, FINANCE, GM, BEI, DEALERS[0], WAREHOUSE))
        return [self._mail(sender, f"查找 {wanted}", "")]
