"""`doctor` on the machine: who can read the secrets, who hears when mail itself fails."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from mailflow.commands.examination import Line
from mailflow.config import Config, ConfigError
from mailflow.config_secret import Secret
from mailflow.outbox.fonts import PACKAGE, chinese_faces

OTHERS = stat.S_IRGRP | stat.S_IROTH


def secrets(config: Config) -> Iterator[Line]:
    """Where each secret is kept, and whether somebody else can read it there (reliability Z07)."""
    kept = list(_kept(config))
    if not kept:
        yield Line(True, "none are needed")
    for key, secret in kept:
        try:
            _ = secret.reveal(config.base)
        except ConfigError as error:
            yield Line(False, f"{key}: {error}")
            continue
        yield _looked_at(key, secret, config.base)
    if config.oauth2 and (tokens := config.path(config.oauth2.tokens)).exists():
        if tokens.stat().st_mode & OTHERS:
            yield Line(False, f"oauth2.tokens: {tokens}: others can read it: chmod 600 it")
        else:
            yield Line(True, "oauth2.tokens: only this user can read it")


def _kept(config: Config) -> Iterator[tuple[str, Secret]]:
    for name, place in (("mailbox", config.mailbox), ("transport", config.transport)):
        if place.password:
            yield f"{name}.password", place.password
    if config.oauth2:
        yield from config.oauth2.secrets().items()
    if config.health.alarm:
        yield "health.alarm.webhook", config.health.alarm.webhook


def _looked_at(key: str, secret: Secret, base: Path) -> Line:
    if secret.env is not None:
        text = "in the environment, which other programs of this user see: a file or a credential is safer"
        return Line(None, f"{key}: {text}")
    if secret.file is not None and (base / secret.file).stat().st_mode & OTHERS:
        return Line(False, f"{key}: {base / secret.file}: others can read it: chmod 600 it")
    return Line(True, f"{key}: only this user can read it")


def alarm(config: Config) -> Iterator[Line]:
    """Who hears of it when mail does not work, and who looks whether the daemon does."""
    health = config.health
    if health.alarm is None:
        yield Line(
            None,
            "nobody is told when mail itself fails: name the robot of a group in "
            "health.alarm.webhook, or look at `mailflow health`",
        )
    else:
        health.alarm.url(config.base)
        yield Line(True, "a group robot is told when mail itself fails")
    if health.listen:
        yield Line(True, f"http://{health.listen}/health and /metrics")


def pictures(config: Config) -> Iterator[Line]:
    """Letters are whole without them, so that nothing is bad."""
    faces = chinese_faces()
    if find_spec("matplotlib") is None:
        yield Line(None, "matplotlib is not installed: letters go without pictures of charts")
    elif not faces:
        mend = f"apt-get install --no-install-recommends {PACKAGE}"
        yield Line(None, f"no Chinese font: letters go without pictures of charts: {mend}")
    else:
        yield Line(True, f"charts in letters are drawn with {faces[0].file}")
