"""Where a request stands, for whoever has to do with it."""

from __future__ import annotations

from mailflow.desk.release import name_of
from mailflow.domain.access import may_for, may_in
from mailflow.domain.access_table import Action
from mailflow.domain.facts import Facts
from mailflow.domain.notice_request import RequestTold
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.request import Request
from mailflow.ports import Work


def my_requests(facts: Facts, work: Work) -> tuple[RequestTold, ...]:
    """Those that he has asked for and that have not ended, the newest first."""
    mine = work.requests.open_of(facts.sender.address or "")
    return tuple(_told(each, work.questions(each.number), facts) for each in mine)


def request_told(number: str, facts: Facts, work: Work) -> RequestTold | None:
    """None where there is none, or none that he may know of."""
    request = work.requests.request(number)
    if request is None:
        return None
    questions = work.questions(number)
    if not _may_know(request, questions, facts):
        return None
    return _told(request, questions, facts)


def _may_know(request: Request, questions: tuple[Question, ...], facts: Facts) -> bool:
    """Who asked and who was asked; who may know of the distributor's orders; the sales admin."""
    sender, register = facts.sender, facts.register
    if any(q.is_put_to(sender.address) for q in questions):
        return True
    if (sender.address or "").casefold() == request.requester.casefold():
        return True
    customer = register.by_code.get(request.distributor.casefold())
    if customer is not None and request.is_partners:
        return may_for(sender, Action.STATUS, customer, register)
    return may_in(sender.people, Action.DECIDE, request.region or None, register)


def _told(request: Request, questions: tuple[Question, ...], facts: Facts) -> RequestTold:
    at = next((q.address for q in questions if q.state is QuestionState.OPEN), "")
    return RequestTold(request=request, owner=name_of(at, facts.register) if at else "")
