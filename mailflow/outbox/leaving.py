"""Messages leave in a thread of their own, while whoever took them does something else.

What takes its time there is waiting: for the carrier's replies, and for the disk at each commit.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from mailflow.domain.message import Message
from mailflow.outbox.sender import NOTHING_YET, Drained, sent_of
from mailflow.ports import Clock, Sender, Shelf, Trouble


class SendingEnded(Exception):
    """The thread ended by our own mistake, which it has said; what it held is in doubt."""


class Leaving:
    """A batch under way. Nobody else may use the sender until its result was asked for."""

    def __init__(
        self, batch: Sequence[Message], shelf: Shelf, sender: Sender, clock: Clock
    ) -> None:
        self._work = (batch, shelf, sender, clock)
        self._drained = NOTHING_YET
        self._trouble: Trouble | None = None
        self._is_done = False
        self._given_up = threading.Event()
        # Whoever ends the process does not wait for a server that hangs.
        self._thread = threading.Thread(target=self._send, name="sending", daemon=True)
        self._thread.start()

    def result(self) -> Drained:
        """Wait for it, and say what became of each. Raises the database's `Trouble`."""
        self._thread.join()
        if self._trouble is not None:
            raise self._trouble
        if not self._is_done:
            raise SendingEnded("the thread that sends ended before its time: see its last words")
        return self._drained

    def give_up(self) -> None:
        """Send nothing more after the message under way; does not wait for it."""
        self._given_up.set()

    def _send(self) -> None:
        try:
            for so_far in sent_of(*self._work):
                self._drained = so_far
                if self._given_up.is_set():
                    break
        except Trouble as trouble:
            self._trouble = trouble
        self._is_done = True
