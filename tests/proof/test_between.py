"""The short forms of what `make prove` plays between real servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.dovecot import Dovecot
from tests.live.postfix import Postfix
from tests.proof.kills import killed, told
from tests.proof.large_folder import LargeFolder
from tests.scenarios.live_house import Servers

pytestmark = pytest.mark.timeout(600)
COUNT = 300
BYTES_OF_A_NUMBER = 6
GREETING = 3_000
"""Bytes of a session in which nothing is new."""


@pytest.mark.fault("K01", "K02", "K03", "K05", "K07", "K08")
def test_killed_at_random_instants_it_loses_nothing(dovecot: Dovecot, postfix: Postfix) -> None:
    [figures] = killed([Servers(dovecot, postfix)], 3, seed=7)
    assert not figures.wrong, [*figures.wrong, told(figures)]
    # There was something to lose, and it went on.
    assert figures.kills == 3
    assert figures.mails > 0
    assert figures.copies > 0


def test_a_second_look_into_a_large_folder_asks_for_numbers_only(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    large = LargeFolder(dovecot, tmp_path / "house")
    large.fill(COUNT)
    first, second = large.look(), large.look()
    assert (first.report.troubles, second.report.troubles) == ((), ())
    assert second.read < COUNT * BYTES_OF_A_NUMBER + GREETING < first.read
    assert large.lie_there() == COUNT
