"""The reading of a file as a person at a terminal looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mailflow.domain.document import Reading


def as_text(shape: Mapping[str, Any], reading: Reading) -> str:
    return "\n".join(_lines(shape, reading))


def _lines(shape: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    mail = shape["mail"]
    yield f"{shape['file']}"
    if mail["from"] or mail["subject"]:
        yield f"  from {mail['from']}  trust {mail['trust']}  {mail['kind']}  {mail['subject']}"
    for mark in reading.head.marks:
        yield f"  mark: {mark}"
    for refused in shape["refused"]:
        yield f"  refused: {refused['attachment']}: {refused['reason']}"
    for document in shape["documents"]:
        yield from _document(document)
    if not shape["documents"]:
        yield f"  -> {shape['state']} ({shape['reason']})"
    for message in shape["messages"]:
        yield f"  would send {message['notice']} to {', '.join(message['to'])}: {message['subject']}"


def _document(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {document['kind']} {document['attachment']} {document['where']}"
    if "lines" in document:
        yield f"    distributor {document['distributor']}  date {document['order_date']}"
        yield "    columns: " + ", ".join(
            f"{c['where'].rpartition('!')[2]} {c['header']!r} = {c['meaning']}"
            for c in document["columns"]
        )
        for line in document["lines"]:
            yield (
                f"    {line['where']:<14} {line['sku'] or '?':<16} {line['tins'] or '?':>6} tins "
                f"{line['cases'] if line['cases'] is not None else '?':>5} cases "
                f"{line['amount'] or '?':>12} {line['funding'] or '?'}"
            )
        yield f"    total {document['totals']['tins']} tins, {document['totals']['amount']}"
    for finding in document["findings"]:
        yield f"    {finding['severity']:<8}{finding['code']:<22}{finding['where'] or '':<14}{finding['message']}"
    yield f"    => {document['decision']}"
