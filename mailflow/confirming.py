"""Whoever has not confirmed an announcement is asked again when that is due, once, however often the bell
rings or however long nobody looked; its sender hears at once whom it did not get to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from mailflow.desk.announcement_lost import letter_about
from mailflow.desk.announcements import letters_of
from mailflow.domain import failpoint
from mailflow.domain.announcement import AnnouncementState, LostLetter, Reached
from mailflow.domain.effect import Post
from mailflow.domain.effect_people import Urge
from mailflow.performing import Office, perform

JOB = "announcement"
RECENT = timedelta(days=30)
"""What came back of an older one is no news that anybody waits for."""


def remind_of_announcements(office: Office, now: datetime) -> int:
    """How many announcements somebody was reminded of; each is a transaction of its own."""
    house, records = office.house, office.store.records
    days = house.reminds_of_announcements
    return sum(
        _reminded(number, office, now)
        for number, asked in records.open_announcements()
        if house.workdays.due(asked, days) <= now
    )


def _reminded(number: str, office: Office, now: datetime) -> bool:
    """Those whom it did not get to are not written to again: their line in the table says so."""
    house, register = office.house, office.store.register()
    today = now.astimezone(house.zone).date()
    with office.store.begin(now) as work:
        announcement = work.announcements.out(number)
        if announcement is None or announcement.state is not AnnouncementState.OPEN:
            return False
        waiting = [
            receipt.addressee
            for receipt in work.announcements.receipts(announcement)
            if receipt.reached is Reached.WAITING and register.knows(receipt.addressee.address)
        ]
        is_first = work.take_job(f"{JOB}:{number}/{announcement.revision}", today.isoformat())
        if not waiting or not is_first:
            return False
        urged = f"u{today:%y%m%d}"  # a figure here would be read as part of the number
        letters = letters_of(announcement, waiting, register, house.language, urged)
        perform((Urge(announcement, letters),), work, office, now)
        failpoint.reached("reminder.queued")
    return True


def tell_of_lost(office: Office, now: datetime) -> int:
    """How many letters tell whoever announced something whom it did not get to: one an announcement,
    however many came back since the last pass."""
    lost = office.store.records.lost_announcements(now - RECENT)
    by_number = sorted(lost, key=lambda each: each.number)
    return sum(
        _told_of(number, tuple(letters), office, now)
        for number, letters in groupby(by_number, key=lambda each: each.number)
    )


def _told_of(number: str, lost: tuple[LostLetter, ...], office: Office, now: datetime) -> bool:
    """Of the version that is out alone: one that was superseded has gone to the same people anew."""
    with office.store.begin(now) as work:
        news = [each for each in lost if work.take_job(LostLetter.JOB, each.attempt)]
        announcement = work.announcements.out(number)
        if announcement is None:
            return False
        mine = {n.recipient.casefold() for n in news if n.revision == announcement.revision}
        receipts = work.announcements.receipts(announcement)
        letter = letter_about(mine, announcement, receipts, office.house)
        if letter is None:
            return False
        letter = replace(letter, subject_id=f"{number}-lost-{news[-1].attempt}")
        perform((Post(letter),), work, office, now)
        failpoint.reached("reminder.queued")
    return True
