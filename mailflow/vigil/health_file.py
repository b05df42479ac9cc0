"""The health file: what `mailflow health`, a container or a cron job looks at."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mailflow.log import get_logger
from mailflow.vigil.health import Health

log = get_logger()


@dataclass(slots=True)
class HealthFile:
    """Written anew at each look, whole or not at all. A disk that takes nothing is told once: the
    file then grows old, which says the same."""

    path: Path
    _failed: bool = False

    def __call__(self, health: Health) -> None:
        beside = self.path.with_name(self.path.name + ".new")
        try:
            beside.write_text(health.as_json() + "\n", encoding="utf-8")
            os.replace(beside, self.path)
            self._failed = False
        except OSError as trouble:
            if not self._failed:
                log.warning("health file not written", file=str(self.path), why=trouble.strerror)
            self._failed = True

    def remove(self) -> None:
        """A daemon that was ended on purpose is not ill."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
