"""`mailflow explain --again`: kept mails are read once more, and what would be read otherwise is told; nothing is
changed (reliability Z04)."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from mailflow.commands.again_compared import Difference, differences
from mailflow.commands.ahead import Begun, Opened
from mailflow.commands.explain import explainer_of
from mailflow.commands.explain_known import with_mailed
from mailflow.commands.explainer import Explainer, Told
from mailflow.commands.progress import Progress
from mailflow.commands.saying import Failed, complain, say, troubles_said
from mailflow.domain.reader import READER
from mailflow.parsers.sandbox import ChildError, ReadingFailed
from mailflow.ports import StoreTrouble
from mailflow.reading import begin_mail, make_known
from mailflow.store.kept_readings import KeptReading, kept_readings, orders_read
from mailflow.store.spool import FileSpool


def again(begun: Begun, numbers: tuple[int, ...], told: Told, *, as_json: bool) -> int:
    """1 where any of them would be read otherwise, or could not be read."""
    try:
        with begun.sandbox, troubles_said():
            named, url = with_mailed(begun), begun.config.database_url
            explainer = explainer_of(named, told)
            make_known(named.sandbox, named.register, explainer.settlements)
            kept = kept_readings(url, numbers)
            for missing in sorted(set(numbers) - {mail.id for mail in kept}):
                complain(
                    f"mail {missing}: not read yet, or its bytes are not kept: see `mailflow list mails`"
                )
            found = _told(explainer, kept, as_json=as_json)
    except Failed as failed:
        return failed.code
    if not as_json:
        say(
            f"{len(kept)} mails read again by reader {READER}: {found} would be read otherwise; nothing was "
            "changed" + (": `mailflow redo ID --reason …` for one that waits" if found else "")
        )
    return 1 if found or len(kept) < len(set(numbers)) else 0


def _told(explainer: Explainer, kept: Sequence[KeptReading], *, as_json: bool) -> int:
    progress, found = Progress() if sys.stderr.isatty() else None, 0
    spool = FileSpool(explainer.config.path(explainer.config.spool))
    for done, mail in enumerate(kept, start=1):
        differs = _of(explainer, spool, mail)
        if progress is not None:
            progress("again", done, len(kept))
        found += bool(differs)
        if as_json:
            say(
                json.dumps({**asdict(mail), "now": READER, "differs": [asdict(d) for d in differs]})
            )
        else:
            for each in differs:
                say(f"mail {mail.id} ({mail.state}): {each.where}: {each.was} → {each.now}")
    return found


def _of(explainer: Explainer, spool: FileSpool, mail: KeptReading) -> tuple[Difference, ...]:
    try:
        raw = spool.get(mail.sha256)
        file = Opened(Path(f"{mail.id}.eml"), raw, begin_mail(explainer.sandbox, raw))
        explained = explainer.explain(file)
    except (ReadingFailed, ChildError, StoreTrouble) as trouble:
        return (Difference("mail", mail.kind, f"could not be read: {trouble}"),)
    orders = orders_read(explainer.config.database_url, mail.id)
    return tuple(differences(mail, orders, explained.reading, explained.dealt.decisions))
