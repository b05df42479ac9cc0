"""A list of consumers is deleted before its time: whoever has it hears that nobody calls from it (S10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.desk.house import House
from mailflow.desk.release import name_of
from mailflow.domain.consumer_list import KeptList, ListState
from mailflow.domain.effect import CloseCase, Effect, Post
from mailflow.domain.effect_people import ForgetConsumers
from mailflow.domain.notice import Letter
from mailflow.domain.notice_consumers import ForgottenNotice
from mailflow.domain.register import Register

FORGOTTEN = "consumers-forgotten"


def effects_of_forgetting(
    kept: KeptList, reason: str, house: House, *, by: str = "", mail_id: int | None = None
) -> Iterator[Effect]:
    """What follows for everybody but whoever asked, whose address is `by`; nothing where it is deleted
    already. What was to be called in a region that nobody looks after waits on nobody any more."""
    if kept.state is ListState.DELETED:
        return
    register = house.lexicon.register
    yield ForgetConsumers(kept.number, reason)
    if any(not part.agent for part in kept.parts):
        yield CloseCase(kept.mail_id, f"{kept.number}: {reason}")
    notice = notice_of(kept, register, by)
    told = {by.casefold()}
    for agent in kept.agents:
        told.add(agent.casefold())
        count = sum(part.count for part in kept.parts if part.agent == agent)
        mine = replace(notice, count=count, is_agents=True)
        yield Post(_letter(mine, agent, house, mail_id))
    if kept.sender.casefold() not in told and register.knows(kept.sender):
        yield Post(_letter(notice, kept.sender, house, mail_id))


def notice_of(kept: KeptList, register: Register, by: str) -> ForgottenNotice:
    return ForgottenNotice(
        number=kept.number,
        count=sum(part.count for part in kept.parts),
        by=name_of(by, register) if by else "",
        agents=tuple(name_of(agent, register) for agent in kept.agents),
        is_again=kept.state is ListState.DELETED,
    )


def _letter(notice: ForgottenNotice, to: str, house: House, mail_id: int | None) -> Letter:
    people = house.lexicon.register.person(to)
    return Letter(
        notice=notice,
        to=(to,),
        subject_id=f"{notice.number}-gone",
        about=notice.number,
        language=next((p.language for p in people if p.language), house.language),
        mail_id=mail_id,
    )
