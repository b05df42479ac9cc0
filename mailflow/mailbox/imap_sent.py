"""A folder of sent mails is looked through by numbers: nothing is ever searched for by its text."""

from __future__ import annotations

from collections.abc import Sequence

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from mailflow.domain.provider import BY_USE
from mailflow.log import get_logger
from mailflow.mailbox.imap_session import LOST, plain_words

NEWEST = 2000
"""Mails that are looked at, from the newest: what is looked for was sent minutes ago."""

HEADERS_AT_ONCE = 200

log = get_logger()


class SentFolder:
    """Each header is fetched once, as long as the folder's numbering holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._validity = 0
        self._ids: dict[int, frozenset[bytes]] = {}

    def holds(self, client: IMAPClient, message_id: str) -> bool | None:
        """None where there is no such folder or it may not be opened. Leaves it selected."""
        wanted = message_id.strip().encode("ascii", "replace")
        try:
            folder = self._found(client)
            if folder is None:
                return None
            uids = self._newest(client, folder)
        except LOST:
            raise
        except IMAPClientError as refusal:
            log.warning("folder of sent mails not opened", server=plain_words(refusal))
            return None
        unseen = sorted(set(uids) - self._ids.keys(), reverse=True)
        for start in range(0, len(unseen), HEADERS_AT_ONCE):
            self._ids |= _message_ids(client, unseen[start : start + HEADERS_AT_ONCE])
        return any(wanted in self._ids.get(uid, ()) for uid in uids)

    def _found(self, client: IMAPClient) -> str | None:
        if self.name == BY_USE:
            found = client.find_special_folder(BY_USE.encode())
            return str(found) if found else None
        return self.name if client.folder_exists(self.name) else None

    def _newest(self, client: IMAPClient, folder: str) -> Sequence[int]:
        status = client.select_folder(folder, readonly=True)
        validity, exists = int(status.get(b"UIDVALIDITY", 0)), int(status.get(b"EXISTS", 0))
        if validity != self._validity or not validity:
            self._ids.clear()
            self._validity = validity
        if not exists:
            return ()
        uids = client.search([f"{max(1, exists - NEWEST + 1)}:{exists}"])
        self._ids = {uid: self._ids[uid] for uid in uids if uid in self._ids}
        return [int(uid) for uid in uids]


def _message_ids(client: IMAPClient, uids: Sequence[int]) -> dict[int, frozenset[bytes]]:
    field = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
    found = {}
    for uid, answer in client.fetch(uids, [field]).items():
        texts = (value for value in answer.values() if isinstance(value, bytes))
        found[uid] = frozenset(i for t in texts if (i := t.partition(b":")[2].strip()))
    return found
