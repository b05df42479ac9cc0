"""What a run over many cases shows, in numbers and in the list of wrong ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from accuracy.case import Case
from accuracy.truth import Expected
from accuracy.verdict import Grade, Verdict

Judged = tuple[Case, Verdict]


@dataclass(frozen=True)
class Rate:
    part: int
    whole: int

    def __str__(self) -> str:
        share = f"{100 * self.part / self.whole:5.1f} %" if self.whole else "    -  "
        return f"{share}  {self.part}/{self.whole}"


def count(judged: Sequence[Judged], grade: Grade) -> int:
    return sum(v.grade is grade for _, v in judged)


def report(judged: Sequence[Judged], most: int = 60) -> Iterator[str]:
    """Lines of text; the list of wrong ones is cut after `most` of a kind."""
    faultless = [j for j in judged if j[0].truth.expected is Expected.ACCEPTED]
    faulty = [j for j in judged if j[0].truth.expected is Expected.CAUGHT]
    either = [j for j in judged if j[0].truth.expected is Expected.EITHER]
    caught = [v for _, v in faulty if v.grade is Grade.CAUGHT]
    yield f"{len(judged)} cases"
    yield f"  touchless of the faultless   {Rate(count(faultless, Grade.TOUCHLESS), len(faultless))}"
    yield f"  wrongly returned             {count(faultless, Grade.RETURNED)}"
    yield f"  faults caught                {Rate(len(caught), len(faulty))}"
    yield f"    with the right code        {Rate(sum(v.right_code for v in caught), len(faulty))}"
    yield f"    and the right cell         {Rate(sum(v.right_cell for v in caught), len(faulty))}"
    yield f"    and nothing else said      {Rate(sum(v.right_cell and v.only_it for v in caught), len(faulty))}"
    yield f"  either way                   {count(either, Grade.EITHER_ACCEPTED)} accepted, {count(either, Grade.EITHER_ASKED)} asked"
    yield f"  silently wrong               {count(judged, Grade.SILENT)}"
    yield from _table("layout", judged, lambda c: [c.layout])
    yield from _table("format", judged, lambda c: [c.format])
    yield from _table("fault", faulty, lambda c: [c.fault or "none"])
    yield from _debated(either)
    for habit in sorted({h for c, _ in judged for h in c.habits}):
        yield from _table(habit, faultless, partial(_habit, habit))
    yield from _reasons(faultless)
    yield from _wrong("silently wrong", judged, lambda v: v.grade is Grade.SILENT, most)
    yield from _wrong("wrongly returned", judged, lambda v: v.grade is Grade.RETURNED, most)
    yield from _wrong(
        "caught by another code",
        faulty,
        lambda v: v.grade is Grade.CAUGHT and not v.right_code,
        most,
    )
    yield from _wrong(
        "caught at another cell",
        faulty,
        lambda v: v.grade is Grade.CAUGHT and v.right_code and not v.right_cell,
        most,
    )


def _habit(habit: str, case: Case) -> list[str]:
    return [case.habits[habit]] if habit in case.habits else []


def _table(name: str, judged: Sequence[Judged], keys: Callable[[Case], list[str]]) -> Iterator[str]:
    groups: dict[str, list[Judged]] = {}
    for case, verdict in judged:
        for key in keys(case):
            groups.setdefault(key, []).append((case, verdict))
    yield f"\n{name:34}  touchless           caught    code    cell   silent"
    for key in sorted(groups):
        group = groups[key]
        whole = sum(c.truth.expected is Expected.ACCEPTED for c, _ in group)
        faults = sum(c.truth.expected is Expected.CAUGHT for c, _ in group)
        caught = [v for _, v in group if v.grade is Grade.CAUGHT]
        shown = Rate(count(group, Grade.TOUCHLESS), whole)
        marks = (
            f"{len(caught)}/{faults}",
            f"{sum(v.right_code for v in caught)}",
            f"{sum(v.right_cell for v in caught)}",
        )
        yield f"  {key:32}  {shown!s:18}  {marks[0]:>7} {marks[1]:>7} {marks[2]:>7} {count(group, Grade.SILENT):7}"


def _debated(either: Sequence[Judged]) -> Iterator[str]:
    """Where a person may ask or not: how often the desk does."""
    yield f"\n{'either way':34}  accepted  asked  silent"
    groups: dict[str, list[Judged]] = {}
    for case, verdict in either:
        groups.setdefault(case.truth.why_either, []).append((case, verdict))
    for key in sorted(groups):
        grades = [
            count(groups[key], g) for g in (Grade.EITHER_ACCEPTED, Grade.EITHER_ASKED, Grade.SILENT)
        ]
        yield f"  {key:32}  {grades[0]:8}  {grades[1]:5}  {grades[2]:6}"


def _reasons(faultless: Sequence[Judged]) -> Iterator[str]:
    """Which codes return faultless orders, most frequent first."""
    codes: Counter[str] = Counter()
    for _, verdict in faultless:
        if verdict.grade is Grade.RETURNED:
            codes.update({reason.split(" ")[0] for reason in verdict.why.split("; ")})
    yield "\nreasons for returning the faultless"
    for code, times in codes.most_common():
        yield f"  {times:5}  {code}"


def _wrong(
    name: str, judged: Sequence[Judged], is_one: Callable[[Verdict], bool], most: int
) -> Iterator[str]:
    found = [(c, v) for c, v in judged if is_one(v)]
    if found:
        yield f"\n{name}: {len(found)}"
    for case, verdict in found[:most]:
        yield f"  {case}\n      {verdict.why}"
