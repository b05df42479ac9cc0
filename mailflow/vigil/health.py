"""What one look at the daemon found: the shape of the health file and of the endpoint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mailflow.domain.value import dataclass
from mailflow.domain.vitals import Ailment, Waiting


@dataclass(frozen=True, slots=True)
class Health:
    """`poll_age` and `interval` in seconds; `done` counts what was done since the start: mails
    taken in, decided on by state, messages sent. `troubles` are those of the last pass."""

    instance: str
    version: str
    pid: int
    started: datetime
    checked: datetime
    last_poll: datetime | None
    poll_age: float
    interval: int
    waiting: Waiting
    done: Mapping[str, int]
    states: Mapping[str, int]
    troubles: tuple[str, ...]
    ailments: tuple[Ailment, ...]

    @property
    def is_well(self) -> bool:
        """Whether the machine works; a message given up is told and does not speak against it."""
        return not set(self.ailments) - {Ailment.GAVE_UP}

    def as_json(self) -> str:
        """One JSON object; instants in ISO 8601, UTC."""
        return json.dumps(self.shape(), ensure_ascii=False)

    def shape(self) -> dict[str, Any]:
        waiting = self.waiting
        return {
            "well": self.is_well,
            "ailments": [ailment.value for ailment in self.ailments],
            "checked": self.checked.isoformat(),
            "instance": self.instance,
            "version": self.version,
            "pid": self.pid,
            "started": self.started.isoformat(),
            "last_poll": _iso(self.last_poll),
            "poll_age_seconds": round(self.poll_age),
            "poll_seconds": self.interval,
            "mails_waiting": waiting.mails,
            "mails_waiting_since": _iso(waiting.mails_since),
            "messages_waiting": waiting.messages,
            "messages_waiting_since": _iso(waiting.messages_since),
            "mail_around_since": _iso(waiting.away_since),
            "messages_in_doubt": waiting.in_doubt,
            "messages_failed": waiting.failed,
            "done": dict(self.done),
            "states": dict(self.states),
            "troubles": list(self.troubles),
        }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
