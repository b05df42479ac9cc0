"""The header lines of one part as they came, raw bytes kept."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message as Part

from mailflow.parsers.mime_text import decoded


class Headers:
    """By lower-case name, in order. The parser's own getters lose raw bytes; these do not."""

    __slots__ = ("_lines", "size")

    def __init__(self, part: Part) -> None:
        self._lines: dict[str, list[str]] = {}
        self.size = 0
        for name, value in part.raw_items():
            text = str(value)
            self.size += len(name) + len(text)
            self._lines.setdefault(name.casefold(), []).append(text)

    def names(self) -> Iterable[str]:
        """In lower case, each once, in the order they came."""
        return self._lines.keys()

    def all(self, name: str) -> list[str]:
        """Every line of that name as it came, raw bytes as surrogate escapes."""
        return self._lines.get(name, [])

    def texts(self, name: str) -> list[str]:
        """Every line of that name, decoded."""
        return [decoded(raw) for raw in self.all(name)]

    def raw(self, name: str) -> str:
        """The first line of that name as it came, or empty."""
        return self._lines.get(name, [""])[0]

    def text(self, name: str) -> str:
        """The first line of that name, decoded, or empty."""
        return decoded(self.raw(name)) if name in self._lines else ""

    def word(self, name: str) -> str:
        """The first line of that name, decoded and in lower case, for headers of fixed words."""
        return self.text(name).casefold()
