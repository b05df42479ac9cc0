"""The plain script somebody writes in an afternoon: what mailflow is measured against.

It reads each order with pandas, writes a list with openpyxl, and sends two mails, each over a
connection of its own. It checks nothing and remembers nothing.
"""

from __future__ import annotations

import io
import smtplib
import ssl
import sys
from email.message import EmailMessage

import pandas as pd
from imap_tools import MailBox
from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side


def dispatch_list(frame: pd.DataFrame) -> bytes:
    book = Workbook()
    page = book.active
    page.append(["发货清单"])
    page.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        page.append(list(row))
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(*(Side(style="thin") for _ in range(4)))
            cell.font = Font(name="Arial", size=11)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(port: int, to: str, subject: str, data: bytes) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "orders@bench.example", to, subject
    message.set_content("清单见附件。")
    message.add_alternative("<p>清单见附件。</p>", subtype="html")
    message.add_attachment(
        data, maintype="application", subtype="octet-stream", filename="list.xlsx"
    )
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message)


def main(imap_port: int, ca_file: str, password: str, smtp_port: int) -> None:
    context = ssl.create_default_context(cafile=ca_file)
    with MailBox("127.0.0.1", imap_port, ssl_context=context).login("bench", password) as box:
        for mail in box.fetch(mark_seen=False):
            for attachment in mail.attachments:
                frame = pd.read_excel(
                    io.BytesIO(attachment.payload), header=2, engine="openpyxl"
                ).dropna(how="all")
                workbook = dispatch_list(frame)
                send(smtp_port, "warehouse@bench.example", mail.subject, workbook)
                send(smtp_port, mail.from_, f"Re: {mail.subject}", workbook)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
