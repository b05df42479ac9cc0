"""What holds of announcements: each to each of its people once, confirmed by himself, and asked for until then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.life.books import Books, Sent
from tests.life.town import OUTSIDE

OUT = ("open", "done", "closed")


def an_announcement_goes_once_to_each_of_its_people(books: Books) -> Iterator[str]:
    """And to nobody else; one that was never sent goes to nobody."""
    told: dict[tuple[str, int], Counter[str]] = {}
    for sent in _letters(books):
        if sent.subject_id.count("-") == 1:
            version = told.setdefault((sent.subject_id, sent.revision), Counter())
            version[sent.recipient.casefold()] += 1
    for row in _versions(books):
        people = Counter(p["key"] for p in _people(books, row))
        wanted = people if row["asked"] is not None else Counter[str]()
        if told.pop((row["number"], row["revision"]), Counter()) != wanted:
            yield f"{row['number']} R{row['revision']}: not each of {sorted(people)} once"
    yield from (f"{key}: nobody announced it" for key in told)


def who_has_confirmed_is_not_reminded(books: Books) -> Iterator[str]:
    """Reminders go to who was asked to confirm the version that is out, before he has."""
    versions = {(row["number"], row["revision"]): row for row in _versions(books)}
    made = {r["id"]: r["created"] for r in books.rows("select id, created from outbox")}
    for sent in _letters(books):
        if sent.subject_id.count("-") != 2:
            continue
        number = sent.subject_id.rpartition("-")[0]
        row = versions[number, sent.revision]
        mine = [p for p in _people(books, row) if p["key"] == sent.recipient.casefold()]
        confirmed = [p["confirmed"] for p in mine if p["confirmed"] is not None]
        if not mine or not row["confirm"]:
            yield f"{sent.subject_id}: {sent.recipient} is reminded and was never asked"
        elif any(at < made[sent.number] for at in confirmed):
            yield f"{sent.subject_id}: {sent.recipient} is reminded and has confirmed"
        elif (end := _ended(books, number, sent.revision)) is not None and end < made[sent.number]:
            yield f"{sent.subject_id}: {sent.recipient} is reminded after its end"


def _ended(books: Books, number: str, revision: int) -> int | None:
    """When nobody was waited for any more, of the version that is the newest."""
    newest = books.rows("select max(revision) as n from announcements where number = ?", number)
    if newest[0]["n"] != revision:
        return None
    end = None
    for note in books.rows(
        "select * from history where kind = 'announcement' and subject_id = ? order by id", number
    ):
        if (note["before"], note["after"]) == ("proposed", "open"):
            end = None
        elif note["before"] == "open" and note["after"] in ("done", "closed"):
            end = int(note["at"])
    return end


def each_confirms_for_himself(books: Books) -> Iterator[str]:
    """By a mail of his own, that is no machine's; all is confirmed once all who were asked have."""
    for row in _versions(books):
        people = _people(books, row)
        for person in people:
            mail = person["confirm_mail_id"]
            if (mail is None) is not (person["confirmed"] is None):
                yield f"{row['number']}: {person['key']} confirmed by no mail"
            elif mail is not None and _sender(books, mail) != person["key"]:
                yield f"{row['number']}: M{mail} confirms for {person['key']}"
        are_all = all(p["confirmed"] is not None for p in people)
        if (
            row["confirm"]
            and row["state"] in ("open", "done")
            and are_all is (row["state"] == "open")
        ):
            yield f"{row['number']}: {row['state']}, and {'all' if are_all else 'not all'} confirmed"


def what_is_announced_waits_with_a_case(books: Books) -> Iterator[str]:
    """As long as a version waits for its sender or for those who got it; one of a number is out."""
    cases = {
        row["subject_id"]
        for row in books.rows(
            "select subject_id from cases where kind = 'announcement' and state = 'open'"
        )
    }
    waits = {r["number"] for r in _versions(books) if r["state"] in ("proposed", "open")}
    yield from (f"{number}: waits without a case" for number in sorted(waits - cases))
    yield from (f"{number}: a case, and nothing waits" for number in sorted(cases - waits))
    out = Counter(row["number"] for row in _versions(books) if row["state"] in OUT)
    yield from (f"{number}: {n} versions are out" for number, n in out.items() if n > 1)
    asked = Counter(
        row["order_number"]
        for row in books.rows(
            "select order_number from questions where order_number like 'GG%' and state = 'open'"
        )
    )
    proposed = Counter(r["number"] for r in _versions(books) if r["state"] == "proposed")
    if asked != proposed:
        yield f"asked about {dict(asked)}, proposed are {dict(proposed)}"


def what_is_internal_is_announced_inside(books: Books) -> Iterator[str]:
    internal = {(r["number"], r["revision"]) for r in _versions(books) if r["internal"]}
    for sent in _letters(books):
        number = "-".join(sent.subject_id.split("-")[:2])
        if (number, sent.revision) in internal and sent.recipient.casefold().endswith(OUTSIDE):
            yield f"{number}: internal, and sent to {sent.recipient}"


def _sender(books: Books, mail: int) -> str:
    return str(books.rows("select sender from mails where id = ?", mail)[0]["sender"]).casefold()


def _versions(books: Books) -> list[dict[str, Any]]:
    return books.rows("select * from announcements order by id")


def _people(books: Books, version: dict[str, Any]) -> list[dict[str, Any]]:
    return books.rows("select * from addressees where announcement_id = ?", version["id"])


def _letters(books: Books) -> list[Sent]:
    """`GG…-0001` itself, and `GG…-0001-u261112`, which reminds of it."""
    return [s for s in books.sent() if s.notice == "announcement"]
