"""Reports of mail systems on mails they could not deliver, in the forms that are met."""

from __future__ import annotations

from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText


def status(recipient: str, action: str = "failed", code: str = "5.1.1", said: str = "") -> Message:
    """`message/delivery-status` (RFC 3464): the fields of the report and of one recipient."""
    per_message, per_recipient = Message(), Message()
    per_message["Reporting-MTA"] = "dns; mx.songping.example"
    per_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    per_recipient["Action"] = action
    per_recipient["Status"] = code
    if said:
        per_recipient["Diagnostic-Code"] = f"smtp; {said}"
    part = MIMENonMultipart("message", "delivery-status")
    part.set_payload([per_message, per_recipient])
    return part


def report(
    recipient: str,
    message_id: str,
    *,
    action: str = "failed",
    said: str = "550 5.1.1 no such user",
    whole: bool = True,
) -> bytes:
    """A standard report, with the whole mail behind it or its head only."""
    mail = MIMEMultipart("report", report_type="delivery-status")
    _head(mail)
    mail.attach(
        MIMEText("I'm sorry to have to inform you that your message could not be delivered")
    )
    mail.attach(status(recipient, action, said=said))
    returned = Message()
    returned["From"] = "orders@songping.example"
    returned["Subject"] = "=?utf-8?b?5Y+R6LSn5riF5Y2V?="
    returned["Message-ID"] = message_id
    if whole:
        returned.set_payload("six cases")
        mail.attach(MIMEMessage(returned))
    else:
        head = MIMENonMultipart("text", "rfc822-headers")
        head.set_payload(str(returned))
        mail.attach(head)
    return mail.as_bytes()


def in_words(text: str) -> bytes:
    """As systems write that know no parts: one text, in Chinese, with the head of the mail quoted."""
    mail = MIMEText(text, "plain", "gb18030")
    _head(mail)
    return mail.as_bytes()


def _head(mail: Message) -> None:
    mail["From"] = "MAILER-DAEMON@mx.songping.example (Mail Delivery System)"
    mail["To"] = "orders@songping.example"
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail["Auto-Submitted"] = "auto-replied"
    mail["Return-Path"] = "<>"
