"""Kinds of requests, as a house declares them: what is asked for, through whose hands it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from mailflow.config_secret import Strict
from mailflow.domain.access_table import DISTRIBUTOR
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Role
from mailflow.domain.request import Field as RequestField
from mailflow.domain.request import FieldKind, RequestKind, Step, StepAnswer, Text, Told

ROLES = tuple(role.value for role in Role)
ASKERS = (DISTRIBUTOR, *ROLES)
TOLD = (*(who.value for who in Told), *ROLES)
LONGEST_CODE = 24
_CODE = pattern(rf"[a-z][a-z0-9-]{{0,{LONGEST_CODE - 1}}}")


def _both(value: object) -> object:
    """One text stands for both languages."""
    return {"zh": value, "en": value} if isinstance(value, str) else value


class TextConfig(Strict):
    zh: str = Field(min_length=1, max_length=400)
    en: str = Field(min_length=1, max_length=400)

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


SaidTwice = Annotated[TextConfig, BeforeValidator(_both)]
Words = Annotated[tuple[str, ...], Field(max_length=30)]


def _text(said: TextConfig | None) -> Text:
    return said.text if said else Text()


def _known(names: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    if strange := sorted(set(names) - set(known)):
        raise ValueError(f"{', '.join(strange)}: no such role: write of {', '.join(known)}")
    return names


class FieldConfig(Strict):
    """`words` are labels it is known by beside its title; `rest`: what stands there without a label
    is of it."""

    title: SaidTwice
    words: Words = ()
    kind: Literal["text", "date", "number", "distributor"] = "text"
    required: bool = False
    rest: bool = False

    def named(self, name: str) -> RequestField:
        words = (self.title.zh, self.title.en, *self.words)
        kind = FieldKind(self.kind)
        return RequestField(
            name, self.title.text, tuple(dict.fromkeys(words)), kind, self.required, self.rest
        )


class StepConfig(Strict):
    """`days` is when it is due and `remind` when its owner is reminded, in working days; `wants` is what
    he has to write behind his yes."""

    title: SaidTwice
    owner: str
    answer: Literal["approve", "do"] = "do"
    days: int = Field(default=2, ge=1, le=60)
    remind: int | None = Field(default=None, ge=1, le=60)
    text: SaidTwice | None = None
    wants: SaidTwice | None = None

    @field_validator("owner")
    @classmethod
    def _is_a_role(cls, value: str) -> str:
        return _known((value,), ROLES)[0]

    @model_validator(mode="after")
    def _reminded_first(self) -> StepConfig:
        if self.remind is not None and self.remind > self.days:
            raise ValueError("remind comes before days: write fewer, or as many")
        return self

    def named(self, name: str) -> Step:
        return Step(
            name=name,
            title=self.title.text,
            owner=Role(self.owner),
            answer=StepAnswer(self.answer),
            days=self.days,
            remind=self.remind or max(1, self.days - 1),
            text=_text(self.text),
            wants=_text(self.wants),
        )


class RequestConfig(Strict):
    """One kind. `order` names the steps in their order, where it is not that in which they stand."""

    title: SaidTwice
    words: Words
    askers: tuple[str, ...] = Field(alias="from", min_length=1)
    fields: Mapping[str, FieldConfig]
    steps: Mapping[str, StepConfig] = Field(min_length=1, max_length=12)
    order: tuple[str, ...] | None = None
    tell: tuple[str, ...] = (Told.REQUESTER.value,)
    text: SaidTwice | None = None
    ending: SaidTwice | None = None

    @field_validator("askers")
    @classmethod
    def _askers_are_roles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, ASKERS)

    @field_validator("tell")
    @classmethod
    def _told_are_people(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, TOLD)

    @model_validator(mode="after")
    def _holds_together(self) -> RequestConfig:
        named = self.order or tuple(self.steps)
        if strange := sorted(set(named) - set(self.steps)):
            raise ValueError(
                f"order: {', '.join(strange)}: no such step: write of {', '.join(self.steps)}"
            )
        if len(set(named)) != len(named) or len(named) != len(self.steps):
            raise ValueError(f"order: name each step once: {', '.join(self.steps)}")
        if sum(f.rest for f in self.fields.values()) > 1:
            raise ValueError("fields: rest can stand at one of them only")
        if sum(f.kind == "distributor" for f in self.fields.values()) > 1:
            raise ValueError("fields: one of them only can be of kind distributor")
        return self

    def named(self, code: str) -> RequestKind:
        return RequestKind(
            code=code,
            title=self.title.text,
            words=tuple(dict.fromkeys((self.title.zh, self.title.en, *self.words))),
            askers=self.askers,
            fields=tuple(f.named(name) for name, f in self.fields.items()),
            steps=tuple(self.steps[name].named(name) for name in self.order or self.steps),
            told=self.tell,
            text=_text(self.text),
            ending=_text(self.ending),
        )


def _codes(value: Any) -> Any:
    if isinstance(value, dict):
        for code in value:
            if not _CODE.fullmatch(str(code)):
                raise ValueError(
                    f"{code}: write small letters, figures and dashes, {LONGEST_CODE} at most"
                )
    return value


Requests = Annotated[Mapping[str, RequestConfig], BeforeValidator(_codes)]


def kinds_of(requests: Mapping[str, RequestConfig]) -> tuple[RequestKind, ...]:
    return tuple(config.named(code) for code, config in requests.items())
