"""Notices become pages: what a letter says in its subject, its text and its HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import TemplateError

from mailflow.domain.notice import Letter
from mailflow.domain.printable import visible
from mailflow.domain.value import dataclass
from mailflow.outbox.catalogue import LANGUAGES, Catalogue, CatalogueError, known, merged
from mailflow.outbox.mime_headers import one_line
from mailflow.outbox.reading_view import ReadingView
from mailflow.outbox.reply_links import buttons, written
from mailflow.outbox.story_view import StoryView
from mailflow.outbox.typeset_templates import READING, SHARED, STORY, environment_of
from mailflow.outbox.typeset_words import Words, words_of
from mailflow.outbox.wording import WordingError

SUBJECT = "subject.txt"
PARTS = (SUBJECT, "text.txt", "html.html")


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
        self._environment = environment_of(folders, zone, catalogue)
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


def _tidied(text: str) -> str:
    """No blanks at line ends, never two empty lines in a row."""
    lines: list[str] = []
    for line in text.splitlines():
        line = line.rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"
