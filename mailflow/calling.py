"""Consumers by the clock: what waited for somebody to call is passed on; what is over is deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from mailflow.desk.consumers import effects_once_there_is_an_agent
from mailflow.domain import failpoint
from mailflow.domain.consumer_list import Personal
from mailflow.domain.effect import Post
from mailflow.log import get_logger
from mailflow.performing import Office, once_prepared, perform
from mailflow.ports import Spool

log = get_logger()


def look_after_consumers(office: Office, spool: Spool, now: datetime) -> int:
    """How many letters were queued. Whether anything is due stands in rows: a daemon that was away
    does once what it missed."""
    queued = once_prepared(lambda: _passed_on(office, now), b"", office)
    house = office.house
    before = now.astimezone(house.zone).date() - timedelta(days=house.calling.keep_days)
    for gone in _forgotten(office.store.records.consumers_expired(before), office, spool, now):
        log.info("consumers deleted", mail=gone.mail_id, came=gone.day.isoformat())
    return queued


def forget_what_is_wanted_gone(office: Office, spool: Spool, now: datetime) -> int:
    """How many mails were deleted of those for which somebody asked; what is over by its time is the
    daemon's to delete."""
    found = office.store.records.consumers_expired(date.min)
    wanted = [gone for gone in found if gone.wanted is not None]
    return sum(1 for _ in _forgotten(wanted, office, spool, now))


def _passed_on(office: Office, now: datetime) -> int:
    """A region has somebody who calls since its list came."""
    if not office.store.records.consumers_wait():
        return 0
    with office.store.begin(now) as work:
        register = office.store.register()
        effects = [
            effect
            for _, batches in groupby(work.consumers.waiting(), lambda batch: batch.number)
            for effect in effects_once_there_is_an_agent(
                tuple(batches), register, office.house.calling
            )
        ]
        perform(effects, work, office, now)
    return sum(isinstance(effect, Post) for effect in effects)


def _forgotten(
    over: Sequence[Personal], office: Office, spool: Spool, now: datetime
) -> Iterator[Personal]:
    """Mail by mail: first the raw bytes, then, in one transaction, rows, letters, and that it is done.
    Killed in between it is done again, and ends the same."""
    for gone in over:
        note = _note(gone, office.house.calling.keep_days)
        if gone.sha256 is not None:
            spool.forget(gone.sha256, note)
        with office.store.begin(now) as work:
            is_done = work.consumers.forget(gone, note)
            failpoint.reached("consumers.deleted")
        if is_done:
            office.store.overwrite_deleted()
            yield gone


def _note(gone: Personal, keep_days: int) -> bytes:
    """What stands where the bytes were; the same at each try."""
    told: Mapping[str, object] = {
        "deleted": "consumers",
        "mail": f"M{gone.mail_id}",
        "sha256": gone.sha256,
        "came": gone.day.isoformat(),
        "keep_days": keep_days,
    }
    if gone.wanted is not None:
        told = {**told, "asked": gone.wanted.isoformat()}
    return json.dumps(told).encode() + b"\n"
