"""`doctor` on the library of papers: each that its index names can be sent, now and for a while."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mailflow.commands.examination import Line
from mailflow.commands.saying import clock
from mailflow.config import Config
from mailflow.domain.audience import Audience
from mailflow.domain.master import MasterKind, papers_of
from mailflow.doors import library_of
from mailflow.master import MasterError, read_master

SOON = timedelta(days=30)
"""Before a paper expires there is time to get another one."""


def library(config: Config) -> Iterator[Line]:
    if config.documents is None:
        yield Line(
            None, "none (documents in the configuration): a person answers who asks for papers"
        )
        return
    path = config.path(config.documents.index_path)
    try:
        papers = papers_of(read_master(MasterKind.PAPERS, path).rows)
    except MasterError as error:
        yield from (Line(False, text) for text in str(error).splitlines())
        return
    shelf, today = library_of(config), clock().astimezone(config.zone).date()
    faults = [fault for paper in papers if (fault := shelf.fault(paper.file))]
    yield from (Line(False, f"{path}: {fault}") for fault in faults)
    names = [paper.name.casefold() for paper in papers]
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield Line(
            None, f"{path}: {name!r} stands there more than once: who asks for it is asked which"
        )
    for paper in papers:
        if not paper.is_valid_on(today):
            yield Line(
                None, f"{paper.name}: expired on {paper.valid_until}, never sent: replace it"
            )
        elif not paper.is_valid_on(today + SOON):
            yield Line(None, f"{paper.name}: expires on {paper.valid_until}")
    if not faults:
        inside = sum(paper.audience is Audience.INTERNAL for paper in papers)
        yield Line(True, f"{len(papers)} papers, {inside} of them for staff alone")
