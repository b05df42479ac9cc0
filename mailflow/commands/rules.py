"""`mailflow rules`: every check, kind, notice and route with its code and one line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailflow.commands.rules_listed import KINDS, NOTICES, OTHERS
from mailflow.commands.saying import Failed, load_config, say, troubles_said
from mailflow.domain.mail import Aside
from mailflow.house import packaged, template_folders, weights_of
from mailflow.outbox.catalogue import Catalogue
from mailflow.parsers.answer_words import WORDS
from mailflow.rules.check import Weight, Weights, all_checks
from mailflow.rules.routes import ROUTES


def rules(config_path: Path | None) -> int:
    """With a configuration: as its house has them, changed weights and own titles."""
    try:
        config = load_config(config_path) if config_path else None
    except Failed as failed:
        return failed.code
    weights = weights_of(config) if config else {}
    folders = template_folders(config) if config else (packaged("templates"),)
    with troubles_said():
        for line in _lines(Catalogue(folders), weights):
            say(line)
    return 0


def _lines(catalogue: Catalogue, weights: Weights) -> Iterator[str]:
    yield "checks: code, severity, who is asked"
    for check in all_checks():
        weight = weights.get(check.code, Weight())
        severity, asked = weight.severity or check.severity, weight.asked or check.asked
        word = "off" if weight.off else severity.value
        changed = "  (changed in the configuration)" if check.code in weights else ""
        yield f"  {check.code:<31}{word:<9}{asked.value:<14}{check.summary}{changed}"
    for code, severity_, asked_, summary in OTHERS:
        yield f"  {code:<31}{severity_:<9}{asked_:<14}{summary}"
    yield "kinds"
    for code, summary in KINDS:
        yield f"  {code:<24}{summary}"
    yield "notices"
    for notice in NOTICES:
        yield f"  {notice.code:<24}{_first_sentence(notice.__doc__ or '')}"
    yield "set aside for a person, by reason"
    for why in Aside:
        yield f"  {why.value:<31}{catalogue.title(why, 'en')}"
    yield "answers to questions, before all routes: one word of the person who was asked"
    for word, texts in WORDS.items():
        yield f"  {word.value:<24}{' '.join(dict.fromkeys(texts.split()))}"
    yield "routes, read from the top"
    for route in ROUTES:
        yield f"  {route.name:<24}{route.state.value:<10}{route.summary}"


def _first_sentence(text: str) -> str:
    """As one line, however it was broken."""
    return " ".join(text.split()).partition(". ")[0].removesuffix(".") + "."
