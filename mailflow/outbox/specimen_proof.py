"""Specimens of the letter that asks a registered sender whether a mail is his."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mailflow.domain.answer import Word
from mailflow.domain.finding import Asked
from mailflow.domain.notice import Letter
from mailflow.domain.notice_proof import ProofNotice
from mailflow.domain.question import Question
from mailflow.domain.sender_proof import ProofVerdict
from mailflow.outbox.specimen_orders import ADMIN, RECEIVED

NUMBER = "QR261109-0052"


def question() -> Question:
    return Question(
        order=NUMBER,
        revision=1,
        role=Asked.SENDER,
        address=ADMIN.email,
        allowed=(Word.AGREE, Word.REFUSE),
        created=RECEIVED,
        expires=RECEIVED + timedelta(days=7),
        token="7H3KQ9T2M4X8V6C1D5ZP",
    )


def proof_letters(language: str) -> Iterator[Letter]:
    for verdict in ProofVerdict:
        is_asked = verdict is ProofVerdict.ASKED
        yield Letter(
            notice=ProofNotice(
                verdict=verdict,
                subject="11月订单 南阳小叶子" if is_asked else "",
                received=RECEIVED if is_asked else None,
                files=("11月订单.xlsx",) if is_asked else (),
                said="" if is_asked else "是的吧，我问一下",
            ),
            to=(ADMIN.email,),
            subject_id=NUMBER,
            language=language,
            question=None if verdict is ProofVerdict.LATE else question(),
        )
