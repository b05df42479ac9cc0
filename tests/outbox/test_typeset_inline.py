"""What is to be seen is written on the elements: a class that only Jinja knows would be lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailflow.outbox.typeset_templates import READING, STORY

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = [p for p in sorted(TEMPLATES.rglob("*.html")) if p.parent.name not in (READING, STORY)]
"""Those of mails; the pages of `explain` and `show` are opened in a browser and have a style sheet."""


@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_the_class_of_an_element_stands_in_the_template_as_it_is(page: Path) -> None:
    for found in re.findall(r'\sclass="([^"]*)', page.read_text(encoding="utf-8")):
        assert "{" not in found
