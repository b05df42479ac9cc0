"""A wording is a sentence with blanks; what fills them is data and is never read as anything else."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

_BLANK = pattern(r"[a-z][a-z0-9_]*")


class WordingError(Exception):
    """A wording that cannot be used, or that lacks what fills its blanks."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Plain `{name}` blanks only: no attributes, no indices, no formats (`{a.b}`, `{a!r}`)."""

    source: str
    pieces: tuple[tuple[str, str | None], ...]
    plain: str | None = None
    """All of it, where there is no blank in it."""

    @classmethod
    def of(cls, source: str) -> Wording:
        """Raises `WordingError` for anything but plain blanks."""
        pieces = []
        try:
            for text, blank, form, conversion in Formatter().parse(source):
                if blank is not None and (form or conversion or not _BLANK.fullmatch(blank)):
                    raise WordingError(f"{source!r}: only plain blanks such as {{found}} may stand")
                pieces.append((text, blank))
        except ValueError as error:
            raise WordingError(f"{source!r}: {error}; write {{{{ for a brace") from error
        has_blanks = any(blank for _, blank in pieces)
        plain = None if has_blanks else "".join(text for text, _ in pieces)
        return cls(source, tuple(pieces), plain)

    @property
    def blanks(self) -> frozenset[str]:
        return frozenset(blank for _, blank in self.pieces if blank)

    def filled(self, values: Mapping[str, str]) -> str:
        """Raises `WordingError` where a value is missing."""
        if self.plain is not None:
            return self.plain
        out = []
        for text, blank in self.pieces:
            out.append(text)
            if blank:
                if blank not in values:
                    raise WordingError(f"{self.source!r}: nothing to fill {{{blank}}} with")
                out.append(values[blank])
        return "".join(out)
