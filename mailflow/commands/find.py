"""`find WORDS`: kept papers in which all the words stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from mailflow.commands.opening import opened
from mailflow.commands.saying import Failed, complain, load_config, say
from mailflow.domain.archived import Found, wanted_tokens

MOST = 200


def find(config_path: Path, words: Sequence[str], *, as_json: bool) -> int:
    """The newest first, a line each; 1 where there is none."""
    wanted = " ".join(words)
    if not wanted_tokens(wanted):
        complain(f"find {wanted}: nothing to look for: write letters, figures or Chinese signs")
        return 2
    try:
        with opened(load_config(config_path)) as app:
            found = app.store.find(wanted, MOST)
    except Failed as failed:
        return failed.code
    for each in found:
        say(json.dumps(_shape(each), ensure_ascii=False) if as_json else _line(each))
    if not found:
        complain(f"find {wanted}: no kept paper has all of these words")
    return 0 if found else 1


def _shape(found: Found) -> dict[str, object]:
    paper = found.paper
    return {
        "number": paper.number,
        "at": paper.at.isoformat(),
        "sender": paper.sender,
        "title": paper.title,
        "name": paper.name,
        "size": paper.size,
        "sha256": paper.sha256,
        "mail": f"M{paper.mail_id}",
        "around": found.around,
    }


def _line(found: Found) -> str:
    paper = found.paper
    return f"{paper.number}  {paper.at:%Y-%m-%d}  {paper.sender}  {paper.title}  {paper.name}"
