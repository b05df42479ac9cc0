"""Which version of an announcement a mail makes: to whom it goes by the registers of now, and what it
takes over from the one that it corrects."""

from __future__ import annotations

from dataclasses import replace

from mailflow.desk.announcements import AnnouncementMail, effects_of_announcing
from mailflow.desk.house import House
from mailflow.domain.announcement import Addressee, Announcement
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.question import Question, QuestionState
from mailflow.ports import MailRow, Work
from mailflow.rules.announcement_files import content_wrong
from mailflow.rules.announcement_people import Named, named_by
from mailflow.rules.announcement_words import Announced

Around = tuple[Facts, Work, House]


def effects_of_a_version(
    said: Announced,
    number: str,
    before: Announcement | None,
    mail: tuple[MailRow, Reading],
    around: Around,
) -> tuple[Effect, ...]:
    """`before` is the version that is corrected."""
    (row, reading), (facts, work, house) = mail, around
    out, whole = work.announcements.out(number), _with_what_stays(said, before)
    named = _named(whole.wanted, out, facts, house)
    announcement = Announcement(
        number=number,
        revision=work.announcements.last_revision(number) + 1,
        mail_id=row.id,
        sha256=row.sha256 or "",
        announcer=facts.sender.address or "",
        title=whole.title,
        text=whole.text,
        wanted=whole.wanted,
        confirm=bool(whole.confirm),
        is_internal=whole.is_internal,
        attached=reading.attached,
        people=named.people,
    )
    return effects_of_announcing(
        AnnouncementMail(
            mail_id=row.id,
            head=reading.head,
            facts=facts,
            announcement=announcement,
            findings=(*named.wrong, *content_wrong(said, reading, named.people)),
            before=out,
            waiting=work.announcements.proposed(number),
            questions=_open_questions(number, work),
            is_cut=said.is_cut and before is None,
            again=work.announcements.same_out(announcement),
            language=house.language,
        ),
        at_once=house.announces_at_once,
    )


def names_the_same(
    announcement: Announcement, out: Announcement | None, facts: Facts, house: House
) -> bool:
    """Whether the registers of now name just those who were shown."""
    named = _named(announcement.wanted, out, facts, house)
    return not named.wrong and {p.address.casefold() for p in named.people} == {
        p.address.casefold() for p in announcement.people
    }


def _with_what_stays(said: Announced, before: Announcement | None) -> Announced:
    """What the mail leaves out it takes from the version before. Where that is out, whoever got it gets
    the new one too, and others may be named beside them."""
    if before is None:
        return said
    wanted = (*before.wanted, *said.wanted) if before.is_out or not said.wanted else said.wanted
    return replace(
        said,
        wanted=tuple(dict.fromkeys(wanted)),
        confirm=before.confirm if said.confirm is None else said.confirm,
        title=said.title or before.title,
        is_internal=said.is_internal or before.is_internal,
    )


def _named(wanted: tuple[str, ...], out: Announcement | None, facts: Facts, house: House) -> Named:
    """By the registers of now, and whoever got the version that is out and is still in them."""
    named = named_by(wanted, facts.sender, house.lexicon, (house.desk,))
    known = {p.address.casefold() for p in named.people}
    more = (p for p in (out.people if out else ()) if p.address.casefold() not in known)
    return replace(named, people=(*named.people, *(p for p in more if _is_here(p, facts))))


def _is_here(person: Addressee, facts: Facts) -> bool:
    return facts.register.knows(person.address)


def _open_questions(number: str, work: Work) -> tuple[Question, ...]:
    return tuple(q for q in work.questions(number) if q.state is QuestionState.OPEN)
