"""What holds of sample tins that orders are given less: each is taken by an order in the books, as its lines
say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from tests.life.books import IN_FORCE, Books


def what_is_given_less_is_taken_once_and_said(books: Books) -> Iterator[str]:
    """Only orders in the books take anything off, each line as much as it says."""
    taken: Counter[tuple[str, int, int]] = Counter()
    for row in books.rows("select * from sample_takes where state = 'taken'"):
        taken[row["order_number"], row["revision"], row["position"]] += row["tins"]
    said: Counter[tuple[str, int, int]] = Counter()
    for order in books.rows("select number, revision, state, content from orders"):
        if order["state"] not in IN_FORCE:
            continue
        for position, line in enumerate(json.loads(order["content"])["lines"]):
            said[order["number"], order["revision"], position] += line.get("deducted", 0)
    for key in sorted(taken.keys() | said.keys()):
        if taken[key] != said[key]:
            yield f"{key}: {taken[key]} tins taken, {said[key]} said"
