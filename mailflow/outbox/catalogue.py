"""The words for findings and labels, in both languages, from the catalogues beside the templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from mailflow.domain.finding import Finding

LANGUAGES = ("zh", "en")


class CatalogueError(Exception):
    """A catalogue is missing, or lacks a word that is needed: restore it from the package."""


class _Blanks(dict[str, str]):
    """Fills the blanks of a wording; a blank nobody knows stays empty and is seen by a test."""

    def __missing__(self, key: str) -> str:
        raise CatalogueError(f"a wording asks for {{{key}}}, which its finding does not carry")


class Catalogue:
    """`folders` are searched in order: the house's own templates before the packaged ones."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    @cached_property
    def _findings(self) -> Mapping[str, Mapping[str, Any]]:
        return {lang: self._load(f"findings/{lang}.yaml") for lang in LANGUAGES}

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, str]]:
        return {lang: self._load(f"words/{lang}.yaml") for lang in LANGUAGES}

    def words(self, language: str) -> Mapping[str, str]:
        return self._words[language if language in LANGUAGES else "zh"]

    def title(self, code: str, language: str) -> str:
        """A few words for a code; the code itself where the catalogue is silent."""
        entry = self._findings[language].get(code, {})
        return str(entry.get("title", code))

    def message(self, finding: Finding, language: str) -> str:
        """A whole sentence a manager understands at once. Raises `CatalogueError`."""
        entry = self._findings[language].get(finding.code)
        if entry is None:
            raise CatalogueError(f"findings/{language}.yaml has no entry {finding.code!r}")
        wording = entry.get("variants", {}).get(finding.variant) or entry.get("message")
        if wording is None:
            raise CatalogueError(f"findings/{language}.yaml: {finding.code}: no message")
        blanks = _Blanks(
            found=finding.found,
            expected=finding.expected,
            proposal=finding.proposal,
            place=finding.at.address if finding.at else finding.place,
            **dict(finding.details),
        )
        text = str(wording).format_map(blanks)
        if finding.proposal and "{proposal}" not in str(wording) and entry.get("propose"):
            text += str(entry["propose"]).format_map(blanks)
        return text

    def codes(self, language: str) -> tuple[str, ...]:
        return tuple(self._findings[language])

    def _load(self, name: str) -> Mapping[str, Any]:
        for folder in self._folders:
            path = folder / name
            if path.is_file():
                loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
                if isinstance(loaded, dict):
                    return loaded
        raise CatalogueError(f"{name}: found in none of {', '.join(map(str, self._folders))}")
