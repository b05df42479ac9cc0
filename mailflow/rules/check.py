"""A check is a question put to an appraised order; its code is its function's name, dashed.

It states neither its code nor its weight, so neither can drift; configuration may change both
severity and who is asked.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from mailflow.domain.appraisal import Appraisal
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.sheet import Place, Span
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check has to say; it may name another asked person than the check's own."""

    at: Place | None = None
    where: Span | None = None
    found: str = ""
    expected: str = ""
    proposal: str = ""
    variant: str = ""
    details: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None
    asked: Asked | None = None


Question = Callable[[Appraisal, Facts], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Weight:
    """How configuration changes a check; None leaves the check's own."""

    severity: Severity | None = None
    asked: Asked | None = None
    off: bool = False


Weights = Mapping[str, Weight]


@dataclass(frozen=True, slots=True)
class Check:
    code: str
    severity: Severity
    asked: Asked
    question: Question
    summary: str

    def findings(self, appraisal: Appraisal, facts: Facts, weights: Weights) -> Iterator[Finding]:
        weight = weights.get(self.code, Weight())
        if weight.off:
            return
        for remark in self.question(appraisal, facts):
            severity = remark.severity or self.severity
            asked = remark.asked or self.asked
            if asked is not Asked.NOBODY:
                # What is only said, not asked, stays so: a weight is for what decides.
                severity, asked = weight.severity or severity, weight.asked or asked
            yield Finding(
                code=self.code,
                severity=severity,
                asked=asked,
                at=remark.at,
                where=remark.where,
                found=remark.found,
                expected=remark.expected,
                proposal=remark.proposal,
                variant=remark.variant,
                details=remark.details,
            )


def check(
    *, severity: Severity = Severity.ERROR, asked: Asked = Asked.SENDER
) -> Callable[[Question], Check]:
    """Make a check of a function; its docstring's first line is what `mailflow rules` shows."""

    def make(question: Question) -> Check:
        summary = (question.__doc__ or "").strip().partition("\n")[0]
        code = question.__name__.replace("_", "-")
        return Check(code, severity, asked, question, summary)

    return make


def note(remark: Remark) -> Remark:
    """The same remark, said and not asked."""
    return replace(remark, severity=Severity.INFO, asked=Asked.NOBODY)


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check found in `rules/checks`, each in the file of its own name."""
    package = importlib.import_module("mailflow.rules.checks")
    found = []
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda i: i.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        found.append(vars(module)[info.name])
    return tuple(found)
