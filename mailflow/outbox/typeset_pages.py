"""Notices become pages: templates are compiled once, in a sandbox, and may ask for nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailflow.domain.notice import Letter
from mailflow.domain.printable import visible
from mailflow.domain.value import dataclass
from mailflow.outbox.catalogue import LANGUAGES, Catalogue, CatalogueError, known, merged
from mailflow.outbox.mime_headers import one_line
from mailflow.outbox.reading_view import READING_FILTERS, ReadingView
from mailflow.outbox.reply_links import buttons, written
from mailflow.outbox.statistics_view import STATISTICS_FILTERS
from mailflow.outbox.story_view import StoryView
from mailflow.outbox.typeset_filters import filters
from mailflow.outbox.typeset_inline import inlined
from mailflow.outbox.typeset_views import views
from mailflow.outbox.typeset_words import Words, words_of
from mailflow.outbox.wording import WordingError

SUBJECT = "subject.txt"
PARTS = (SUBJECT, "text.txt", "html.html")
SHARED = "_shared"
FORMATS = frozenset({"format", "format_map"})
READING, STORY = "reading", "story"
"""Pages that are no letters: a browser keeps their style sheet."""
BUILT_IN = frozenset({"length", "join", "e", "escape"})
"""The filters of Jinja that templates may use beside our own (reliability O03)."""


class CannotTypeset(Exception):
    """A template is missing or asks for what its notice has not; nothing is booked without it."""


@dataclass(frozen=True, slots=True)
class Page:
    subject: str
    text: str
    html: str


class Pages:
    """`folders` are searched in order: the house's own templates before the packaged ones.

    `desk` is our own address, which answers go to. A template is compiled when it is first asked
    for. Pages of `redirected` letters say whom they
    were meant for.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        zone: ZoneInfo,
        catalogue: Catalogue,
        *,
        desk: str,
        redirected: bool = False,
    ) -> None:
        self._desk = desk
        self.catalogue = catalogue
        self._folders = folders
        self._redirected = redirected
        self._environment = _environment(folders, zone, catalogue)
        self._known_words: dict[tuple[str, str], Words] = {}

    def page(self, letter: Letter, pictures: Sequence[object] = ()) -> Page:
        """With `pictures` (outbox/pictures.py) where there are any. Raises `CannotTypeset`."""
        subject, text, html = self._rendered(letter, *PARTS, pictures=pictures)
        return Page(one_line(subject), _tidied(text), html)

    def subject(self, letter: Letter) -> str:
        """The subject a letter would have. Raises `CannotTypeset`."""
        [subject] = self._rendered(letter, SUBJECT)
        return one_line(subject)

    def meant_for(self, letter: Letter) -> str:
        """Who would have got a letter that is redirected; else empty."""
        return ", ".join((*letter.to, *letter.cc)) if self._redirected else ""

    def reading(self, view: ReadingView, language: str) -> str:
        """A page that is looked at in a browser. Raises `CannotTypeset`."""
        return self._looked_at(READING, view, language)

    def story(self, view: StoryView, language: str) -> str:
        """The same of what became of an order. Raises `CannotTypeset`."""
        return self._looked_at(STORY, view, language)

    def _looked_at(self, code: str, view: object, language: str) -> str:
        [page] = self._filled(code, known(language), {"view": view}, (f"{code}/page.html",))
        return visible(page)

    def _rendered(self, letter: Letter, *names: str, pictures: Sequence[object] = ()) -> list[str]:
        code, language = letter.notice.code, known(letter.language)
        paths = tuple(f"{code}/{name}" for name in names)
        try:
            offered = buttons(letter, self._desk, self.words(code, language))
        except (CatalogueError, WordingError) as error:
            raise CannotTypeset(_complaint(code, language, error)) from error
        values = {
            "notice": letter.notice,
            "letter": letter,
            "meant_for": self.meant_for(letter),
            "buttons": offered,
            "pictures": pictures,
            "write_to": partial(written, self._desk),
        }
        return self._filled(code, language, values, paths)

    def _filled(
        self, code: str, language: str, values: Mapping[str, Any], paths: tuple[str, ...]
    ) -> list[str]:
        try:
            context = {**values, "lang": language, "w": self.words(code, language)}
            return [self._environment.get_template(path).render(context) for path in paths]
        except (TemplateError, CatalogueError, WordingError) as error:
            raise CannotTypeset(_complaint(code, language, error)) from error
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            # Only templates run here: one of them did with a value what cannot be done with it.
            raise CannotTypeset(_complaint(code, language, error)) from error

    def words(self, code: str, language: str) -> Words:
        """The notice's own words over those that all notices share."""
        key = (code, language)
        if key not in self._known_words:
            raw = {
                **merged(self._folders, f"{SHARED}/words.yaml"),
                **merged(self._folders, f"{code}/words.yaml"),
            }
            self._known_words[key] = words_of(raw, language, f"{code}/words.yaml")
        return self._known_words[key]

    def complaints(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """What is wrong with the templates and words of these notices, and with what all share, as far
        as compiling tells."""
        found = []
        own = [(code, part) for code in codes for part in PARTS]
        for folder, name in (*own, *self._shared()):
            try:
                self._environment.get_template(f"{folder}/{name}")
            except TemplateError as error:
                found.append(_complaint(folder, name, error))
        for code in codes:
            for language in LANGUAGES:
                try:
                    self.words(code, language)
                except (CatalogueError, WordingError) as error:
                    found.append(str(error))
        return tuple(found)

    def _shared(self) -> list[tuple[str, str]]:
        """Folder and name of each template that belongs to no notice."""
        folders = (base / folder for base in self._folders for folder in (SHARED, READING, STORY))
        paths = {(f.name, p.name) for f in folders for p in f.glob("*.[ht]*") if p.is_file()}
        return sorted(p for p in paths if p[1].endswith((".html", ".txt")))


def _complaint(code: str, what: str, error: Exception) -> str:
    where = getattr(error, "name", None)
    line = getattr(error, "lineno", None)
    at = f" ({where}, line {line})" if where and line else ""
    said = f"{type(error).__name__}: {error}"
    return f"template {code} ({what}){at}: {said}: mend or remove the house's own, see `mailflow doctor`"


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
        if type(obj) is Words:
            return obj(*args, **kwargs)  # as the sandbox does once it has found nothing against it
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


class _Compiled(BytecodeCache):
    """What was compiled in this process, by template and source: a house that is set up anew, after a
    change of its configuration, compiles nothing anew."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def _environment(folders: tuple[Path, ...], zone: ZoneInfo, catalogue: Catalogue) -> Environment:
    environment = _Environment(
        loader=FunctionLoader(_Shelf(folders).source),
        undefined=StrictUndefined,
        autoescape=lambda name: name is None or name.endswith(".html"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )
    built_in = {name: environment.filters[name] for name in BUILT_IN}
    environment.filters = {
        **built_in,
        **filters(zone, catalogue),
        **views(catalogue),
        **READING_FILTERS,
        **STATISTICS_FILTERS,
    }
    environment.globals.clear()
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


def _tidied(text: str) -> str:
    """No blanks at line ends, never two empty lines in a row."""
    lines: list[str] = []
    for line in text.splitlines():
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"
