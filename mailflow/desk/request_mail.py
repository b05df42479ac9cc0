"""A mail about a request, with what is known of both; what somebody wrote is kept, and passed on."""

from __future__ import annotations

from mailflow.desk.request_letters import Come, answer_letter, news
from mailflow.desk.request_people import Here
from mailflow.domain.effect import Effect, Post
from mailflow.domain.effect_people import KeepRequest
from mailflow.domain.notice_request import RequestEvent, RequestVerdict
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.request import CaseFile, Note, Request
from mailflow.domain.value import dataclass
from mailflow.rules.request_answers import Reply
from mailflow.rules.request_whose import Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReply:
    """A mail that is about a request, of somebody who has to do with it.

    `question` is the one it answers: that of its token, else the open one that was put to its sender.
    `questions` are all that were put of the request. `told` is what its fields would be with
    this mail.
    """

    come: Come
    sender: str
    request: Request
    question: Question | None
    questions: tuple[Question, ...]
    reply: Reply
    text: str
    files: tuple[CaseFile, ...]
    here: Here
    told: Weighed

    @property
    def kept(self) -> Request:
        """The request with what this mail brings, filed."""
        note = Note(self.sender, self.here.now, self.text, self.request.step, self.come.mail_id)
        return self.request.with_note(note).with_files(self.files)

    @property
    def is_requesters(self) -> bool:
        return self.sender.casefold() == self.request.requester.casefold()

    @property
    def why(self) -> str:
        return f"M{self.come.mail_id} {self.sender}"


Outcome = tuple[RequestVerdict, tuple[Effect, ...]]


def told(
    mail: RequestReply, verdict: RequestVerdict, request: Request, owners: tuple[str, ...] = ()
) -> Post:
    return Post(
        answer_letter(
            verdict,
            request,
            mail.here,
            mail.come,
            to=mail.sender,
            owners=owners,
            said=mail.reply.text or mail.text,
            files=mail.files,
            question=_still_open(mail, verdict),
        )
    )


def _still_open(mail: RequestReply, verdict: RequestVerdict) -> Question | None:
    """What was not understood can be answered once more."""
    asks = (RequestVerdict.UNREASONED, RequestVerdict.WANTING, RequestVerdict.CONDITIONAL)
    return mail.question if verdict in asks else None


def passed_on(mail: RequestReply) -> Outcome:
    """Words that are no answer are nobody's to weigh: they reach the other side as they were written."""
    request, here, kept = mail.request, mail.here, mail.kept
    asked = [q.address for q in mail.questions if q.state is QuestionState.OPEN]
    owners = asked or [q.address for q in mail.questions if q.state is QuestionState.USED][-1:]
    to = [a for a in (request.requester, *owners) if a.casefold() != mail.sender.casefold()]
    verdict = RequestVerdict.ENDED if request.is_ended else RequestVerdict.PASSED
    effects: tuple[Effect, ...] = (
        KeepRequest(kept, f"{mail.why}: words"),
        *news(
            RequestEvent.WORDS,
            kept,
            here,
            to,
            by=mail.sender,
            mail_id=mail.come.mail_id,
            said=mail.text,
            files=mail.files,
        ),
        told(mail, verdict, kept, tuple(here.name_of(a) for a in dict.fromkeys(to))),
    )
    return verdict, effects
