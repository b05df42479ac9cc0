"""The words for findings and labels, in both languages, from the catalogues beside the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mailflow.domain.finding import Finding
from mailflow.outbox.wording import Wording, WordingError

LANGUAGES = ("zh", "en")
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one: it reads the same ten times faster."""


class CatalogueError(Exception):
    """A catalogue is missing, or lacks a word that is needed: restore it from the package."""


def known(language: str) -> str:
    """The language itself, or Chinese where we do not speak it."""
    return language if language in LANGUAGES else LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """How a code speaks: a few words, a sentence, others of both by variant.

    `propose` follows the sentence where there is a proposal and the sentence names none. `coded` are
    the blanks, by variant or of all (`*`), in which words of a master table stand.
    """

    title: str
    message: Wording
    propose: Wording | None = None
    variants: Mapping[str, Wording] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    coded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Catalogue:
    """`folders` are searched in order: the house's own words before the packaged ones, entry by
    entry, so that a house need only write down what it wants otherwise."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._read_entries: dict[str, Mapping[str, Entry]] = {}
        self._read_words: dict[str, Mapping[str, str]] = {}

    def _entries(self, language: str) -> Mapping[str, Entry]:
        if language not in self._read_entries:
            name = f"findings/{language}.yaml"
            self._read_entries[language] = {
                code: _entry(f"{name}: {code}", raw)
                for code, raw in merged(self._folders, name).items()
            }
        return self._read_entries[language]

    def words(self, language: str) -> Mapping[str, str]:
        """The words printed on workbooks."""
        language = known(language)
        if language not in self._read_words:
            self._read_words[language] = merged(self._folders, f"words/{language}.yaml")
        return self._read_words[language]

    def title(self, code: str, language: str) -> str:
        """A few words for a code, which may name a variant (`quarantined:timeout`); the code
        itself where the catalogue is silent."""
        bare, _, variant = code.partition(":")
        entry = self._entries(known(language)).get(bare)
        return entry.titles.get(variant, entry.title) if entry else code

    def coded(self, text: str, language: str) -> str:
        """A word of a master table (`finance`, `yes`, a column) as people say it; the first one of
        several, as in `finance who@x.example`. What is none of them stays as it is."""
        first, space, rest = text.partition(" ")
        words = self.words(language)
        said = words.get(f"rv_{first}") or words.get(f"rg_{first}")
        return f"{said}{space}{rest}" if said else text

    def message(self, finding: Finding, language: str) -> str:
        """A whole sentence a manager understands at once. Raises `CatalogueError`."""
        entry = self._entries(known(language)).get(finding.code)
        if entry is None:
            raise CatalogueError(f"findings/{known(language)}.yaml: no entry for {finding.code}")
        wording = entry.variants.get(finding.variant, entry.message)
        values = {
            "found": finding.found,
            "expected": finding.expected,
            "proposal": finding.proposal,
            "place": finding.at.address if finding.at else finding.place,
            **dict(finding.details),
        }
        for blank in entry.coded.get(finding.variant, entry.coded.get("*", ())):
            values[blank] = self.coded(values[blank], language)
        try:
            text = wording.filled(values)
            if entry.propose and finding.proposal and "proposal" not in wording.blanks:
                text += entry.propose.filled(values)
        except WordingError as error:
            where = f"findings/{known(language)}.yaml: {finding.code} {finding.variant}".rstrip()
            raise CatalogueError(f"{where}: {error}") from error
        return text

    def codes(self, language: str) -> tuple[str, ...]:
        return tuple(self._entries(known(language)))

    def complaints(self, codes: Iterable[str]) -> tuple[str, ...]:
        """What is missing for these codes, or differs between the languages; one text each.

        Raises `CatalogueError` where a catalogue cannot be read at all.
        """
        return tuple(self._complaints(tuple(codes)))

    def _complaints(self, codes: tuple[str, ...]) -> Iterator[str]:
        first, second = (self._entries(language) for language in LANGUAGES)
        for language in LANGUAGES:
            for code in codes:
                bare, _, variant = code.partition(":")
                entry = self._entries(language).get(bare)
                if entry is None or (variant and variant not in entry.titles):
                    yield f"findings/{language}.yaml: no entry for {code}: add one"
        for code in first.keys() ^ second.keys():
            yield f"findings: {code} stands in one language only: add the other"
        for code in first.keys() & second.keys():
            if (first[code].variants.keys(), first[code].titles.keys()) != (
                second[code].variants.keys(),
                second[code].titles.keys(),
            ):
                yield f"findings: {code} has other variants in {LANGUAGES[0]} than in {LANGUAGES[1]}"


def _entry(where: str, raw: object) -> Entry:
    if not isinstance(raw, dict) or not raw.get("title") or not raw.get("message"):
        raise CatalogueError(f"{where}: needs a title and a message")
    try:
        return Entry(
            title=str(raw["title"]),
            message=Wording.of(str(raw["message"])),
            propose=Wording.of(str(raw["propose"])) if raw.get("propose") else None,
            variants={k: Wording.of(str(v)) for k, v in (raw.get("variants") or {}).items()},
            titles={k: str(v) for k, v in (raw.get("titles") or {}).items()},
            coded={k: tuple(v) for k, v in (raw.get("coded") or {}).items()},
        )
    except WordingError as error:
        raise CatalogueError(f"{where}: {error}") from error


@cache
def _loaded(text: str) -> Any:
    """Each text is taken apart once in a process; nobody changes what comes of it."""
    return yaml.load(text, YAML_LOADER)


def merged(folders: tuple[Path, ...], name: str) -> Mapping[str, Any]:
    """The file as it stands in every folder, earlier folders winning key by key."""
    found: dict[str, Any] = {}
    paths = [path for folder in reversed(folders) if (path := folder / name).is_file()]
    for path in paths:
        try:
            loaded = _loaded(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path}: {error}: mend it, or remove it") from error
        if not isinstance(loaded, dict):
            raise CatalogueError(f"{path}: holds no words: mend it, or remove it")
        found |= loaded
    if not paths:
        raise CatalogueError(f"{name}: found in none of {', '.join(map(str, folders))}")
    return found
