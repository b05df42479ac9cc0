"""Whoever mailed an announcement and does not say whether it goes is reminded; then it is everybody's."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.desk.rows_told import addressees_file
from mailflow.domain.announcement import Announcement
from mailflow.domain.chase import Stage
from mailflow.domain.effect import Effect, Escalate, Post
from mailflow.domain.notice import Letter
from mailflow.domain.notice_announcement import AnnouncementAnswerNotice, AnnouncementVerdict
from mailflow.domain.question import Question
from mailflow.domain.register import Register


def effects_on_unsent(
    stage: Stage, question: Question, announcement: Announcement, register: Register, language: str
) -> Iterator[Effect]:
    """He alone knows what he meant, so nobody stands in for him."""
    people = register.person(question.address)
    if stage is Stage.MOVE or not people:
        why = f"nobody answered question {question.id}"
        yield Escalate(announcement.number, why, "announcement")
        return
    notice = AnnouncementAnswerNotice(
        verdict=AnnouncementVerdict.PROPOSED,
        subject=announcement.title,
        announcement=announcement,
        is_urged=True,
    )
    spoken = next((p.language for p in people if p.language), language)
    more = notice.has_more_people
    yield Post(
        Letter(
            notice=notice,
            to=(question.address,),
            subject_id=f"{announcement.number}-{stage.value}",
            about=announcement.number,
            revision=announcement.revision,
            language=spoken,
            enclosures=(addressees_file(announcement, spoken),) if more else (),
            mail_id=announcement.mail_id,
            question=question,
        )
    )
