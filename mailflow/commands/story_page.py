"""The story of an order as a page to look at: everything in one file, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mailflow.commands.saying import Failed, complain, say
from mailflow.config import Config
from mailflow.house import pages_of
from mailflow.outbox.story_view import story_view
from mailflow.outbox.typeset_pages import CannotTypeset


def write_story(story: Mapping[str, Any], config: Config, target: Path) -> None:
    """An older page of that name is replaced. Raises `Failed`."""
    try:
        page = pages_of(config).story(story_view(story), config.language)
        target.write_text(page, encoding="utf-8")
    except CannotTypeset as error:
        complain(str(error))
        raise Failed(1) from error
    except OSError as error:
        complain(f"{target}: {error.strerror}: name a file that can be written")
        raise Failed(1) from error
    say(str(target))
