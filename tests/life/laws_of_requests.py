"""What holds of requests: each waits on one person, whose letter left once, and ends with a letter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.life.books import Books

OVER = ("done", "refused", "withdrawn", "closed")
QUESTIONS = "select * from questions where order_number like 'R-%' order by id"


def a_request_waits_on_one_person(books: Books) -> Iterator[str]:
    """At one step, asked of one owner by the newest question; in part, of who asks for it; at its end of
    nobody. Its case is open as long."""
    asked: dict[str, list[dict[str, Any]]] = {}
    for question in books.rows(QUESTIONS):
        if question["state"] == "open":
            asked.setdefault(question["order_number"], []).append(question)
    cases = {c["number"] for c in books.rows("select number from cases where state = 'open'")}
    for request in _requests(books):
        number, state = request["number"], request["state"]
        mine = asked.get(number, [])
        if (number in cases) is (state in OVER):
            yield f"{number}: {state}, and its case is {'open' if number in cases else 'closed'}"
        if len(mine) != (state not in OVER):
            yield f"{number}: {state}, and asked of {[q['address'] for q in mine]}"
        for question in mine:
            if question["revision"] != request["content"]["revision"]:
                yield f"{number}: asked about revision {question['revision']}"
            if (question["role"] == "sender") is not (state == "asked"):
                yield f"{number}: {state}, and asked of its {question['role']}"


def a_step_is_put_to_its_owner_once(books: Books) -> Iterator[str]:
    """Each question has one letter that puts it: to whom it is asked, in the state it is asked of. What
    reminds of it or goes to a deputy says so in its number."""
    questions = [q for q in books.rows(QUESTIONS) if q["role"] != "sender"]
    put = Counter((f"{q['order_number']}-{q['revision']}", q["address"]) for q in questions)
    told = Counter(
        ("-".join(s.subject_id.split("-")[:4]), s.recipient)
        for s in books.sent()
        if s.notice == "request-step" and not _is_reminder(s.subject_id)
    )
    for key in sorted(put.keys() | told.keys()):
        if put[key] != told[key]:
            yield f"{key}: put {put[key]} times, told {told[key]} times"
    yield from (f"{key}: asked {n} times" for key, n in put.items() if n > 1)


def _is_reminder(subject_id: str) -> bool:
    """`R-2026-0001-2-17-first` has the number of its question; a deputy's has none."""
    return any(part.isdecimal() for part in subject_id.split("-")[4:])


def a_request_goes_forward(books: Books) -> Iterator[str]:
    """From part to whole to its end, no step twice by one word, and no step left out."""
    notes: dict[str, list[dict[str, Any]]] = {}
    for row in books.rows("select * from history where kind = 'request' order by id"):
        notes.setdefault(row["subject_id"], []).append(row)
    used: Counter[str] = Counter()
    for question in books.rows(QUESTIONS):
        if question["state"] == "used" and question["answer"] in ("agree", "done"):
            used[question["order_number"]] += 1
    for request in _requests(books):
        number, steps = request["number"], request["content"]["kind"]["steps"]
        mine = notes.get(number, [])
        states = [row["after"] for row in mine]
        if [row["before"] for row in mine] != ["", *states[:-1]]:
            yield f"{number}: its history is torn: {states}"
        if len({state for state in states if state in OVER}) > 1 or (
            states[-1:] != [request["state"]]
        ):
            yield f"{number}: {request['state']}, and its history says {states}"
        due = len(steps) if request["state"] == "done" else request["content"]["step"]
        if used[number] != due:
            yield f"{number}: {used[number]} times yes, {due} steps"


def a_request_ends_with_a_letter(books: Books) -> Iterator[str]:
    """To who made it, once: in the thread of his own mail where his was the last word, else by itself."""
    told = Counter((s.notice, s.subject_id, s.recipient.casefold()) for s in books.sent())
    for request in _requests(books):
        who, number, state = request["requester"], request["number"], request["state"]
        if state not in OVER:
            continue
        mail, by = _last_word(books, number)
        mine = ("request-answer", f"{number}-M{mail}", who)
        other = ("request-news", f"{number}-{state}-M{mail}", who)
        if (told[mine], told[other]) != ((1, 0) if by == who else (0, 1)):
            yield f"{number}: {state} by {by}, and {who} heard {told[mine]} and {told[other]} times"


def _last_word(books: Books, number: str) -> tuple[str, str]:
    """The mail that ended it, and who wrote that."""
    [note] = books.rows(
        f"""select reason from history where kind = 'request' and subject_id = ?
        and after in {OVER} and before not in {OVER}""",
        number,
    )
    mail = str(note["reason"]).split()[0].rstrip(":").removeprefix("M")
    [row] = books.rows("select sender from mails where id = ?", mail)
    return mail, str(row["sender"]).casefold()


def _requests(books: Books) -> list[dict[str, Any]]:
    rows = books.rows("select number, state, requester, content from requests order by id")
    return [{**row, "content": json.loads(row["content"])} for row in rows]
