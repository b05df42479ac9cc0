"""What every carrier promises, whatever is at its other end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest

from mailflow.domain.message import Message
from mailflow.ports import Sender, StoreTrouble
from tests.contract.carriers import Destination, message_ids
from tests.live.dovecot import DOMAIN
from tests.outbox.messages import MIME, a_message


def to_somebody(number: int = 1) -> Message:
    """Each test has recipients of its own: real servers live longer than one test."""
    recipient = f"u{uuid4().hex[:24]}@{DOMAIN}"
    identity = f"<{uuid4().hex}@{DOMAIN}>"
    mime = MIME.replace(b"<one@desk.example>", identity.encode())
    return a_message(number, recipient=recipient, message_id=identity, mime=mime)


@contextmanager
def opened(destination: Destination) -> Iterator[Sender]:
    sender = destination.open()
    try:
        yield sender
    finally:
        sender.close()


def nothing() -> None:
    """The moment before the end, where nobody cares for it."""


def test_nothing_arrives_that_was_not_sent(destination: Destination) -> None:
    message = to_somebody()
    with opened(destination) as sender:
        assert not sender.evidence(message)
    assert destination.arrived(message.recipient) == []


def test_a_message_arrives_with_its_own_bytes(destination: Destination) -> None:
    message = to_somebody()
    with opened(destination) as sender:
        sender.send(message, nothing)
        assert sender.evidence(message) is not False
    [arrived] = destination.arrived(message.recipient)
    assert arrived.endswith(message.mime)


def test_each_message_reaches_its_own_recipient_only(destination: Destination) -> None:
    one, other = to_somebody(1), to_somebody(2)
    with opened(destination) as sender:
        sender.send(one, nothing)
        sender.send(other, nothing)
    assert message_ids(destination.arrived(one.recipient)) == [one.message_id]
    assert message_ids(destination.arrived(other.recipient)) == [other.message_id]


def test_the_moment_before_the_end_comes_once_and_before_it(destination: Destination) -> None:
    message, seen = to_somebody(), []
    with opened(destination) as sender:
        sender.send(message, lambda: seen.append(destination.lying_there(message.recipient)))
    assert seen == [0]


def test_trouble_at_that_moment_means_that_nothing_arrives(destination: Destination) -> None:
    def books_are_closed() -> None:
        raise StoreTrouble("locked")

    message = to_somebody()
    with opened(destination) as sender, pytest.raises(StoreTrouble):
        sender.send(message, books_are_closed)
    assert destination.arrived(message.recipient) == []


def test_after_such_trouble_the_next_message_arrives_whole(destination: Destination) -> None:
    def books_are_closed() -> None:
        raise StoreTrouble("locked")

    message = to_somebody()
    with opened(destination) as sender:
        with pytest.raises(StoreTrouble):
            sender.send(message, books_are_closed)
        sender.send(message, nothing)
    [arrived] = destination.arrived(message.recipient)
    assert arrived.endswith(message.mime)


@pytest.mark.fault("S12")
def test_the_same_message_twice_has_one_identity(destination: Destination) -> None:
    message = to_somebody()
    for _ in range(2):
        with opened(destination) as sender:
            sender.send(message, nothing)
    arrived = message_ids(destination.arrived(message.recipient))
    assert arrived == [message.message_id] * destination.copies


def test_a_huge_message_arrives_whole(destination: Destination) -> None:
    message = to_somebody()
    message = replace(message, mime=message.mime + (b".y" * 35 + b"\r\n") * 70_000)
    with opened(destination) as sender:
        sender.send(message, nothing)
    [arrived] = destination.arrived(message.recipient)
    assert arrived.endswith(message.mime)


def test_a_hundred_and_fifty_messages_arrive_in_order(destination: Destination) -> None:
    first = to_somebody()
    messages = [replace(to_somebody(n), recipient=first.recipient) for n in range(150)]
    with opened(destination) as sender:
        for message in messages:
            sender.send(message, nothing)
    arrived = message_ids(destination.arrived(first.recipient))
    assert sorted(arrived) == sorted(m.message_id for m in messages)
