"""Every rule of a fair's call and offer, made to refuse through its verb: its reason and sentence in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.booth_type import BoothType
from events.floor_plans.floor_plan import Zone
from events.floor_plans.set_up_booth_types import MOST_TYPES, add_booth_type, change_booth_type, remove_booth_type
from exhibitors.applications.answer_questions import PaperFacts, answer_questions
from exhibitors.applications.apply_for_booth import save_application, start_application, withdraw_application
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.before_sending import objections_to_sending
from exhibitors.applications.dossier_of_applicant import PaperShown
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.invitation_code import InvitationCode
from exhibitors.calls.invite import MOST_CODES, change_code, make_code, take_use, usable_code, withdraw_code
from exhibitors.calls.paper import Paper
from exhibitors.calls.paper_needs import Validity
from exhibitors.calls.question import Question
from exhibitors.calls.question_answers import QuestionKind, read_answer
from exhibitors.calls.set_up_call import set_call_terms, set_zone_call
from exhibitors.calls.set_up_papers import MOST_PAPERS, remove_paper, set_paper
from exhibitors.calls.set_up_questions import MOST_QUESTIONS, remove_question, set_question
from exhibitors.calls.set_up_quotas import name_place_group, set_quota
from exhibitors.calls.who_may_apply import Brought, Conditions, Origin, Unit
from exhibitors.producers.dossier.dossier_paper import DossierPaper, PaperStatus
from foundation import clock
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, booths_of
from tests.refused import Act, Refusal, Words, each_refused, sentences_of

PLACE = "07090"
TABLE = Path(__file__).with_name("refusals_in_words.json")
SENTENCES = sentences_of(TABLE)
"""Reason, Vietnamese and English, by the tests below."""
LATER = datetime(2027, 1, 1, tzinfo=UTC)
CHOICE: dict[str, Any] = {"kind": "choice", "text_vi": "Chọn?"}
WRONG_PAPERS: list[dict[str, Any]] = [
    {"name_vi": " "}, {"name_en": "x" * 201}, {"kind": "myth"}, {"need": "perhaps"}, {"most_months": 0},
    {"name_vi": "Giấy"},
]  # fmt: skip
WRONG_QUESTIONS: list[dict[str, Any]] = [
    {"kind": "song"}, {"text_vi": " "}, {"text_en": "x" * 301},
    {"required_from": LATER, "frozen_from": LATER - timedelta(days=1)}, {"zones": ["?"]},
    {"text_vi": "Hỏi?"}, {**CHOICE, "choices": [("Một", "")]},
    {**CHOICE, "choices": [(str(number), "") for number in range(31)]},
]  # fmt: skip


def fill(session: Session, thing: type[Any], fair: Fair, most: int, **columns: Any) -> None:
    """As many as there may be; `{}` in a text is the number."""
    rows = [
        {name: value.format(number) if isinstance(value, str) else value for name, value in columns.items()}
        for number in range(most)
    ]
    session.execute(insert(thing), [{"fair_id": fair.id, **row} for row in rows])


def test_booth_types(session: Session, host: OrganiserPlayer, open_fair: Fair, refused: Refusal) -> None:
    used = add_booth_type(session, host.actor, open_fair, kind="standard", name_vi="Gian thường")
    other = add_booth_type(session, host.actor, open_fair, kind="corner", name_vi="Gian góc")
    session.flush()
    booths_of(session, open_fair)[0].booth_type_id = used.id
    wrong: list[dict[str, Any]] = [
        {"kind": "palace"}, {"name_vi": " "}, {"name_en": "x" * 121}, {"width_m": 3}, {"open_sides": 5},
        {"price": -1}, {"support_percent": 101}, {"most_booths": 0},
    ]  # fmt: skip

    def full() -> None:
        fill(session, BoothType, open_fair, MOST_TYPES, kind="standard", name_vi="Gian {}")
        add_booth_type(session, host.actor, open_fair, kind="standard", name_vi="Thêm")

    acts: list[Act] = [
        partial(add_booth_type, session, host.actor, open_fair, **{"kind": "standard", "name_vi": "Gian", **facts})
        for facts in wrong
    ]
    acts += [
        partial(change_booth_type, session, host.actor, other, kind="corner", name_vi="Gian thường"),
        partial(change_booth_type, session, host.actor, other, 7, kind="corner", name_vi="Gian khác"),
        partial(remove_booth_type, session, host.actor, used),
        full,
    ]
    assert each_refused(session, refused, acts) == SENTENCES["booth types"]


def test_terms_quotas_and_codes(
    session: Session, host: OrganiserPlayer, unit: ProducerPlayer, open_fair: Fair, zones: list[Zone], refused: Refusal
) -> None:
    actor, closes = host.actor, open_fair.call_closes_at
    assert closes is not None
    name_place_group(session, actor, open_fair, name_vi="Cụm", places=[PLACE])
    once = make_code(session, actor, open_fair, uses=1)
    gone, ended = (make_code(session, actor, open_fair) for _ in range(2))
    withdraw_code(session, actor, gone)
    take_use(session, once, unit.producer)
    two = make_code(session, actor, open_fair, uses=2)
    two.uses_taken, ended.valid_until = 2, clock.now() - timedelta(days=1)
    terms, quota = partial(set_call_terms, session, actor, open_fair), partial(set_quota, session, actor, open_fair)
    group = partial(name_place_group, session, actor, open_fair)

    def without_end() -> None:
        open_fair.call_closes_at = None
        terms(soft_closes_at=closes)

    def full() -> None:
        fill(session, InvitationCode, open_fair, MOST_CODES, code="C{}", created_at=clock.now())
        make_code(session, actor, open_fair)

    def used_by_another() -> None:
        session.execute(InvitationCode.__table__.update().where(InvitationCode.id == two.id).values(uses_taken=2))
        usable_code(session, open_fair, unit.producer, two.code)

    late = CallWindow(None, None, closes + timedelta(days=1))
    mixed = CallWindow(closes, None, closes - timedelta(days=1))
    acts: list[Act] = [
        partial(terms, kinds=["giant"]), partial(terms, soft_closes_at=closes), without_end,
        partial(terms, origin="outside", places=[PLACE]),
        partial(set_zone_call, session, actor, open_fair, zones[0], late),
        partial(set_zone_call, session, actor, open_fair, zones[0], mixed),
        partial(quota, "zone", "0", least=None, most=1), partial(quota, "inside", "", least=None, most=None),
        partial(quota, "inside", "", least=None, most=5_001), partial(quota, "inside", "", least=2, most=1),
        partial(quota, "reserve", "", least=1, most=2),
        partial(group, name_vi=" ", places=[PLACE]), partial(group, name_vi="Khác", places=[]),
        partial(group, name_vi="Cụm", places=[PLACE]),
        partial(make_code, session, actor, open_fair, uses=0),
        partial(make_code, session, actor, open_fair, valid_until=clock.now() - timedelta(days=1)), full,
        partial(change_code, session, actor, two, uses=1, valid_until=None),
        partial(usable_code, session, open_fair, unit.producer, ""),
        partial(usable_code, session, open_fair, unit.producer, "KHONGCO1"),
        partial(usable_code, session, open_fair, unit.producer, gone.code),
        partial(usable_code, session, open_fair, unit.producer, ended.code), used_by_another,
    ]  # fmt: skip
    assert each_refused(session, refused, acts) == SENTENCES["terms"]


def test_papers_and_questions(
    session: Session, host: OrganiserPlayer, unit: ProducerPlayer, open_fair: Fair, refused: Refusal
) -> None:
    actor = host.actor
    paper = set_paper(session, actor, open_fair, name_vi="Giấy")
    frozen = set_question(session, actor, open_fair, kind="text", text_vi="Hỏi?")
    application = start_application(session, unit.actor, open_fair, unit.producer)
    application.code = "GH-000000"
    answer = partial(answer_questions, session, unit.actor, application)
    answer(answers={frozen.id: "Đáp"}, papers={paper.id: PaperFacts("1")})
    frozen.frozen_from = clock.now() - timedelta(days=1)
    ask, want = partial(set_question, session, actor, open_fair), partial(set_paper, session, actor, open_fair)
    day = date(2026, 1, 1)

    def too_many_papers() -> None:
        fill(session, Paper, open_fair, MOST_PAPERS, name_vi="Giấy {}", need="required", kind="other", cells={})
        want(name_vi="Thêm")

    def too_many_questions() -> None:
        fill(session, Question, open_fair, MOST_QUESTIONS, kind="text", text_vi="Câu {}")
        ask(kind="text", text_vi="Thêm")

    def after_the_end() -> None:
        withdraw_application(session, unit.actor, application, base_url=BASE_URL)
        answer(answers={})

    def two_files() -> None:
        answer(answers={}, papers={paper.id: PaperFacts("2", files=[("a.pdf", b""), ("b.pdf", b"")])})

    acts: list[Act] = [partial(want, **{"name_vi": "Khác", **facts}) for facts in WRONG_PAPERS]
    acts += [too_many_papers, partial(remove_paper, session, actor, paper)]
    acts += [partial(ask, **{"kind": "text", "text_vi": "Khác?", **facts}) for facts in WRONG_QUESTIONS]
    acts += [
        partial(ask, frozen, kind="number", text_vi="Hỏi?"), too_many_questions,
        partial(remove_question, session, actor, frozen),
        partial(answer, answers={frozen.id: "Khác"}),
        partial(answer, answers={}, papers={paper.id: PaperFacts("1", day, day)}),
        partial(answer, answers={}, papers={paper.id: PaperFacts("1", clock.today() + timedelta(days=1))}),
        two_files, after_the_end,
        partial(read_answer, QuestionKind.TEXT, "x" * 100_000, ()),
        partial(read_answer, QuestionKind.NUMBER, "nhiều", ()),
        partial(read_answer, QuestionKind.CHOICE, "9", {"1"}),
    ]  # fmt: skip
    assert each_refused(session, refused, acts) == SENTENCES["papers"]


def test_who_may_apply_and_papers_that_do_not_hold(in_words: Words) -> None:
    inside, outside = Unit("household", frozenset({PLACE})), Unit("household")
    honey = Brought("Mật ong", "food")
    asked: list[tuple[Conditions, Unit, list[Brought]]] = [
        (Conditions(kinds=frozenset({"company"})), inside, []), (Conditions(origin=Origin.INSIDE), outside, []),
        (Conditions(origin=Origin.OUTSIDE), inside, []), (Conditions(places=frozenset({"1"})), inside, []),
        (Conditions(groups=frozenset({"drinks"})), inside, [honey]), (Conditions(least_stars=4), inside, [honey]),
        (Conditions(needs_certificate=True), inside, [honey]),
    ]  # fmt: skip
    found = [refused for terms, who, goods in asked for refused in terms.objections(who, goods)]
    last = date(2027, 2, 3)
    for validity, issued, expires in (
        (Validity(on_last_day=True), None, None), (Validity(on_last_day=True), None, last - timedelta(days=1)),
        (Validity(most_months=12), None, None), (Validity(most_months=12), date(2025, 1, 1), None),
    ):  # fmt: skip
        refused = validity.objection("Phiếu kiểm nghiệm", issued, expires, last)
        assert refused is not None
        found.append(refused)
    assert [(one.reason, *in_words(one)) for one in found] == SENTENCES["applicants"]


def test_what_keeps_an_application_from_being_sent(
    session: Session, host: OrganiserPlayer, unit: ProducerPlayer, open_fair: Fair, zones: list[Zone], in_words: Words
) -> None:
    set_paper(session, host.actor, open_fair, name_vi="Giấy")
    set_question(session, host.actor, open_fair, kind="text", text_vi="Hỏi?", is_required=True)
    now, closes = clock.now(), open_fair.call_closes_at
    assert closes is not None
    set_zone_call(session, host.actor, open_fair, zones[0], CallWindow(now + timedelta(days=1), None, closes))
    set_zone_call(session, host.actor, open_fair, zones[1], CallWindow(None, None, now - timedelta(hours=1)))
    application = start_application(session, unit.actor, open_fair, unit.producer)
    found = []
    for zone in zones[:2]:
        save_application(
            session, unit.actor, application, zone_ids=[zone.id], product_ids=[], booths_wanted=1, anywhere=False,
            fascia_name="", needs_power=False, needs_water=False, note="",
        )  # fmt: skip
        found += [one for one in objections_to_sending(session, application) if one.reason.startswith("zone_call")]
    found += asked_of(session, application).objections()
    rejected = DossierPaper(status=PaperStatus.REJECTED.value, status_reason="mờ")
    shown = PaperShown("", None, None, [], rejected)
    objection = shown.objection(Paper(name_vi="Giấy"), date(2027, 2, 3))
    assert objection is not None
    found.append(objection)
    assert [(one.reason, *in_words(one)) for one in found] == SENTENCES["sending"]
