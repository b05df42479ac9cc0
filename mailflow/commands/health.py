"""`mailflow health`: whether the daemon works, told by its exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mailflow.commands.saying import Failed, clock, complain, load_config, say
from mailflow.domain.vitals import MISSED_POLLS, Ailment

MEANS = {
    Ailment.NO_POLL: "the mailbox was not looked through for {poll_age_seconds} s: see troubles",
    Ailment.HANGS: "nothing gets done: restart the service, then look at its log",
    Ailment.MAILS_WAIT: "{mails_waiting} mails wait since {mails_waiting_since}: see `mailflow "
    "status`",
    Ailment.UNSENT: "{messages_waiting} messages wait since {messages_waiting_since}: check "
    "transport.url and the network",
    Ailment.NOT_BACK: "a mail to ourselves left at {mail_around_since} and did not come back: what leaves "
    "may vanish, or what comes is not seen; send a mail from elsewhere, then ask your provider",
    Ailment.GAVE_UP: "{messages_failed} messages will not be tried again: see `mailflow list "
    "messages --state failed`, then release or close each",
}


def health(config_path: Path, *, as_json: bool) -> int:
    """0 where the daemon works, 1 where it does not or none runs."""
    try:
        config = load_config(config_path)
    except Failed as failed:
        return failed.code
    path = config.path(config.health.file)
    try:
        shape = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        complain(f"{path}: no daemon runs here: start `mailflow run`")
        return 1
    except (OSError, ValueError) as error:
        complain(f"{path}: cannot be read ({error}): check who may read it")
        return 1
    dead = _given_no_sign(shape, clock())
    shape["well"] = shape["well"] and not dead
    say(json.dumps(shape, ensure_ascii=False) if as_json else _line(shape))
    for problem in [dead] if dead else _problems(shape):
        complain(problem)
    return 0 if shape["well"] else 1


def _given_no_sign(shape: Mapping[str, Any], now: datetime) -> str:
    age = now - datetime.fromisoformat(shape["checked"])
    if age <= timedelta(seconds=MISSED_POLLS * shape["poll_seconds"]):
        return ""
    return (
        f"the daemon (process {shape['pid']}) has given no sign for {round(age.total_seconds())} s: "
        "it was killed, or hangs: restart the service"
    )


def _problems(shape: Mapping[str, Any]) -> Iterator[str]:
    for ailment in shape["ailments"]:
        yield f"{ailment}: {MEANS[Ailment(ailment)].format_map(shape)}"
    if shape["ailments"]:
        yield from shape["troubles"]


def _line(shape: Mapping[str, Any]) -> str:
    state = "well" if shape["well"] else "ill"
    return (
        f"{state}   last completed poll: {shape['last_poll'] or 'none yet'}   mails waiting: "
        f"{shape['mails_waiting']}   messages waiting: {shape['messages_waiting']}"
    )
