"""People who write to a desk: of their own accord, or back to a letter that they got."""

from __future__ import annotations

from email.message import EmailMessage
from random import Random

from mailflow.commands.demo_desk.mails import mail
from tests.life.books import Books, Sent
from tests.life.post import Postmark
from tests.scenarios.replies import TOKEN, words

STRANGER = "nobody@elsewhere.example"
File = tuple[str, bytes]


class Writers:
    """What those of one office have in common. Every figure they choose is one of their own."""

    def __init__(self, rng: Random, books: Books, postmark: Postmark) -> None:
        self._rng = rng
        self._books = books
        self._postmark = postmark
        self._count = 0

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _mail(self, sender: str, subject: str, text: str, *files: File) -> bytes:
        return self._postmark.put_on(mail(sender, subject, text, *files))

    def _reply(self, to: Sent, text: str, sender: str = "", *files: File) -> bytes:
        """As programs write it: with the thread or without, the letter below or not."""
        answer = EmailMessage()
        answer["From"] = sender or to.recipient
        answer["To"] = "orders@songping.example"
        answer["Subject"] = f"回复：{to.letter['Subject']}"
        answer["Message-ID"] = self._postmark.name()
        if self._rng.random() < 0.5:
            answer["In-Reply-To"] = answer["References"] = to.message_id
        below = f"\n\n------------------ 原始邮件 ------------------\n{words(to.letter)}"
        answer.set_content(text + (below if self._rng.random() < 0.5 else ""))
        for name, data in files:
            answer.add_attachment(data, "application", "octet-stream", filename=name)
        return answer.as_bytes()

    def _got(self, notice: str, *, asked: bool = False) -> list[Sent]:
        """Letters of a kind; `asked`: those with a token."""
        mine = [s for s in self._books.sent() if s.notice == notice and s.state == "accepted"]
        return [s for s in mine if not asked or TOKEN.search(s.subject)]

    def _some(self, letters: list[Sent], newest: int = 4) -> Sent | None:
        """One of the newest: what was settled long ago is answered rarely."""
        return self._rng.choice(letters[-newest:]) if letters else None
