"""Whoever has not confirmed an announcement is asked again when that is due, once, however often the bell
rings or however long nobody looked."""

from __future__ import annotations

from datetime import datetime

from mailflow.desk.announcements import letters_of
from mailflow.domain import failpoint
from mailflow.domain.announcement import AnnouncementState, Reached
from mailflow.domain.effect_people import Urge
from mailflow.performing import Office, perform

JOB = "announcement"


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
