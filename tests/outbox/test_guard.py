"""Who may get a letter: nobody who may not have all it says and encloses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.audience import Audience, Content, about, regions, strictest
from mailflow.domain.barred import Barred
from mailflow.domain.mailed_file import MailedFile
from mailflow.domain.notice import Enclosure, Letter, MarkedCopy
from mailflow.domain.notice_announcement import AnnouncementNotice
from mailflow.domain.notice_calls import CallAnswerNotice
from mailflow.domain.notice_consumers import CallSheet
from mailflow.domain.notice_help import HelpNotice, StatusNotice
from mailflow.domain.notice_paper import PaperFile
from mailflow.domain.paper import Paper
from mailflow.domain.register import Customer, Person, Register, Role, ShipTo
from mailflow.outbox import specimens as made
from mailflow.outbox.audiences import contents_of
from mailflow.outbox.guard import Guard
from tests.outbox.letters import STATIONERY, typeset
from tests.outbox.messages import a_message

OWN = "orders@desk.example"
WARE, MANAGER, AGENT = "ware@desk.example", "manager@desk.example", "service@desk.example"
ELSEWHERE = "henan@desk.example"
BUYER, OTHER = "buyer@shop.example", "other@shop.example"
TRIAL = "trial@other.example"


def customer(code: str, email: str) -> Customer:
    nothing = Decimal(0)
    return Customer(
        code, "甲贸易有限公司", (), "华东", MANAGER, email, ShipTo(), nothing, nothing, nothing
    )


REGISTER = Register(
    customers=(customer("HE1000", BUYER), customer("HE1001", OTHER)),
    staff=(
        Person(Role.WAREHOUSE, "仓库", WARE),
        Person(Role.REGIONAL_MANAGER, "经理", MANAGER),
        Person(Role.CUSTOMER_SERVICE, "客服", AGENT, ("华东",)),
        Person(Role.CUSTOMER_SERVICE, "客服", ELSEWHERE, ("河南",)),
        Person(Role.SALES_ADMIN, "销管", OWN),
    ),
)
GUARD = Guard(OWN)
SPECIMENS = tuple(made.specimens("zh"))
INSIDE = PaperFile(Paper(title="成本", audience=Audience.INTERNAL, file="cost.pdf"))
ENCLOSURES = tuple(dict.fromkeys((INSIDE, *(e for letter in SPECIMENS for e in letter.enclosures))))
ENCLOSURES += tuple(replace(e, region="华东") for e in ENCLOSURES if isinstance(e, CallSheet))
HELP = next(letter for letter in SPECIMENS if letter.notice.code == "help-answer")
LIST = next(letter for letter in SPECIMENS if letter.notice.code == "dispatch-list")
OUTWARD = {
    *("order-answer", "question-answered", "order-refused", "order-reminder", "cancel-decided"),
    *("inventory-answer", "status-answer", "help-answer", "shortage", "goods-sent"),
    *("goods-delivered", "statement", "statements", "statement-which", "payments-due"),
    *("statement-dispute", "document-answer", "announcement", "announcement-heard"),
    *("request-answer", "request-news", "sender-proof"),
    "consumers-answer",
    "consumers-forgotten",
}
"""The kinds of letter that a distributor may ever get; said here once more, by hand."""
OUTWARD_FILES = {
    "PaperFile",
    "ListFile",
    "MarkedCopy",
    "StatementFile",
    "StatementsFile",
    "MailedFile",
}


ANSWERED = {
    *("order-answer", "question-answered", "order-refused", "order-reminder", "cancel-decided"),
    *("request-answer", "request-news", "announcement", "announcement-heard", "document-answer"),
    *("status-answer", "consumers-answer", "consumers-forgotten"),
}
"""They tell whoever wrote a mail what he wrote himself, or everybody the same."""
OWN_CODES = {BUYER: {"HE1000"}, OTHER: {"HE1001"}}


def told_of(letter: Letter) -> set[str]:
    """The distributors that stand anywhere in what tells of books, found without asking the guard."""
    files = [e for e in letter.enclosures if not isinstance(e, MarkedCopy | MailedFile | PaperFile)]
    spoken = [*files, *([] if letter.notice.code in ANSWERED else [letter.notice])]
    return {each.code for thing in spoken for each in customers_in(thing)}


CALLED_BY = {AGENT: {"华东"}, ELSEWHERE: {"河南"}}


def called_in(letter: Letter) -> set[str]:
    """The regions whose consumers stand in it, found without asking the guard."""
    sheets = [e for e in letter.enclosures if isinstance(e, CallSheet) and not e.is_masked]
    answered = letter.notice.regions if isinstance(letter.notice, CallAnswerNotice) else ()
    return {*(e.region for e in sheets), *(answered if letter.enclosures else ())}


def customers_in(thing: object) -> Iterator[Customer]:
    if isinstance(thing, Customer):
        yield thing
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from customers_in(getattr(thing, each.name))
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from customers_in(each)


def whys(letter: Letter, guard: Guard = GUARD) -> list[Barred]:
    return [each.why for each in guard.passed(letter, REGISTER)[1]]


@pytest.mark.parametrize("address", [WARE, BUYER, "WARE@Desk.Example"])
def test_is_silent_about_people_of_the_register(address: str) -> None:
    letter = replace(HELP, to=(address,))
    assert GUARD.passed(letter, REGISTER) == (letter, ())


@pytest.mark.fault("A10", "A14", "O08")
@pytest.mark.parametrize(
    "address",
    [
        "stranger@other.example",
        "ware@desk.example.other.example",
        "xware@desk.example",
        "",
        "ware",
        "ware@desk.example, stranger@other.example",
        "ware@desk.example\r\nBcc: stranger@other.example",
        "<ware@desk.example>",
    ],
)
def test_nobody_else_gets_anything(address: str) -> None:
    passed, [stopped] = GUARD.passed(replace(HELP, to=(address,)), REGISTER)
    assert (passed, stopped.why, stopped.recipient) == (None, Barred.UNKNOWN, address)


@pytest.mark.fault("L03")
@pytest.mark.parametrize("own", [OWN, "ORDERS@desk.example", " orders@desk.example "])
def test_we_never_write_to_ourselves_even_if_registered(own: str) -> None:
    letter = replace(HELP, to=(OWN,))
    assert whys(letter, Guard(own)) == [Barred.OURSELVES]
    assert not Guard(own, OWN).admits(a_message(recipient=OWN), replace(HELP, to=(WARE,)))


def test_the_one_address_of_a_rehearsal_may_be_anybody_s() -> None:
    rehearsed, letter = Guard(OWN, TRIAL), replace(LIST, to=(WARE,))
    assert rehearsed.passed(letter, REGISTER) == (letter, ())
    assert rehearsed.admits(a_message(recipient=TRIAL), letter)
    assert not rehearsed.admits(a_message(recipient="else@other.example"), letter)
    assert whys(replace(LIST, to=(BUYER,)), rehearsed) == [Barred.AUDIENCE]


def test_a_message_for_somebody_who_is_not_on_its_letter_is_not_let_out() -> None:
    assert GUARD.admits(a_message(recipient=WARE), replace(LIST, to=(WARE,)))
    assert not GUARD.admits(a_message(recipient=BUYER), replace(LIST, to=(WARE,)))


def test_whoever_may_not_have_it_is_taken_off_and_named_once() -> None:
    letter = replace(LIST, to=(WARE, BUYER), cc=(MANAGER, BUYER, "x@other.example"))
    passed, stopped = GUARD.passed(letter, REGISTER)
    assert passed == replace(LIST, to=(WARE,), cc=(MANAGER,))
    assert [(s.recipient, s.why) for s in stopped] == [
        (BUYER, Barred.AUDIENCE),
        ("x@other.example", Barred.UNKNOWN),
    ]
    passed, _ = GUARD.passed(replace(LIST, to=(BUYER,), cc=(MANAGER,)), REGISTER)
    assert passed == replace(LIST, to=(MANAGER,), cc=())


def test_the_narrowest_of_what_is_in_a_letter_is_its_audience() -> None:
    both = replace(HELP, enclosures=tuple(each for each in ENCLOSURES if _is_internal(each))[:1])
    assert strictest(contents_of(both)) is Audience.INTERNAL
    assert whys(replace(both, to=(BUYER,))) == [Barred.AUDIENCE]
    assert strictest(contents_of(HELP)) is Audience.PUBLIC


@pytest.mark.fault("O08")
def test_what_is_about_one_distributor_goes_to_no_other() -> None:
    statement = next(each for each in SPECIMENS if each.notice.code == "statement")
    code = statement.notice.statement.code  # type: ignore[union-attr] # by its code
    register = replace(REGISTER, customers=(customer(code, BUYER), customer("HE1001", OTHER)))
    passed, stopped = GUARD.passed(replace(statement, to=(BUYER, OTHER, WARE)), register)
    assert passed == replace(statement, to=(BUYER, WARE))
    assert [each.recipient for each in stopped] == [OTHER]


@pytest.mark.fault("O08")
@pytest.mark.parametrize("letter", SPECIMENS, ids=lambda each: each.notice.code)
def test_each_kind_of_letter_goes_out_or_stays_as_it_is_said_by_hand(letter: Letter) -> None:
    code = letter.notice.code
    alone = replace(letter, enclosures=(), to=(WARE,))
    out = code in OUTWARD and not tells_budgets(letter)
    assert (strictest(contents_of(alone)) is not Audience.INTERNAL) == out


def test_an_internal_announcement_and_its_files_stay_inside() -> None:
    letter = next(each for each in SPECIMENS if each.notice.code == "announcement")
    assert isinstance(letter.notice, AnnouncementNotice)
    assert any(isinstance(each, MailedFile) for each in letter.enclosures)
    assert whys(replace(letter, to=(BUYER, WARE))) == []
    inside = replace(letter.notice, audience=Audience.INTERNAL)
    assert whys(replace(letter, notice=inside, to=(BUYER, WARE))) == [Barred.AUDIENCE]
    files = tuple(
        replace(each, audience=Audience.INTERNAL) if isinstance(each, MailedFile) else each
        for each in letter.enclosures
    )
    assert whys(replace(letter, enclosures=files, to=(BUYER, WARE))) == [Barred.AUDIENCE]


def test_every_kind_of_enclosure_has_its_audience() -> None:
    known = {type(each).__name__ for each in ENCLOSURES}
    for each in ENCLOSURES:
        assert _stays_inside(each) != may_go_out(each)
    assert known >= OUTWARD_FILES


def goes_out(letter: Letter) -> bool:
    """With all that goes with it."""
    is_theirs = letter.notice.code in OUTWARD and not tells_budgets(letter)
    return is_theirs and all(map(may_go_out, letter.enclosures))


def tells_budgets(letter: Letter) -> bool:
    """What a region may order as expense goods is the house's own, also in an answer of theirs."""
    notice = letter.notice
    return isinstance(notice, HelpNotice | StatusNotice) and bool(notice.coming.budgets)


def may_go_out(enclosure: Enclosure) -> bool:
    """Of a paper its class says it, of a file that was mailed whoever passes it on."""
    if isinstance(enclosure, MailedFile) and enclosure.audience is Audience.INTERNAL:
        return False
    return enclosure != INSIDE and type(enclosure).__name__ in OUTWARD_FILES


def _is_internal(enclosure: Enclosure) -> bool:
    return strictest(contents_of(replace(HELP, enclosures=(enclosure,)))) is Audience.INTERNAL


def _stays_inside(enclosure: Enclosure) -> bool:
    letter = replace(HELP, enclosures=(enclosure,))
    return strictest(contents_of(letter)) in (Audience.INTERNAL, Audience.PERSONAL)


ADDRESSES = st.sampled_from(
    (
        WARE,
        MANAGER,
        AGENT,
        ELSEWHERE,
        BUYER,
        OTHER,
        OWN,
        TRIAL,
        "x@other.example",
        "Buyer@Shop.Example",
        "",
        "a b",
    )
)


@st.composite
def letters(draw: st.DrawFn) -> Letter:
    """Any notice with any enclosures, to anybody."""
    letter = SPECIMENS[draw(st.integers(0, len(SPECIMENS) - 1))]
    chosen = draw(st.sets(st.integers(0, len(ENCLOSURES) - 1), max_size=3))
    enclosed = [ENCLOSURES[number] for number in chosen]
    to = draw(st.lists(ADDRESSES, min_size=1, max_size=4))
    cc = draw(st.lists(ADDRESSES, max_size=4))
    return replace(letter, enclosures=tuple(enclosed), to=tuple(to), cc=tuple(cc))


@pytest.mark.fault("O08")
@given(letters(), st.sampled_from((None, TRIAL)))
@settings(max_examples=500, deadline=None)
def test_nothing_internal_ever_leaves(letter: Letter, redirect_to: str | None) -> None:
    guard = Guard(OWN, redirect_to)
    passed, stopped = guard.passed(letter, REGISTER)
    got = [] if passed is None else [*passed.to, *passed.cc]
    assert sorted({*got, *(s.recipient for s in stopped)}) == sorted({*letter.to, *letter.cc})
    assert not set(got) & {s.recipient for s in stopped}
    is_outward = goes_out(letter)
    for address in got:
        assert address in (WARE, MANAGER, AGENT, ELSEWHERE) or (
            address.casefold() in (BUYER, OTHER) and is_outward
        )
        assert called_in(letter) <= CALLED_BY.get(address, set())
        if address.casefold() in OWN_CODES:
            assert told_of(letter) <= OWN_CODES[address.casefold()], letter.notice.code


@given(letters())
@settings(max_examples=25, deadline=None)
def test_what_is_typeset_names_nobody_else(letter: Letter) -> None:
    passed, stopped = GUARD.passed(letter, REGISTER)
    if passed is None:
        return
    for message in typeset(passed, STATIONERY):
        assert GUARD.admits(message, passed)
        assert message.audience is strictest(contents_of(letter))
        assert set(message.regions) == called_in(letter)
        assert set(message.about) >= told_of(letter) or message.audience is not Audience.PARTNER
        for each in stopped:
            if each.recipient and each.recipient.casefold() not in map(
                str.casefold, passed.to + passed.cc
            ):
                head = message.mime.partition(b"\r\n\r\n")[0].lower()
                assert each.recipient.lower().encode() not in head


def test_consumers_of_no_known_region_are_said_to_be_nobody_s() -> None:
    known, unknown = (Content(Audience.PERSONAL, region=region) for region in ("华东", None))
    assert regions((known, INSIDE.paper.content)) == ("华东",)
    assert regions((known, unknown)) == ()


def test_every_letter_and_file_says_of_which_distributors_it_tells() -> None:
    letters = [*(replace(letter, enclosures=()) for letter in SPECIMENS)]
    letters += [replace(HELP, enclosures=(each,)) for each in ENCLOSURES]
    for letter in letters:
        contents = tuple(contents_of(letter))
        if strictest(contents) is Audience.PARTNER:
            assert set(about(contents)) >= told_of(letter), letter.notice.code
