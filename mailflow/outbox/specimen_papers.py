"""Specimens of the letter that answers a request for a paper of the library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailflow.domain.audience import Audience
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_paper import PaperFile, PaperNotice
from mailflow.domain.paper import Paper, PaperVerdict
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER

REPORT = Paper(
    title="金装1段900g 出厂检验报告",
    audience=Audience.PARTNER,
    file="2026/B20260301.pdf",
    batches=("B20260301",),
    product="金装1段900g",
)
LICENCE = Paper(
    title="食品生产许可证",
    audience=Audience.PUBLIC,
    file="许可证.pdf",
    valid_until=date(2026, 10, 31),
)


def paper_letters(language: str) -> Iterator[Letter]:
    named = {
        PaperVerdict.SENT: (REPORT,),
        PaperVerdict.WHICH: (REPORT, LICENCE),
        PaperVerdict.EXPIRED: (LICENCE,),
        PaperVerdict.LOST: (REPORT,),
    }
    for verdict in PaperVerdict:
        papers = named.get(verdict, ())
        yield Letter(
            notice=PaperNotice(
                verdict=verdict,
                subject="质检报告 B20260301",
                asked="质检报告 B20260301",
                papers=papers,
                contact=ADMIN,
                has_more=verdict is PaperVerdict.WHICH,
            ),
            to=(CUSTOMER.regional_manager,),
            subject_id="M51-document",
            about="M51",
            language=language,
            thread=Thread("<paper-1109@chenlu.example>", (), "质检报告 B20260301"),
            enclosures=tuple(map(PaperFile, papers)) if verdict is PaperVerdict.SENT else (),
        )
