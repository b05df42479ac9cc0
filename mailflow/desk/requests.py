"""A mail makes a request: it gets its number, and goes to its first owner or back for what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mailflow.desk.request_letters import Come, answer_letter
from mailflow.desk.request_people import Here, owner_of
from mailflow.desk.request_steps import ask_requester, at_step, put_to_owner
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.effect_people import KeepRequest
from mailflow.domain.mail import MailState
from mailflow.domain.notice_request import RequestVerdict
from mailflow.domain.request import CaseFile, Request, RequestState
from mailflow.domain.value import dataclass
from mailflow.rules.request_lacks import Lack

OPENED, INCOMPLETE, KNOWN = "request-opened", "request-incomplete", "request-known"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMail:
    """A mail that makes a request. `request` is what it would be; `mine` are those of the same sender that
    have not ended."""

    come: Come
    request: Request
    lacks: tuple[Lack, ...]
    mine: tuple[Request, ...]
    here: Here


def effects_of_request(mail: RequestMail) -> tuple[Effect, ...]:
    if known := _the_same(mail.request, mail.mine):
        return tuple(_known(mail, known))
    return tuple(_opened(mail))


def _opened(mail: RequestMail) -> Iterator[Effect]:
    request, come, here = mail.request, mail.come, mail.here
    if mail.lacks:
        yield from ask_requester(request, mail.lacks, here, come, request.files)
        yield SettleMail(MailState.DONE, INCOMPLETE)
        return
    yield from begin(request, here, come, request.files)
    yield SettleMail(MailState.DONE, OPENED)


def begin(
    request: Request, here: Here, come: Come, files: tuple[CaseFile, ...]
) -> Iterator[Effect]:
    """All is told: the first step is put, and whoever asked hears with whom it lies and until when."""
    first = at_step(request, 0, here)
    yield from put_to_owner(first, here, come.mail_id, f"M{come.mail_id} {request.requester}")
    owner = owner_of(first.at, first, here)
    yield Post(
        answer_letter(
            RequestVerdict.TAKEN,
            first,
            here,
            come,
            to=request.requester,
            owners=(owner.person.name,) if owner else (),
            files=files,
        )
    )


def _the_same(request: Request, mine: Sequence[Request]) -> Request | None:
    """What somebody sends twice is asked once."""
    return next(
        (
            other
            for other in mine
            if other.kind.code == request.kind.code
            and other.state is RequestState.OPEN
            and _told(other) == _told(request)
            and {f.file.sha256 for f in request.files} <= {f.file.sha256 for f in other.files}
        ),
        None,
    )


def _told(request: Request) -> Mapping[str, str]:
    return {name: "".join(value.split()).casefold() for name, value in request.values}


def _known(mail: RequestMail, known: Request) -> Iterator[Effect]:
    owner = owner_of(known.at, known, mail.here)
    yield KeepRequest(replace(known), f"M{mail.come.mail_id}: sent again")
    yield Post(
        answer_letter(
            RequestVerdict.KNOWN,
            known,
            mail.here,
            mail.come,
            to=known.requester,
            owners=(owner.person.name,) if owner else (),
        )
    )
    yield SettleMail(MailState.DONE, KNOWN)
