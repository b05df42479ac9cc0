"""Every letter reads as it read when somebody last looked at it.

`UPDATE_GOLDEN=1 pytest tests/outbox/test_typeset_golden.py` writes the files anew; read the
difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from mailflow.outbox.catalogue import LANGUAGES
from tests.outbox.letters import named_letters, pages

GOLDEN = Path(__file__).parents[1] / "golden" / "letters"
NAMES = sorted(named_letters("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_reads_as_it_did(name: str, language: str) -> None:
    page = pages().page(named_letters(language)[name])
    written = {
        GOLDEN / f"{name}.{language}.txt": f"{page.subject}\n\n{page.text}",
        GOLDEN / f"{name}.{language}.html": page.html + "\n",
    }
    if os.environ.get("UPDATE_GOLDEN"):
        for path, content in written.items():
            path.write_text(content, encoding="utf-8")
    for path, content in written.items():
        assert content == path.read_text(encoding="utf-8"), (
            f"{path.name}: see this file's first lines"
        )


def test_no_golden_file_is_left_of_a_letter_that_is_gone() -> None:
    assert {path.name.partition(".")[0] for path in GOLDEN.iterdir()} == set(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_explain_has_a_name_for_every_letter(language: str) -> None:
    known = pages().words("reading", language)
    for letter in named_letters(language).values():
        assert known[f"letter_{letter.notice.code}"]


def test_no_english_sentence_begins_without_a_space_before_it() -> None:
    for path in GOLDEN.glob("*.en.txt"):
        assert not re.search(r"[a-z]\.[A-Z][a-z]+ ", path.read_text(encoding="utf-8")), path.name
