"""The functions of the sandbox's children, called here: the same bytes are read once for all stories."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from typing import Any

from mailflow.parsers.sandbox import ChildError, Named, ReadingFailed, Remembered

Answers = dict[tuple[str, str, bytes], Any]
MOST_KEPT = 20_000
"""All functions are pure: what they answered may be answered again."""


class Answered:
    """A call that is over."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def result(self) -> Any:
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


class InProcess:
    """Has what the program uses of a `Sandbox`."""

    nursery = None

    def __init__(self) -> None:
        self.answers: Answers = {}
        self.ill: Callable[[str, Any], Exception | None] | None = None
        """Asked before each call: what the child ends with instead of an answer."""
        self._kept: dict[str, tuple[bytes, Any]] = {}

    def start(self) -> None:
        """There is nobody to start."""

    def close(self) -> None:
        """It serves the next life too."""

    def remember(self, key: str, value: object) -> None:
        self._kept[key] = (hashlib.sha256(pickle.dumps(value)).digest(), value)

    def call(self, function: Named, *arguments: Any, returns: Any) -> Any:
        return self.submit(function, *arguments, returns=returns).result()

    def submit(self, function: Named, *arguments: Any, returns: Any) -> Answered:
        del returns
        if (
            self.ill is not None
            and (trouble := self.ill(function.function, arguments[0])) is not None
        ):
            return Answered(trouble)
        named = [self._kept[a.key] if isinstance(a, Remembered) else (a, a) for a in arguments]
        marks = hashlib.sha256(pickle.dumps([mark for mark, _ in named])).digest()
        key = function.module, function.function, marks
        if key not in self.answers:
            if len(self.answers) > MOST_KEPT:
                self.answers.clear()
            self.answers[key] = _answer(function, [value for _, value in named])
        return Answered(self.answers[key])


def _answer(function: Named, values: list[Any]) -> Any:
    try:
        return function.found()(*values)
    except ChildError as refusal:
        return refusal
    except Exception as fault:  # noqa: BLE001 # whatever ends a child ends a call only
        return ReadingFailed("error", repr(fault))
