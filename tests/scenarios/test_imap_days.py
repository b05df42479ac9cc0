"""A whole pass against IMAP servers that hang up, lie about what they moved, or about sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.app import App
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from mailflow.daemon import one_pass
from mailflow.domain.document import Reading
from mailflow.intake import IntakeLimits
from mailflow.parsers.sandbox import Pending
from mailflow.proving import Proving
from tests.mailbox.scripted_imap import Whims, imap_server
from tests.scenarios.house import EVENING, House, build_house, some_mails
from tests.scenarios.replies import ADMIN, BEI, letters, words

MAILS = dict(enumerate(some_mails("01-clean", "07-csv").values(), start=1))
WELL = [("done", "booked")] * 2


@pytest.fixture
def whims() -> Iterator[Whims]:
    with imap_server(Whims(mails=dict(MAILS))) as each:
        yield each


@pytest.fixture
def house(tmp_path: Path, whims: Whims, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("LIVE", "secret")
    mailbox = f'{{url: "imap://desk@127.0.0.1:{whims.port}", password: {{env: LIVE}}, since: all}}'
    config = CONFIG.replace('{url: "maildir:inbox", since: all}', mailbox)
    return build_house(tmp_path / "house", config + "limits: {mail_megabytes: 1}\n")


@pytest.fixture
def app(house: House) -> Iterator[App]:
    now = datetime.fromisoformat(EVENING).astimezone(UTC)
    with opened(load_config(house.config), lambda: now, exclusive=True) as each:
        yield each


def ends(app: App) -> list[tuple[str, str]]:
    return [(m["state"], m["reason"]) for m in app.store.records.listing("mails", None)]


def lists(app: App) -> int:
    messages = app.store.records.listing("messages", None)
    return sum(m["notice"] == "dispatch-list" for m in messages)


@pytest.mark.fault("I08")
def test_a_server_that_hangs_up_while_mails_are_read_is_called_again_to_file_them(
    app: App, whims: Whims
) -> None:
    def read(raw: bytes) -> Pending[Reading] | Proving:
        whims.hang_up()
        return app.read(raw)

    assert one_pass(replace(app.works(), read=read)).troubles == ()
    assert ends(app) == WELL
    assert whims.count(r"UID FETCH [\d,]+ \(BODY") == 1
    assert whims.count("UID MOVE") == 1
    assert whims.connections == 2


@pytest.mark.fault("I14")
def test_a_server_that_says_it_moved_and_did_not_costs_nothing_but_order(
    app: App, whims: Whims
) -> None:
    for _ in range(3):
        assert one_pass(app.works()).troubles == ()
    assert whims.count("UID MOVE") == 1
    assert sorted(whims.mails) == sorted(MAILS), "a server of this test moves nothing"
    assert whims.count(r"UID FETCH [\d,]+ \(BODY") == 1
    assert (ends(app), lists(app)) == (WELL, 2)


@pytest.mark.fault("D11")
@pytest.mark.parametrize("told", ["the truth", "less"])
def test_a_mail_too_large_is_not_kept_and_a_person_hears_of_it(
    app: App, whims: Whims, told: str
) -> None:
    whims.mails = {1: MAILS[1], 2: b"x" * 2_000_000}
    if told == "less":
        whims.sizes = {2: 700}
    assert one_pass(app.works()).troubles == ()
    assert sorted(ends(app)) == [WELL[0], ("failed", "too-large")]
    assert whims.count(r"UID FETCH 1 \(BODY") == 1
    kept = [p.stat().st_size for p in app.spool.folder.rglob("*") if p.is_file()]
    assert max(kept) < 1_000_000
    [case] = app.store.records.listing("cases", "open")
    assert case["reason"] == "too-large"


LARGE = b"\r\n" + b"x" * 70
PHOTOS = b"From: %s\r\nSubject: %s\r\nMessage-ID: <%d@photos.example>\r\n\r\n%s"


@pytest.mark.fault("D11")
@pytest.mark.parametrize("told", ["the truth", "less"])
def test_who_sent_a_mail_too_large_is_told_and_a_stranger_is_not(
    app: App, house: House, whims: Whims, told: str
) -> None:
    body = LARGE * 30_000
    whims.mails = {
        1: PHOTOS % (BEI.encode(), b"order with photos", 1, body),
        2: PHOTOS % (b"who@elsewhere.example", b"order with photos", 2, body),
        # What its subject says alone may mean another thing with the rest of it.
        3: PHOTOS % (ADMIN.encode(), b"report 2026-10", 3, body),
        4: MAILS[1],
    }
    if told == "less":
        whims.sizes = {1: 700, 2: 700, 3: 700}
    assert one_pass(app.works()).troubles == ()
    assert one_pass(app.works()).troubles == ()
    returned = ("returned", "rejected-notified")
    assert sorted(ends(app)) == [WELL[0], ("ignored", "stranger"), returned, returned]
    subjects = "Re: order with photos", "Re: report 2026-10"
    told_of = [m for m in letters(house) if m["Subject"].startswith(subjects)]
    assert len(told_of) == 2
    assert all("这封邮件太大，没有收下" in words(m) for m in told_of)
    cases = {case["reason"] for case in app.store.records.listing("cases", "open")}
    assert cases == {"attachment-refused"}
    kept = [p.stat().st_size for p in app.spool.folder.rglob("*") if p.is_file()]
    assert max(kept) < 100_000


@pytest.mark.fault("I01", "I02", "B01")
@pytest.mark.parametrize("validity", [8, None])
def test_a_folder_that_is_numbered_anew_brings_nothing_twice(
    app: App, whims: Whims, validity: int | None
) -> None:
    one_pass(app.works())
    whims.uidvalidity = validity
    whims.mails = {uid + 40: raw for uid, raw in MAILS.items()}
    told = [one_pass(app.works()).troubles for _ in range(2)]
    assert [len(words) for words in told] == [validity is not None, 0]
    assert all(
        "was numbered anew by its server (2 mails)" in word for words in told for word in words
    )
    assert (ends(app), lists(app)) == (WELL, 2)


@pytest.mark.fault("I16")
def test_more_bytes_than_a_day_has_wait_on_the_server_until_the_next(
    app: App, whims: Whims
) -> None:
    size = len(MAILS[1])
    whims.mails = {
        uid: MAILS[1].replace(b"Subject:", b"X-%d: x\r\nSubject:" % uid) for uid in range(1, 4)
    }
    limits = IntakeLimits(datetime.min.replace(tzinfo=UTC), 2**20, a_day=2 * size + 100)
    works = app.works()
    for days, came in ((0, 2), (0.9, 2), (1.1, 3)):
        now = works.clock() + timedelta(days=days)
        report = one_pass(replace(works, limits=lambda: limits, clock=lambda now=now: now))
        assert report.polled
        waits = any("limits.day_megabytes): 1 mails wait" in word for word in report.troubles)
        assert (len(ends(app)), waits) == (came, came == 2)
    # One that is larger than a whole day's share comes once nothing else did.
    tiny = replace(limits, a_day=1)
    whims.mails = {9: MAILS[2]}
    later = works.clock() + timedelta(days=3)
    one_pass(replace(works, limits=lambda: tiny, clock=lambda: later))
    assert len(ends(app)) == 4


@pytest.mark.fault("I02")
def test_doctor_says_where_numbers_mean_nothing(house: House, whims: Whims) -> None:
    whims.uidvalidity = None
    told = house.run("doctor").stdout
    assert "the server gives no UIDVALIDITY: mails are told by content" in told
