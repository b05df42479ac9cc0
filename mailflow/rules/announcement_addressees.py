"""Which addresses an announcement goes to: each once, and by their manager to distributors without one (S15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailflow.domain.announcement import Addressee
from mailflow.domain.register import Customer, Person, Register

Party = Person | Customer


def addressees_of(
    parties: Sequence[Party], register: Register
) -> tuple[list[Addressee], list[str]]:
    """Each address once, and the names of the distributors whom no letter can reach."""
    found: dict[str, Addressee] = {}
    homeless: dict[str, None] = {}
    for party in parties:
        if isinstance(party, Person):
            _add(found, Addressee(party.email, party.name, True, party.language or ""))
        elif party.email:
            is_staff = bool(register.person(party.email))
            _add(found, Addressee(party.email, party.name, is_staff))
        elif managers := register.managers(party.regional_manager):
            who = managers[0]
            relay = Addressee(who.email, who.name, True, who.language or "", (party.name,))
            _add(found, relay)
        else:
            homeless[party.name] = None
    return list(found.values()), list(homeless)


def _add(found: dict[str, Addressee], one: Addressee) -> None:
    key = one.address.casefold()
    known = found.get(key)
    if known is None:
        found[key] = one
        return
    relays = tuple(dict.fromkeys((*known.relays, *one.relays)))
    is_staff = known.is_staff or one.is_staff
    found[key] = replace(
        known, relays=relays, is_staff=is_staff, language=known.language or one.language
    )
