"""A desk whose requests go through people: the kinds of the packaged configuration, and who owns their steps."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import yaml

from mailflow.commands.demo_desk.registers import CONFIG, STAFF, write_register
from mailflow.house import packaged
from tests.scenarios.house import House

DESIGNER, TRAINER, HR = (
    "designer@songping.example",
    "trainer@songping.example",
    "hr@songping.example",
)
SERVICE, ASSISTANT = "service@songping.example", "assistant@songping.example"
PEOPLE = (
    *STAFF,
    ("designer", "设计小林", DESIGNER, "", ""),
    ("hr_training", "培训小周", TRAINER, "", ""),
    ("hr_manager", "人事经理", HR, "", ""),
    ("customer_service", "客服北", SERVICE, "北区", ""),
    ("customer_service", "客服备", "service2@songping.example", "北区", ""),
    ("marketing_assistant", "市场助理", ASSISTANT, "", ""),
)
DEALER = "n101@dealer.example"


def kinds(*names: str, **more: Any) -> str:
    """The section of the configuration: these of the packaged kinds, and others."""
    known = yaml.safe_load(packaged("config.yaml").read_text(encoding="utf-8"))["requests"]
    chosen = {name: known[name] for name in names or known}
    return yaml.safe_dump({"requests": {**chosen, **more}}, allow_unicode=True, sort_keys=False)


def asked_for(*names: str, **more: Any) -> str:
    return CONFIG + kinds(*names, **more)


def people_of(house: House) -> House:
    write_register(house.folder, "staff", PEOPLE)
    return house


def mailed(sender: str, subject: str, text: str, *files: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, "orders@songping.example"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{abs(hash((sender, subject, text)))}@people.example>"
    mail.set_content(text)
    for name, data in files:
        mail.add_attachment(data, "application", "octet-stream", filename=name)
    return mail.as_bytes()


def with_files(raw: bytes, *files: tuple[str, bytes]) -> bytes:
    """A reply with files attached."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    for name, data in files:
        mail.add_attachment(data, "application", "octet-stream", filename=name)
    return mail.as_bytes()


def files_of(letter: EmailMessage) -> dict[str, bytes]:
    return {
        str(part.get_filename()): part.get_payload(decode=True)  # type: ignore[misc] # a leaf's bytes
        for part in letter.iter_attachments()
    }
