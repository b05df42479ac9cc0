"""A Maildir as carrier: whole files only, the same file on a repeat."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.outbox.carrier import CarrierDown
from mailflow.outbox.maildir import MaildirSender, file_name
from mailflow.ports import StoreTrouble
from tests.outbox.messages import MIME, a_message


def nothing() -> None:
    """The moment before the rename, where nobody cares for it."""


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_nothing_is_made_before_there_is_a_message(tmp_path: Path) -> None:
    sender = MaildirSender(tmp_path / "outbox")
    assert sender.evidence(a_message()) is False
    assert not (tmp_path / "outbox").exists()


def test_a_message_is_one_file_with_its_own_bytes(tmp_path: Path) -> None:
    MaildirSender(tmp_path).send(a_message(mime=MIME), nothing)
    [name] = files(tmp_path)
    assert name.startswith("new/")
    assert (tmp_path / name).read_bytes() == MIME


def test_a_repeat_is_the_same_file(tmp_path: Path) -> None:
    for _ in range(3):
        MaildirSender(tmp_path).send(a_message(), nothing)
    assert len(files(tmp_path)) == 1


def test_a_repeat_of_what_was_read_meanwhile_is_not_laid_out_again(tmp_path: Path) -> None:
    sender = MaildirSender(tmp_path)
    sender.send(a_message(), nothing)
    [name] = (tmp_path / "new").iterdir()
    name.rename(tmp_path / "cur" / f"{name.name}:2,S")
    sender.send(a_message(), nothing)
    assert [f.partition("/")[0] for f in files(tmp_path)] == ["cur"]
    assert sender.evidence(a_message()) is True


def test_the_same_letter_to_two_people_is_two_files(tmp_path: Path) -> None:
    sender = MaildirSender(tmp_path)
    sender.send(a_message(recipient="a@desk.example"), nothing)
    sender.send(a_message(recipient="b@desk.example"), nothing)
    assert len(files(tmp_path)) == 2


def test_it_is_not_there_until_the_end_was_committed(tmp_path: Path) -> None:
    def look() -> None:
        assert sender.evidence(a_message()) is False

    sender = MaildirSender(tmp_path)
    sender.send(a_message(), look)
    assert sender.evidence(a_message()) is True


def test_trouble_with_our_own_books_leaves_nothing_to_be_found(tmp_path: Path) -> None:
    def books_are_closed() -> None:
        raise StoreTrouble("locked")

    sender = MaildirSender(tmp_path)
    with pytest.raises(StoreTrouble):
        sender.send(a_message(), books_are_closed)
    assert sender.evidence(a_message()) is False


def test_a_place_that_cannot_be_written_is_a_carrier_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where a folder should be")
    with pytest.raises(CarrierDown, match="rights"):
        MaildirSender(tmp_path / "outbox").send(a_message(), nothing)


@pytest.mark.fault("O07")
@pytest.mark.parametrize(
    "recipient", ["../../etc/passwd@x.example", "a/b@c.example", "x" * 300 + "@y.example", "李@b"]
)
def test_a_recipient_is_never_a_path(tmp_path: Path, recipient: str) -> None:
    message = a_message(recipient=recipient)
    MaildirSender(tmp_path).send(message, nothing)
    assert files(tmp_path) == [f"new/{file_name(message)}"]


def test_the_name_tells_what_and_to_whom() -> None:
    assert "dispatch-list.ware@desk.example." in file_name(a_message())
