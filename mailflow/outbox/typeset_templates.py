"""Templates are compiled once, in a sandbox, and may ask for nothing else than what is filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailflow.outbox.catalogue import Catalogue
from mailflow.outbox.reading_view import READING_FILTERS
from mailflow.outbox.statistics_view import STATISTICS_FILTERS
from mailflow.outbox.typeset_compiled import Compiled, Unfolded, folder_of_caches
from mailflow.outbox.typeset_filters import filters
from mailflow.outbox.typeset_inline import inlined
from mailflow.outbox.typeset_views import views
from mailflow.outbox.typeset_words import Words

SHARED = "_shared"
FORMATS = frozenset({"format", "format_map"})
READING, STORY = "reading", "story"
"""Pages that are no letters: a browser keeps their style sheet."""
BUILT_IN = frozenset({"length", "join", "e", "escape"})
"""The filters of Jinja that templates may use beside our own (reliability O03)."""


NOT_SAID = "_block_vars", "_loop_vars"
"""What Jinja hands to whatever is called: all that a block or a loop knows, and no blank of a sentence."""


class _Environment(ImmutableSandboxedEnvironment):
    """Whether a template may ask for an attribute hangs on type and name only, so each pair is
    looked at once: a page of 30 lines asks 500 times."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        pair = (type(obj), attr)
        if pair not in self._known:
            self._known[pair] = super().is_safe_attribute(obj, attr, value)
        return self._known[pair]

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(obj) is Words:  # as the sandbox does once it has found nothing against it
            for name in NOT_SAID:
                kwargs.pop(name, None)
            return obj(*args, **kwargs)
        return super().call(context, obj, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is Words:
            return obj[attribute]  # as the sandbox does once it has found no such attribute
        # `format` of a text is the one attribute that the sandbox replaces by another.
        if attribute not in FORMATS and self._known.get((type(obj), attribute)):
            try:  # not `suppress`, which takes longer than all the rest
                return getattr(obj, attribute)
            except AttributeError:
                return super().getattr(obj, attribute)
        return super().getattr(obj, attribute)


def environment_of(folders: tuple[Path, ...], zone: ZoneInfo, catalogue: Catalogue) -> Environment:
    """`folders` are searched in order."""
    environment = _Environment(
        loader=FunctionLoader(_Shelf(folders).source),
        undefined=StrictUndefined,
        autoescape=lambda name: name is None or name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,
    )
    environment.code_generator_class = Unfolded
    built_in = {name: environment.filters[name] for name in BUILT_IN}
    environment.filters = {
        **built_in,
        **filters(zone, catalogue),
        **views(catalogue),
        **READING_FILTERS,
        **STATISTICS_FILTERS,
    }
    environment.globals.clear()
    environment.bytecode_cache = Compiled(environment, folder_of_caches())
    return environment


class _Shelf:
    """Finds a template in the first folder that has it; pages get their styles on the way."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def source(self, template: str) -> str | None:
        source = self._found(template)
        folder, _, name = template.partition("/")
        is_mailed = name.endswith(".html") and folder not in (READING, STORY)
        if source is not None and is_mailed:
            return inlined(source, self._found(f"{SHARED}/style.css") or "")
        return source

    def _found(self, template: str) -> str | None:
        for folder in self._folders:
            path = folder / template
            if ".." not in path.parts and path.is_file():
                return path.read_text(encoding="utf-8")
        return None
