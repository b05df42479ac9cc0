"""What the tests of carriers share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.outbox.scripted_smtp import Script, smtp_server


@pytest.fixture
def server() -> Iterator[Script]:
    with smtp_server(Script()) as script:
        yield script
