"""The doors of a house, each as its configuration says: mailbox, carrier, typesetter, library, chance."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from mailflow.calendars import CALENDARS, workdays_in
from mailflow.config import Config
from mailflow.config_requests import kinds_of
from mailflow.config_url import Endpoint
from mailflow.desk.house import House
from mailflow.domain.answer import TOKEN_LENGTH, TOKEN_SIGNS
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Register
from mailflow.house import asking_of, calling_of, pages_of, schedule_of, standard_of, weights_of
from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.imap_session import ImapSettings
from mailflow.mailbox.maildir import MaildirMailbox
from mailflow.outbox.carrier import Words
from mailflow.outbox.enclosures import Enclosures, Workshops
from mailflow.outbox.library import Library
from mailflow.outbox.maildir import MaildirSender
from mailflow.outbox.mime_headers import bare_address
from mailflow.outbox.pace import Pace
from mailflow.outbox.probe import Probes
from mailflow.outbox.smtp import Find, SmtpSender, SmtpSettings
from mailflow.outbox.typeset import NO_LIBRARY, LetterSetter, Stationery
from mailflow.ports import Mailbox, Sender
from mailflow.reading import MEGABYTE
from mailflow.round_trip import RoundTrips
from mailflow.tokens import token_of


def library_of(config: Config) -> Library:
    return Library(config.path(config.documents.folder)) if config.documents else NO_LIBRARY


def lends_of(config: Config) -> Callable[[str], bool] | None:
    """Whether a paper is there to be sent; None in a house without a library."""
    if config.documents is None:
        return None
    library = library_of(config)
    return lambda file: not library.fault(file)


def rehearsal_of(config: Config) -> str | None:
    """The one address that gets all letters, in a house that only rehearses."""
    return config.redirect_to if config.mode == "redirect" else None


def new_token() -> str:
    """From the operating system's own source of randomness."""
    return "".join(secrets.choice(TOKEN_SIGNS) for _ in range(TOKEN_LENGTH))


def probes_of(config: Config) -> Probes:
    return Probes(config.transport.sender, config.instance, config.zone)


def round_trips_of(config: Config) -> RoundTrips | None:
    """None where none was asked for, and in a rehearsal, out of which nothing goes."""
    hours = config.health.round_trip_hours
    if hours is None or config.mode != "live":
        return None
    said = pages_of(config).catalogue.words(config.language)
    words = said["round_trip_subject"], said["round_trip_text"]
    return RoundTrips(timedelta(hours=hours), probes_of(config), words)


def setter_of(
    config: Config, workshops: Workshops, kept: Callable[[str], bytes] | None = None
) -> LetterSetter:
    """`kept` gives raw mails, whose files letters may take along."""
    pages = pages_of(config)
    stationery = Stationery(
        sender=config.transport.sender,
        instance=config.instance,
        zone=config.zone,
        shadow=config.mode == "shadow",
        redirect_to=rehearsal_of(config),
    )
    enclosures = Enclosures(pages.catalogue, workshops, config.language, kept)
    return LetterSetter(stationery, pages, enclosures, library_of(config))


def mailbox_of(config: Config) -> Mailbox:
    endpoint = config.mailbox.url
    if endpoint.path is not None:
        return MaildirMailbox(config.path(endpoint.path))
    password, known = config.mailbox.password, config.mailbox.known
    ca_file = config.mailbox.ca_file
    return ImapMailbox(
        ImapSettings(
            host=endpoint.host,
            port=endpoint.port,
            user=endpoint.user,
            password=password.reveal(config.base) if password else "",
            folder=config.mailbox.folder,
            tls=endpoint.scheme == "imaps",
            ca_file=str(config.path(ca_file)) if ca_file else None,
            idles=known.idles,
            folders_below=known.folders_below,
            secret_from=known.secret_from,
            token=token_of(config, config.mailbox),
            # One more than a mail may have: so it is seen that it has more.
            most_bytes=config.limits.mail_megabytes * MEGABYTE + 1,
        )
    )


SECURITY = {"smtps": "tls", "smtp+starttls": "starttls", "smtp": "none"}


def sender_of(config: Config, find: Find | None = None) -> Sender:
    endpoint: Endpoint = config.transport.url
    if endpoint.path is not None:
        return MaildirSender(config.path(endpoint.path))
    password, known = config.transport.password, config.transport.known
    ca_file = config.transport.ca_file
    return SmtpSender(
        SmtpSettings(
            host=endpoint.host,
            port=endpoint.port,
            security=SECURITY[endpoint.scheme],
            user=endpoint.user,
            password=password.reveal(config.base) if password else "",
            ca_file=str(config.path(ca_file)) if ca_file else None,
            per_connection=known.per_connection,
            words=Words.of(known),
            secret_from=known.secret_from,
            token=token_of(config, config.transport),
        ),
        find,
    )


def pace_of(config: Config) -> Pace:
    return Pace(config.transport.rates)


def house_of(config: Config) -> House:
    """The habits of the house, before it knows any register."""
    return House(
        lexicon=Lexicon(Register()),
        weights=weights_of(config),
        language=config.language,
        zone=config.zone,
        shadow=config.mode == "shadow",
        asking=asking_of(config),
        month=config.month.plan if config.month else None,
        payments=config.payments.plan if config.payments else None,
        statements=config.statements.plan if config.statements else None,
        releases_supplies=config.shortages.supply == "release",
        applies_registers=config.registers.apply == "at-once",
        workdays=workdays_in(config.path(CALENDARS), config.zone),
        statistics=schedule_of(config),
        lends=lends_of(config),
        standard=standard_of(config),
        given_with=config.samples.by_product,
        calling=calling_of(config),
        cut_off=config.cut_off,
        announces_at_once=config.announcements.at_once,
        reminds_of_announcements=config.announcements.remind,
        desk=bare_address(config.transport.sender),
        requests=kinds_of(config.requests),
        rates=config.transport.rates,
        terms=config.keep.terms,
    )
