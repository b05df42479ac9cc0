"""The letters of a request, each with the files that go along and the names of those that do not."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

from mailflow.desk.request_people import Here, Owner
from mailflow.domain.asking import Urging
from mailflow.domain.audience import Audience
from mailflow.domain.effect import Post
from mailflow.domain.mail import Thread
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import Letter
from mailflow.domain.notice_request import (
    Lacking,
    RequestAnswerNotice,
    RequestEvent,
    RequestNewsNotice,
    RequestStepNotice,
    RequestVerdict,
    Spoken,
)
from mailflow.domain.question import Question
from mailflow.domain.request import CaseFile, Request, enclosed
from mailflow.domain.value import dataclass
from mailflow.rules.request_lacks import Lack

MOST_NOTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Come:
    """The mail that something follows from: its number, and the thread in which it is answered."""

    mail_id: int
    thread: Thread
    more: tuple[str, ...] = ()
    """What else he asked for in it, which is another matter and not taken up."""


def step_letter(
    request: Request,
    owner: Owner,
    here: Here,
    mail_id: int,
    *,
    urging: Urging = Urging.NONE,
    what: str = "",
    question: Question | None = None,
) -> Letter:
    """To whom a step was put; a reminder takes no files along again."""
    files = enclosed(request.files) if urging is not Urging.REMINDER else ()
    customer = here.customer_of(request)
    person = owner.person
    return Letter(
        notice=RequestStepNotice(
            request=request,
            owner=person.name,
            requester=here.name_of(request.requester),
            distributor=customer.name if customer else "",
            urging=urging,
            stands_in=owner.stands_in,
            notes=_spoken(request, here),
            files=files,
            left_out=_left_out(request.files, files) if urging is not Urging.REMINDER else (),
        ),
        to=(person.email,),
        subject_id=f"{request.number}-{request.revision}{what}",
        about=request.number,
        language=person.language or here.house.language,
        mail_id=mail_id,
        question=question,
        enclosures=_passed_on(request, files),
    )


def answer_letter(
    verdict: RequestVerdict,
    request: Request,
    here: Here,
    come: Come,
    *,
    to: str,
    owners: tuple[str, ...] = (),
    lacks: Sequence[Lack] = (),
    said: str = "",
    files: tuple[CaseFile, ...] = (),
    question: Question | None = None,
    is_urged: bool = False,
) -> Letter:
    """To whoever wrote, in his thread. `files` are those that came with his mail."""
    return Letter(
        notice=RequestAnswerNotice(
            verdict=verdict,
            request=request,
            subject=come.thread.subject,
            owners=owners,
            lacking=tuple(
                Lacking(title=lack.field.title, why=lack.why.value, found=lack.found)
                for lack in lacks
            ),
            said=said,
            left_out=tuple(f for f in files if not f.goes_out),
            is_urged=is_urged,
            more=come.more,
        ),
        to=(to,),
        subject_id=f"{request.number}-M{come.mail_id}",
        about=request.number,
        language=here.language_of(to),
        thread=come.thread,
        mail_id=come.mail_id,
        question=question,
    )


def news(
    event: RequestEvent,
    request: Request,
    here: Here,
    to: Iterable[str],
    *,
    by: str,
    mail_id: int | None,
    said: str = "",
    owners: tuple[str, ...] = (),
    files: tuple[CaseFile, ...] = (),
) -> Iterator[Post]:
    """A letter of his own to each, in his language; whoever wrote it hears in his own thread."""
    going, customer = enclosed(files), here.customer_of(request)
    once = dict.fromkeys(each.casefold() for each in to if here.register.knows(each))
    for address in once:
        if address == by.casefold():
            continue
        yield Post(
            Letter(
                notice=RequestNewsNotice(
                    event=event,
                    request=request,
                    by=here.name_of(by) if by else "",
                    requester=here.name_of(request.requester),
                    said=said,
                    owners=owners,
                    distributor=customer.name if customer else "",
                    files=going,
                    left_out=_left_out(files, going),
                ),
                to=(address,),
                subject_id=f"{request.number}-{event.value}-M{mail_id or 0}",
                about=request.number,
                language=here.language_of(address),
                mail_id=mail_id,
                enclosures=_passed_on(request, going),
            )
        )


def _spoken(request: Request, here: Here) -> tuple[Spoken, ...]:
    """The newest, as they came; lines that stand among the fields already are not said twice."""
    told = {_squeezed(line) for _, value in request.values for line in value.splitlines()}
    kept = (
        (n, "\n".join(line for line in n.text.splitlines() if not _is_told(line, told)).strip())
        for n in request.notes
    )
    spoken = (Spoken(here.name_of(n.by), n.at, text) for n, text in kept if text)
    return tuple(spoken)[-MOST_NOTES:]


def _is_told(line: str, told: Collection[str]) -> bool:
    value = unicodedata.normalize("NFKC", line).partition(":")[2]
    return _squeezed(line) in told or (bool(value) and _squeezed(value) in told)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _passed_on(request: Request, files: tuple[CaseFile, ...]) -> tuple[MailedFile, ...]:
    """Where a kind has to do with distributors its files may go to that one; else nobody outside of the
    house gets any, whoever is written to."""
    audience = Audience.PARTNER if request.is_partners else Audience.INTERNAL
    return tuple(
        MailedFile(each.file, each.mail_id, each.mail_sha256, each.sender, audience)
        for each in files
    )


def _left_out(files: tuple[CaseFile, ...], going: tuple[CaseFile, ...]) -> tuple[CaseFile, ...]:
    return tuple(f for f in files if f not in going)
