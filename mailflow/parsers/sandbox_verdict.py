"""What a child said, or how it ended, in the words of those who asked it."""

from __future__ import annotations

from typing import Any, Literal

from mailflow.parsers.sandbox_process import Answer, Child, Late, TooMuch
from mailflow.parsers.sandbox_shapes import OtherShape, decoded, prepare
from mailflow.parsers.sandbox_wire import ChildError, Limits, Verdict

Reason = Literal["crashed", "timeout", "memory", "output-too-large", "error"]


class ReadingFailed(Exception):
    """The child did not bring an answer: a verdict on the bytes, never on us."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Opener:
    """Opens answers. A child is believed no more than the bytes it read: nothing is unpickled,
    everything has the shape that was asked for."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def opened(self, answer: Answer, returns: Any) -> Any:
        """What the call returned. Raises `ReadingFailed` or what the function raised."""
        text = answer.payload
        match answer.verdict:
            case Verdict.ANSWER if returns is bytes:
                return text
            case Verdict.ANSWER:
                return _shaped(text, returns)
            case Verdict.RAISED:
                raise _raised(text.decode("utf-8", "replace"))
            case Verdict.MEMORY:
                raise ReadingFailed("memory", f"more than {self._limits.memory_bytes} bytes")
            case Verdict.TOO_LARGE:
                raise ReadingFailed("output-too-large", f"over {self._limits.output_bytes} bytes")
            case Verdict.FAULT | Verdict.TAKEN:
                raise ReadingFailed("error", text.decode("utf-8", "replace"))

    def expect(self, returns: Any) -> None:
        """Make ready for answers of this shape: the first time that takes a while."""
        if returns is not bytes:
            prepare(returns)


def _shaped(text: bytes, returns: Any) -> Any:
    try:
        return decoded(text, returns)
    except OtherShape as error:
        raise ReadingFailed("error", "an answer of another shape") from error


def verdict_on(child: Child, trouble: Exception, limits: Limits) -> ReadingFailed:
    """In one word why a child broke off that had begun to read."""
    if isinstance(trouble, Late):
        return ReadingFailed("timeout", f"{limits.wall_seconds} s")
    if isinstance(trouble, TooMuch):
        return ReadingFailed("output-too-large", f"{trouble} bytes")
    if child.died_of == "SIGXCPU":
        return ReadingFailed("timeout", f"{limits.cpu_seconds} s of processor time")
    if "memory allocation of" in child.said:
        return ReadingFailed("memory", child.said)
    return ReadingFailed("crashed", " ".join((child.died_of, child.said)).strip())


def _raised(text: str) -> Exception:
    """The exception of that name among those we know; never one that the child could invent."""
    name, _, words = text.partition("\n")
    for known in ChildError.__subclasses__():
        if known.__name__ == name:
            return known(words)
    return ReadingFailed("error", text)
