"""Values that do not change: frozen for the type checker, plain when they are made.

A thousand of them are made for every order. The standard library guards a frozen one at run time
by a function that is called for each attribute, which makes it four times as slow to make; here
mypy is the guard. Use it as `dataclasses.dataclass`, with `frozen=True`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(*, frozen=False, **rest):
        """Equal by value and, where frozen, with a hash."""
        return dataclasses.dataclass(unsafe_hash=frozen, **rest)
