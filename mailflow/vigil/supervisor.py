"""What systemd is told of a service (`Type=notify`, `WatchdogSec=`): sd_notify(3)."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

from mailflow.domain.value import dataclass
from mailflow.domain.vitals import Ailment
from mailflow.vigil.health import Health


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Silent where nobody listens. A daemon that hangs is no longer vouched for, and systemd starts
    it anew; one whose servers are down works as it should, and is left alone."""

    address: str | None

    @classmethod
    def of_environment(cls) -> Supervisor:
        """The socket is taken out of the environment: no child of ours is to speak for us."""
        return cls(os.environ.pop("NOTIFY_SOCKET", None))

    def __call__(self, health: Health) -> None:
        words = ", ".join(ailment.value for ailment in health.ailments) or "works"
        alive = "" if Ailment.HANGS in health.ailments else "WATCHDOG=1\n"
        self.say(f"{alive}STATUS={words}; {health.done['dealt']} mails since the start")

    def say(self, text: str) -> None:
        if not self.address:
            return
        # A name in the abstract space begins with a NUL, which the variable writes as `@`.
        name = f"\0{self.address[1:]}" if self.address[0] == "@" else self.address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
            door.setblocking(False)  # whoever does not listen must not hold up the watch
            door.sendto(text.encode(), name)
