"""One check a file, named as its code; found here, listed nowhere."""

from __future__ import annotations

import pkgutil
from functools import cache


@cache
def codes() -> tuple[str, ...]:
    """The code of every check, without loading them."""
    return tuple(sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__)))
