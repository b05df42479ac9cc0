"""Patterns of words that are compiled when they are first looked for.

Five hundred stand in the modules that judge, and compiling them takes a tenth of a second at each start;
a mail is looked through by some, `explain` by few. Use it as `re.compile`, at the top of a module.
A process that makes children calls `compile_all` before: else each child would compile them anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

_MADE: list[re.Pattern[str]] = []

if TYPE_CHECKING:
    pattern = re.compile
else:

    class _Pattern:
        """What a compiled one can do, as its own attributes once it is compiled: then nothing stands
        between who looks and who finds."""

        _CAN = (
            *("match", "fullmatch", "search", "findall", "finditer", "sub", "subn", "split"),
            *("flags", "groups", "groupindex"),
        )
        __slots__ = ("_flags", "pattern", *_CAN)

        def __init__(self, text, flags):
            self.pattern, self._flags = text, flags

        def __getattr__(self, name):
            if name not in self._CAN:
                raise AttributeError(name)
            compiled = re.compile(self.pattern, self._flags)
            for each in self._CAN:
                setattr(self, each, getattr(compiled, each))
            return getattr(self, name)

    def pattern(text, flags=0):
        made = _Pattern(text, flags)
        _MADE.append(made)
        return made


def compile_all() -> None:
    """Those of the modules that are loaded. Raises `re.error` for one that cannot be."""
    for made in _MADE:
        _ = made.flags
