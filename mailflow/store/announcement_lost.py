"""Letters of announcements that did not get to somebody, and that their sender has not heard of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.announcement import LOST, LostLetter
from mailflow.domain.notice_announcement import AnnouncementNotice
from mailflow.store.tables import jobs
from mailflow.store.tables_outbox import outbox

ATTEMPT = sa.cast(outbox.c.id, sa.String) + "/" + sa.cast(outbox.c.attempts, sa.String)
"""One that was released and came back again is news."""
NOT_TOLD = (
    sa.select(outbox.c.id, outbox.c.subject_id, outbox.c.revision, outbox.c.recipient, ATTEMPT)
    .where(
        outbox.c.notice == AnnouncementNotice.code,
        outbox.c.state.in_([state.value for state in LOST]),
        outbox.c.created >= sa.bindparam("since"),
        ~sa.exists().where(jobs.c.job == LostLetter.JOB, jobs.c.period == ATTEMPT),
    )
    .order_by(outbox.c.id)
)


def lost_announcements(connection: sa.Connection, since: datetime) -> Sequence[LostLetter]:
    return [LostLetter(*row) for row in connection.execute(NOT_TOLD, {"since": since})]
