"""A kind of request is right as it is declared, or each complaint names its key, its line and what to write."""

from __future__ import annotations

from pathlib import Path

from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.config import load
from mailflow.config_requests import kinds_of
from mailflow.domain.answer import Word
from mailflow.domain.register import Role
from mailflow.domain.request import FieldKind
from mailflow.house import packaged
from tests.roof.test_config import complaints, loaded

WRONG = f"""{CONFIG}requests:
  car:
    title: {{zh: 用车, en: car}}
    words: [派车]
    from: [regional_manager, chauffeur]
    fields:
      when: {{title: 哪天, kind: dat, requird: true}}
    steps:
      drive:
        title: 派车
        owner: logistic
        days: 1
        remind: 3
      agree: {{title: 批准, owner: sales_admin, answer: aprove}}
    order: [agree, drive, wash]
    tell: [requester, everybody]
  Cars:
    title: x
"""


def test_a_house_that_declares_none_has_none(tmp_path: Path) -> None:
    assert kinds_of(loaded(tmp_path, CONFIG).requests) == ()


def test_the_packaged_kinds_are_whole() -> None:
    kinds = {kind.code: kind for kind in kinds_of(load(packaged("config.yaml")).requests)}
    assert list(kinds) == ["design", "training", "event", "complaint", "damage", "return"]
    training = kinds["training"]
    assert [step.owner for step in training.steps] == [
        Role.MARKETING_GM,
        Role.HR_TRAINING,
        Role.HR_MANAGER,
    ]
    assert training.steps[0].allowed == (Word.AGREE, Word.REFUSE)
    assert training.steps[2].wants.zh == "最后定的日期"
    for kind in kinds.values():
        assert kind.rest is not None
        assert any(field.required for field in kind.fields)
        assert sum(f.kind is FieldKind.DISTRIBUTOR for f in kind.fields) == 1


def test_what_is_wrong_is_named_with_its_line(tmp_path: Path) -> None:
    first = CONFIG.count("\n") + 1
    found = complaints(tmp_path, WRONG.split("  Cars:")[0])
    for line, key, what in (
        (4, "requests.car.from", "chauffeur: no such role"),
        (6, "requests.car.fields.when.kind", "write 'text', 'date'"),
        (6, "requests.car.fields.when.requird", "unknown key: write required"),
        (10, "requests.car.steps.drive.owner", "logistic: no such role: write of regional_manager"),
        (13, "requests.car.steps.agree.answer", "write 'approve' or 'do'"),
        (15, "requests.car.tell", "everybody: no such role"),
    ):
        assert any(f.startswith(f"{first + line}: {key}: ") and what in f for f in found), (
            line,
            key,
            found,
        )
    [name] = complaints(tmp_path, WRONG)
    assert "Cars: write small letters" in name


def test_steps_are_named_once_each_and_reminded_in_time(tmp_path: Path) -> None:
    kind = """requests:
  car:
    title: 用车
    words: [派车]
    from: [finance]
    fields: {where: {title: 去哪里, rest: true}, why: {title: 为何, rest: true}}
    steps: {drive: {title: 派车, owner: logistics, days: 1, remind: 3}}
"""
    [late] = complaints(tmp_path, CONFIG + kind)
    assert "remind comes before days" in late
    kind = kind.replace("remind: 3", "remind: 1")
    [twice] = complaints(tmp_path, CONFIG + kind)
    assert "rest can stand at one" in twice
    kind = kind.replace("为何, rest: true", "为何")
    assert len(kinds_of(loaded(tmp_path, CONFIG + kind).requests)) == 1
    [strange] = complaints(tmp_path, CONFIG + kind + "    order: [drive, wash]\n")
    assert "wash: no such step: write of drive" in strange
