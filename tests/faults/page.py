"""`docs/faults.md`: each fault of the catalogue with the tests that prove it, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from tests.faults.catalogue import ROOT, Chapter, Fault, Proof

PAGE = ROOT / "docs" / "faults.md"
HEAD = """\
# What can go wrong, and which test proves what happens then

Made from the tests by `make faults`; a test fails where this page is not what they say. A test is marked with
`@pytest.mark.fault("X01")` where it fails as soon as the behaviour that is wanted there is broken. The faults
themselves, and what is missing, stand in `tests/faults/catalogue.yaml`.
"""
KINDS = ("proven", "in part", "elsewhere", "missing")
WORDS = """\
*Proven*: tests cover all of it. *In part*: tests cover it but for what is said to be missing. *Elsewhere*: it cannot
happen here, or somebody else sees to it. *Missing*: not built, or built and not proven.
"""


def page(entries: list[Chapter], proven: Mapping[str, list[Proof]]) -> str:
    return "\n".join([HEAD, WORDS, *_counts(entries, proven), *_all(entries, proven)])


def kind(fault: Fault, proven: Mapping[str, list[Proof]]) -> str:
    """One of `KINDS`."""
    if fault.elsewhere:
        return "elsewhere"
    if not fault.missing:
        return "proven"
    return "in part" if fault.id in proven else "missing"


def _counts(entries: list[Chapter], proven: Mapping[str, list[Proof]]) -> Iterator[str]:
    yield f"| | faults | {' | '.join(KINDS)} |"
    yield "| --- " + "| --: " * (1 + len(KINDS)) + "|"
    together = [fault for chapter in entries for fault in chapter.faults]
    for title, faults in [*((c.title, c.faults) for c in entries), ("**all**", together)]:
        kinds = [kind(fault, proven) for fault in faults]
        yield f"| {title} | {len(faults)} | {' | '.join(str(kinds.count(k)) for k in KINDS)} |"
    yield ""


def _all(entries: list[Chapter], proven: Mapping[str, list[Proof]]) -> Iterator[str]:
    for chapter in entries:
        yield f"## {chapter.title}\n"
        for fault in chapter.faults:
            yield from _fault(fault, proven.get(fault.id, []))
        yield ""


def _fault(fault: Fault, tests: list[Proof]) -> Iterator[str]:
    yield f"- **{fault.id}** {fault.what}"
    for path, group in groupby(tests, key=lambda proof: proof.path):
        names = ", ".join(f"`{proof.test}`" for proof in group)
        yield f"  - [{path}](../{path}): {names}"
    if fault.elsewhere:
        yield f"  - *elsewhere:* {fault.elsewhere}"
    if fault.missing:
        yield f"  - *missing:* {fault.missing}"
