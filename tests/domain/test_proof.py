"""A domain speaks for its own addresses and for those below it, and for nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.mail import Head, Trust, level_of
from mailflow.domain.proof import Belief, ServerVerdict, Signature, is_aligned, is_proven, telling

HIM = "bei@sales.songping.example"
OURS = Belief(server="MX.house.example")
GOOD = ServerVerdict("mx.house.example", "pass", "sales.songping.example")
NOW = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
LABEL = st.from_regex(r"[a-z]{1,6}", fullmatch=True)


@pytest.mark.fault("A01")
def test_nothing_proves_nothing() -> None:
    assert not is_proven(HIM, (), (), Belief())
    assert not is_proven("", ("",), (ServerVerdict("", "pass", ""),), Belief(server=""))
    assert level_of(Head(HIM), Belief(), NOW) is Trust.B


def test_the_from_line_is_proof_on_a_closed_network_only() -> None:
    assert level_of(Head(HIM), Belief(from_line=True), NOW) is Trust.A


@pytest.mark.fault("A04")
def test_a_domain_speaks_for_itself_and_below() -> None:
    for signer in ("sales.songping.example", "songping.example"):
        assert level_of(Head(HIM, signed_by=(signer,)), Belief(), NOW) is Trust.A
    for signer in ("example", "evil.example", "ngping.example", "x.sales.songping.example", ""):
        assert not is_aligned(signer, HIM), signer


@pytest.mark.fault("A04", "A10")
@given(st.lists(LABEL, min_size=2, max_size=4), st.lists(LABEL, min_size=2, max_size=4))
def test_no_other_domain_is_ever_aligned(signer: list[str], sender: list[str]) -> None:
    """Compared label by label from the right, never as texts."""
    below = sender[-len(signer) :] == signer
    assert is_aligned(".".join(signer), f"a@{'.'.join(sender)}") is below


@pytest.mark.fault("A02")
def test_a_verdict_counts_under_our_server_s_name_alone() -> None:
    assert is_proven(HIM, (), (GOOD,), OURS)
    assert not is_proven(HIM, (), (GOOD,), Belief())
    assert not is_proven(HIM, (), (GOOD,), Belief(server="other.example"))


@pytest.mark.fault("A03")
def test_of_several_the_worst_counts() -> None:
    for bad in ("fail", "none", ""):
        worse = ServerVerdict("mx.house.example", bad, "sales.songping.example")
        assert not is_proven(HIM, (), (GOOD, worse), OURS)
        assert not is_proven(HIM, (), (worse, GOOD), OURS)
    assert not is_proven(
        HIM, (), (ServerVerdict("mx.house.example", "pass", "evil.example"),), OURS
    )
    assert is_proven(HIM, (), (GOOD, ServerVerdict("elsewhere.example", "fail")), OURS)


def test_only_keys_that_could_tell_are_asked_for() -> None:
    own, other = Signature("songping.example", "s1"), Signature("evil.example", "s1")
    assert list(telling((own, other, own), HIM)) == [own]


@pytest.mark.fault("A09")
def test_what_was_written_long_ago_proves_nothing_any_more() -> None:
    for days, level in ((0, Trust.A), (30, Trust.A), (31, Trust.B), (-3, Trust.A)):
        head = Head(HIM, date=NOW - timedelta(days=days), signed_by=("songping.example",))
        assert level_of(head, Belief(), NOW) is level, days
        said = Head(HIM, date=head.date, verdicts=(GOOD,))
        assert level_of(said, OURS, NOW) is level, days
        assert level_of(head, Belief(from_line=True), NOW) is Trust.A
