"""Whoever waits for mail can be woken at any moment, also from a signal handler."""

from __future__ import annotations

import os
import select
from contextlib import suppress


class Bell:
    """A pipe: unlike a lock it can be rung by the thread that waits on it (a signal handler)."""

    def __init__(self) -> None:
        self._mouth, self._hammer = os.pipe()
        for end in (self._mouth, self._hammer):
            os.set_blocking(end, False)

    def ring(self) -> None:
        """End a `wait` that is under way, or the next one."""
        with suppress(OSError):
            # A full pipe rings already; a closed one has nobody waiting.
            os.write(self._hammer, b"!")

    def wait(self, seconds: float, beside: int | None = None) -> bool:
        """Until the bell rings or the descriptor `beside` can be read; false after `seconds`."""
        if self._mouth < 0:
            return True
        poller = select.poll()
        poller.register(self._mouth, select.POLLIN)
        if beside is not None:
            poller.register(beside, select.POLLIN)
        woken = bool(poller.poll(max(0.0, seconds) * 1000))
        with suppress(OSError):
            while os.read(self._mouth, 1024):
                continue
        return woken

    def close(self) -> None:
        mouth, hammer, self._mouth, self._hammer = self._mouth, self._hammer, -1, -1
        for end in (mouth, hammer):
            if end >= 0:
                os.close(end)
