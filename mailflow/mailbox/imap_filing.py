"""A mail that was dealt with goes to the folder of its outcome, or stays where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mailflow.mailbox.imap_session import LOST, ImapSession

MOVED_AT_ONCE = 100


def move_all(
    client: IMAPClient, session: ImapSession, uids: Sequence[int], name: str
) -> Iterator[tuple[int, IMAPClientError]]:
    """Many mails by one command where the server knows MOVE, one by one where it does not or
    refuses that. Yields those it refused by themselves, and why."""
    for start in range(0, len(uids), MOVED_AT_ONCE):
        some = uids[start : start + MOVED_AT_ONCE]
        if len(some) > 1 and "MOVE" in session.capabilities:
            try:
                client.move(some, _folder(client, session, name))
                continue
            except LOST:
                raise
            except IMAPClientError:
                # One of them may be the reason: the others are filed all the same.
                pass
        for uid in some:
            try:
                _move(client, session, uid, name)
            except LOST:
                raise
            except IMAPClientError as refusal:
                yield uid, refusal


def _move(client: IMAPClient, session: ImapSession, uid: int, name: str) -> None:
    """One mail by one command; nothing for a mail that is gone.

    Without MOVE a mail is only removed after its copy was confirmed, and by its number: a plain
    EXPUNGE would remove what others marked. A server with neither keeps its mails in place.
    """
    if "MOVE" in session.capabilities:
        folder = _folder(client, session, name)
        client.move([uid], folder)
    elif "UIDPLUS" in session.capabilities:
        folder = _folder(client, session, name)
        _confirmed(client)
        client.copy([uid], folder)
        if _confirmed(client):
            client.delete_messages([uid], silent=True)
            client.uid_expunge([uid])


def _confirmed(client: IMAPClient) -> bool:
    """Whether the server has told which mail it copied since it was last asked.

    It answers OK, too, where there was nothing to copy (reliability I10).
    """
    _, told = client._imap.response("COPYUID")
    return bool(told != [None])


def filed_folders(client: IMAPClient, session: ImapSession, names: Iterable[str]) -> Sequence[str]:
    """Of the folders that mails are moved to, the full names of those that are there."""
    full = (_prefix(client, session) + name for name in names)
    return [folder for folder in full if client.folder_exists(folder)]


def _folder(client: IMAPClient, session: ImapSession, name: str) -> str:
    """The folder's full name on this server; made where it is not there."""
    folder = _prefix(client, session) + name
    if folder not in session.folders:
        if not client.folder_exists(folder):
            client.create_folder(folder)
            _subscribe(client, folder)
        session.folders.add(folder)
    return folder


def _prefix(client: IMAPClient, session: ImapSession) -> str:
    """What personal folders begin with, such as `INBOX.`; mostly nothing."""
    if session.prefix is None:
        personal = client.namespace().personal if "NAMESPACE" in session.capabilities else None
        session.prefix = str(personal[0][0]) if personal else ""
        session.prefix += _below(client, session.settings.folders_below)
    return session.prefix


def _below(client: IMAPClient, folder: str) -> str:
    """Where a provider lets programs make folders only below one, and that is there: its name and
    the sign that stands between names."""
    found = client.list_folders("", folder) if folder else ()
    return f"{folder}{bytes(found[0][1] or b'/').decode('ascii', 'replace')}" if found else ""


def _subscribe(client: IMAPClient, folder: str) -> None:
    """Mail programs show subscribed folders only; a server that refuses still has the folder."""
    try:
        client.subscribe_folder(folder)
    except LOST:
        raise
    except IMAPClientError:
        return
