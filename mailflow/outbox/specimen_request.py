"""Specimens of the letters of requests that go through people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from mailflow.domain.answer import Word
from mailflow.domain.asking import Urging
from mailflow.domain.attached import Attached
from mailflow.domain.finding import Asked
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_request import (
    Lacking,
    RequestAnswerNotice,
    RequestEvent,
    RequestNewsNotice,
    RequestStepNotice,
    RequestVerdict,
    Spoken,
)
from mailflow.domain.question import Question
from mailflow.domain.register import Role
from mailflow.domain.request import (
    CaseFile,
    Field,
    FieldKind,
    Request,
    RequestKind,
    RequestState,
    Step,
    StepAnswer,
    Text,
)
from mailflow.outbox.specimen_orders import CUSTOMER, RECEIVED

NUMBER, TOKEN = "R-2026-0001", "7K3QZ9D4BQMQ5JF999RZ"
MANAGER, GM, TRAINER = "河南区域经理", "市场部总经理", "培训小周"
WHAT = Field("topic", Text("培训主题", "Topic"), ("主题",), required=True, takes_rest=True)
WHEN = Field("wanted", Text("希望日期", "Wished for"), ("日期",), FieldKind.DATE, required=True)
WHERE = Field("place", Text("地点", "Place"), ("地点",), required=True)
STEPS = (
    Step("approve", Text("批准", "approval"), Role.MARKETING_GM, StepAnswer.APPROVE, 2, 1),
    Step(
        "prepare",
        Text("安排讲师和课件", "find a trainer and the material"),
        Role.HR_TRAINING,
        StepAnswer.DO,
        3,
        2,
        text=Text("请把课件作附件回复这封信。", "Please reply with the material attached."),
    ),
    Step(
        "dates",
        Text("定日期", "fix the dates"),
        Role.HR_MANAGER,
        StepAnswer.DO,
        2,
        1,
        wants=Text("最后定的日期", "the dates as fixed"),
    ),
)
KIND = RequestKind(
    code="training",
    title=Text("培训", "training"),
    words=("培训",),
    askers=("regional_manager",),
    fields=(WHAT, WHEN, WHERE),
    steps=STEPS,
    told=("requester", "distributor"),
    text=Text("批准后由人事定日期。", "Once approved, HR fixes the dates."),
    ending=Text("请按定下的日期准备场地。", "Please have the place ready on these dates."),
)
PHOTO = Attached("门店照片.jpg", "2", 184_320, "a" * 64)
SHEET = Attached("名单.xlsm", "3", 20_480, "b" * 64, "macro")


def request(**changes: object) -> Request:
    asked = Request(
        number=NUMBER,
        kind=KIND,
        state=RequestState.OPEN,
        requester=CUSTOMER.regional_manager,
        mail_id=61,
        subject="申请 培训",
        created=RECEIVED,
        revision=1,
        distributor=CUSTOMER.code,
        values=(
            ("topic", "门店导购喂养知识\n新品卖点"),
            ("wanted", "12月上旬"),
            ("place", "门店二楼"),
        ),
        files=(_file(PHOTO), _file(SHEET)),
        due=RECEIVED + timedelta(days=2),
    )
    return replace(asked, **changes)  # type: ignore[arg-type] # names of its fields


def _file(attached: Attached) -> CaseFile:
    return CaseFile(attached, 61, "c" * 64, CUSTOMER.regional_manager, 0)


def request_letters(language: str) -> Iterator[Letter]:
    yield from (_step(n, language) for n in range(len(STEPS)))
    yield _step(0, language, Urging.REMINDER)
    yield _step(1, language, Urging.DEPUTY)
    yield from (_answer(verdict, language) for verdict in RequestVerdict)
    yield _answer(RequestVerdict.MISSING, language, is_urged=True)
    yield from (_news(event, language) for event in RequestEvent)


def _step(step: int, language: str, urging: Urging = Urging.NONE) -> Letter:
    asked = request(step=step, revision=step + 1)
    notice = RequestStepNotice(
        request=asked,
        owner=TRAINER,
        requester=MANAGER,
        distributor=CUSTOMER.name,
        urging=urging,
        stands_in=urging is Urging.DEPUTY,
        files=asked.files[:1] if urging is not Urging.REMINDER else (),
        left_out=asked.files[1:] if urging is not Urging.REMINDER else (),
        notes=(Spoken(MANAGER, RECEIVED, "最好赶在双十二以前。\n谢谢"),) if step else (),
    )
    return Letter(
        notice=notice,
        to=("trainer@chenlu.example",),
        subject_id=f"{NUMBER}-{step + 1}-{urging.value}",
        about=NUMBER,
        language=language,
        question=_question(asked.at.allowed),
    )


def _question(allowed: tuple[Word, ...]) -> Question:
    return Question(
        order=NUMBER,
        revision=1,
        role=Asked.OWNER,
        address="trainer@chenlu.example",
        allowed=allowed,
        created=RECEIVED,
        expires=RECEIVED + timedelta(days=9),
        token=TOKEN,
    )


def _answer(verdict: RequestVerdict, language: str, *, is_urged: bool = False) -> Letter:
    asked = request(step=2 if verdict is RequestVerdict.WANTING else 1)
    lacking: tuple[Lacking, ...] = ()
    said = "先别排周末，门店忙。"
    if verdict is RequestVerdict.MISSING:
        asked = request(values=asked.values[:1], state=RequestState.ASKED, due=None)
        lacking = (
            Lacking(title=WHERE.title, why="missing"),
            Lacking(title=WHEN.title, why="no-date", found="尽快"),
        )
    open_ones = (RequestVerdict.MISSING, RequestVerdict.UNREASONED, RequestVerdict.WANTING)
    notice = RequestAnswerNotice(
        verdict=verdict,
        request=asked,
        subject=asked.subject,
        owners=(TRAINER,),
        lacking=lacking,
        said=said,
        left_out=asked.files[1:] if verdict is RequestVerdict.TAKEN else (),
        is_urged=is_urged,
        more=("申请 海报 双十二，12月1日前要",) if verdict is RequestVerdict.TAKEN else (),
    )
    return Letter(
        notice=notice,
        to=(CUSTOMER.regional_manager,),
        subject_id=f"{NUMBER}-M61-{verdict.value}-{is_urged}",
        about=NUMBER,
        language=language,
        thread=Thread("<training-1109@chenlu.example>", (), asked.subject),
        question=_question((Word.CANCEL,)) if verdict in open_ones else None,
    )


def _news(event: RequestEvent, language: str) -> Letter:
    asked = request(step=1)
    has_file = event in (RequestEvent.DONE, RequestEvent.WORDS)
    notice = RequestNewsNotice(
        event=event,
        request=asked,
        by=GM,
        requester=MANAGER,
        said="12月4日下午两点，门店二楼。" if event is not RequestEvent.MOVED else "",
        owners=(TRAINER,) if event is RequestEvent.MOVED else (),
        distributor=CUSTOMER.name,
        files=asked.files[:1] if has_file else (),
        left_out=asked.files[1:] if has_file else (),
    )
    return Letter(
        notice=notice,
        to=(CUSTOMER.regional_manager,),
        subject_id=f"{NUMBER}-{event.value}",
        about=NUMBER,
        language=language,
    )
