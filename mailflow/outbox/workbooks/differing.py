"""A list that does not say what its order says is never sent."""

from __future__ import annotations

from mailflow.parsers.sandbox_wire import ChildError


class ListDiffers(ChildError):
    """The written list does not say what the order says; our own mistake, nothing is sent.

    It has a file of its own, since it must be known where lists are asked for: what the press
    raises is told apart by its name among the exceptions that are loaded there.
    """
