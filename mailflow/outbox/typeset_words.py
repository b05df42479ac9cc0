"""The words of one notice in one language; a sentence may have blanks and a form for exactly one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mailflow.domain.value import dataclass
from mailflow.outbox.wording import Wording, WordingError


@dataclass(frozen=True, slots=True)
class Words:
    """`w.name` is a text without blanks, `w("name", n=3)` a sentence with them filled.

    Its own attributes are private, so that any word may have any name.
    """

    _where: str
    _one: Mapping[str, Wording]
    _other: Mapping[str, Wording]

    def __getitem__(self, name: str) -> str:
        return self(name)

    def __call__(self, name: str, /, **values: object) -> str:
        """`n` chooses between the form for one and the form for others."""
        forms = self._one if values.get("n") == 1 else self._other
        if name not in forms:
            raise WordingError(f"{self._where}: has no words for {name}")
        wording = forms[name]
        if wording.plain is not None:
            return wording.plain
        return wording.filled({key: str(value) for key, value in values.items()})


def words_of(raw: Mapping[str, Any], language: str, where: str) -> Words:
    """`raw`: name → {zh: text, en: text or {one: text, other: text}}. Raises `WordingError`."""
    one, other = {}, {}
    for name, pair in raw.items():
        if not isinstance(pair, dict) or pair.get(language) is None:
            raise WordingError(f"{where}: {name} is not said in {language}: add it")
        said = pair[language]
        forms = said if isinstance(said, dict) else {"one": said, "other": said}
        if forms.keys() != {"one", "other"}:
            raise WordingError(f"{where}: {name}: write a text, or one and other")
        one[name] = Wording.of(str(forms["one"]))
        other[name] = Wording.of(str(forms["other"]))
    return Words(where, one, other)
