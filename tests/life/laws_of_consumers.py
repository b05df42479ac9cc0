"""What holds of consumers: who calls them has them once, and nobody else ever sees who they are; what calls
told counts once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.life.books import Books
from tests.life.town import NORTH, ROLE, SOUTH
from tests.life.went import cells_of, went_out

NUMBER = re.compile(r"(?<!\d)139([12])[- ]?(\d{3,4})[- ]?(\d{4})(?!\d)")
NAME = re.compile(r"[王李]某[一二三四五六七八九十]")
AGENT = {"1": NORTH, "2": SOUTH}
THOUSAND, STANDARD = 1000, 600


def who_consumers_are_is_told_to_their_agent_alone(books: Books) -> Iterator[str]:
    """In every text, cell and file name that left; of his own mail an agent is told what he wrote."""
    own = {s.message_id: s.mail_id for s in books.sent() if s.mail_id is not None}
    senders = {row["id"]: row["sender"] for row in books.rows("select id, sender from mails")}
    for went in went_out(books.folder):
        found = {match.group(): AGENT[match[1]] for match in NUMBER.finditer(went.text)}
        if not found and not NAME.search(went.text):
            continue
        is_agent = ROLE.get(went.recipient) == "customer_service"
        is_own = str(senders.get(own.get(went.name, 0), "")).casefold() == went.recipient
        if not is_agent or not (is_own or set(found.values()) == {went.recipient}):
            yield f"{went.message['Subject']} to {went.recipient}: {len(found)} numbers of consumers"


def a_consumer_is_passed_on_once(books: Books) -> Iterator[str]:
    """To whom the books say, on one sheet; who waits for an agent is on none."""
    told: dict[str, list[str]] = {}
    deleted = {
        row["number"]
        for row in books.rows("select number from consumer_lists where state = 'deleted'")
    }
    for sent in books.sent():
        if sent.notice == "consumers-to-call" and sent.subject_id[:13] not in deleted:
            for phone in {"139" + "".join(m) for m in NUMBER.findall(_cells(sent.workbooks()))}:
                told.setdefault(phone, []).append(sent.recipient)
    for row in books.rows("select phone, agent from consumers"):
        wanted = [row["agent"]] if row["agent"] else []
        if told.pop(row["phone"], []) != wanted:
            yield f"{row['phone']}: not told to {wanted} alone"
    yield from (f"{phone}: told to {who}, and on no list" for phone, who in told.items())


def a_list_is_kept_passed_on_or_deleted(books: Books) -> Iterator[str]:
    """Passed on once all of it is; of one that was deleted nobody is left, nor the mail that brought it."""
    for row in books.rows("select * from consumer_lists"):
        number, state = row["number"], row["state"]
        left = books.rows("select agent from consumers where list_id = ?", row["id"])
        if len(left) != (0 if state == "deleted" else row["consumers"]):
            yield f"{number}: {state}, and {len(left)} of {row['consumers']} are kept"
        if state != "deleted" and all(p["agent"] for p in left) is (state == "kept"):
            yield f"{number}: {state}, and its agents are {[p['agent'] for p in left]}"
        mail = books.rows("select deleted from personal_mails where mail_id = ?", row["mail_id"])
        if not mail or (mail[0]["deleted"] is None) is (state == "deleted"):
            yield f"{number}: {state}, and its mail is not as it should be: {mail}"


def a_call_counts_once(books: Books) -> Iterator[str]:
    """Of each consumer, store, product and month one version holds, the newest; what a shortfall is made
    of is the sum of those that hold."""
    versions: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    heard: Counter[tuple[str, ...]] = Counter()
    used: Counter[tuple[str, ...]] = Counter()
    for row in books.rows("select * from calls order by id"):
        store = (row["distributor"], row["store_key"], row["sku"], str(row["month"]))
        versions.setdefault((*store, row["who"]), []).append((row["version"], row["state"]))
        if row["state"] == "holds":
            heard[store] += row["heard"]
            used[store] += row["used"]
    for key, found in versions.items():
        if [n for n, _ in found] != list(range(1, len(found) + 1)) or any(
            state == "holds" for _, state in found[:-1]
        ):
            yield f"{key[:4]}: versions {found}"
    for row in books.rows("select * from sample_shortfalls"):
        store = (row["distributor"], row["store_key"], row["sku"], str(row["month"]))
        lacking = max(0, heard[store] * STANDARD // THOUSAND - used[store])
        if (row["heard"], row["used"], row["tins"]) != (heard[store], used[store], lacking):
            yield f"{row['number']}: {row['tins']} tins short, calls say {lacking}"


@cache
def _cells(workbooks: tuple[bytes, ...]) -> str:
    return "\n".join(text for book in workbooks for text in cells_of(book))
