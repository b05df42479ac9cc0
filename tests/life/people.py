"""All who come to the desk with something else than goods: which of it happens how often."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from random import Random

from tests.life.books import Books
from tests.life.events_of_announcements import Announcers
from tests.life.events_of_consumers import Callers
from tests.life.events_of_documents import Papers
from tests.life.events_of_registers import Registers
from tests.life.events_of_requests import Requests
from tests.life.post import Postmark

Chances = list[tuple[int, Callable[[], list[bytes]]]]


class About(StrEnum):
    """What a story is about; orders come in each, since registers change under them."""

    GOODS = "goods"
    PEOPLE = "people"
    ALL = "all"


class People:
    def __init__(self, rng: Random, books: Books, postmark: Postmark) -> None:
        around = rng, books, postmark
        self.requests = Requests(*around)
        self.announcers = Announcers(*around)
        self.callers = Callers(*around)
        self.papers = Papers(*around)
        self.registers = Registers(*around)

    def chances(self) -> Chances:
        return [
            *self._of_requests(),
            *self._of_announcements(),
            *self._of_consumers(),
            (2, self.papers.paper_asked_for),
            (1, self.papers.paper_chosen),
            (2, self.papers.paper_kept),
            (2, self.papers.paper_looked_for),
            (2, self.registers.distributors_changed),
            (1, self.registers.products_changed),
            (1, self.registers.staff_changed),
            (2, self.registers.prices_listed),
            (3, self.registers.register_decided),
            (3, self.registers.register_agreed),
        ]

    def _of_requests(self) -> Chances:
        requests = self.requests
        return [
            (3, requests.request_made),
            (2, requests.request_in_part),
            (1, requests.request_again),
            (2, requests.missing_told),
            (3, requests.step_answered),
            (4, requests.step_agreed),
            (1, requests.step_answered_twice),
            (1, requests.step_answered_by_others),
            (2, requests.requester_writes),
            (1, requests.request_asked_after),
        ]

    def _of_announcements(self) -> Chances:
        announcers = self.announcers
        return [
            (3, announcers.announced),
            (1, announcers.announced_by_others),
            (1, announcers.announcement_corrected),
            (3, announcers.announcement_decided),
            (3, announcers.announcement_confirmed),
            (1, announcers.all_confirmed),
            (1, announcers.confirmed_by_another),
            (1, announcers.announcement_closed),
            (1, announcers.announcement_asked_after),
        ]

    def _of_consumers(self) -> Chances:
        callers = self.callers
        return [
            (3, callers.consumers_listed),
            (1, callers.consumers_listed_by_others),
            (2, callers.calls_made),
            (2, callers.calls_summed_up),
            (1, callers.list_deleted),
            (1, callers.list_and_more),
            (2, callers.samples_ordered),
            (1, callers.samples_waived),
        ]
