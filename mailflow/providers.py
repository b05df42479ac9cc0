"""The providers that mailflow knows, and which of them a host, a login or a greeting belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import TypeAdapter

from mailflow.domain.pace import DAY, HOUR, MINUTE, Rate
from mailflow.domain.provider import UNKNOWN, Provider

YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WINDOWS = {"minute": MINUTE, "hour": HOUR, "day": DAY}


@cache
def providers() -> Mapping[str, Provider]:
    """By their code, in the order of the file."""
    text = (files("mailflow") / "providers.yaml").read_text(encoding="utf-8")
    return {code: _provider(code, entry) for code, entry in yaml.load(text, YAML_LOADER).items()}


@cache
def _shape() -> TypeAdapter[Provider]:
    return TypeAdapter(Provider)


def _provider(code: str, entry: Mapping[str, Any]) -> Provider:
    rates = tuple(Rate(most, WINDOWS[name]) for name, most in entry.get("rates", {}).items())
    return _shape().validate_python({**entry, "code": code, "rates": rates})


def provider_at(host: str, login: str) -> Provider:
    """By a host's name, and by the login where two share their hosts; `UNKNOWN` where none is."""
    if host.startswith("127."):
        return providers()["own"]
    found = [p for p in providers().values() if host.casefold() in _hosts(p)]
    by_login = [p for p in found if login.casefold().endswith(p.logins or "\0")]
    others = [p for p in found if not p.logins]
    return next(iter((*by_login, *others, *found)), UNKNOWN)


def _hosts(provider: Provider) -> set[str]:
    return {place.rpartition(":")[0] for place in (*provider.imap, *provider.smtp)}


def recognised(told: Iterable[str]) -> Provider:
    """By what a server says of itself: its greeting, capabilities, reply to ID."""
    words = " ".join(told)
    for provider in providers().values():
        if any(re.search(sign, words, re.IGNORECASE) for sign in provider.signs):
            return provider
    return UNKNOWN
