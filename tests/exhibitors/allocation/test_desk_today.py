"""The head of the desk: what waits across all fairs, the next dates, the last changes in words."""

from __future__ import annotations

import ast
from datetime import date, time, timedelta
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for
from events.fairs.fair import Fair
from events.fairs.fair_course import CALL_MOVES
from events.fairs.fair_course import MOVES as FAIR_MOVES
from events.fairs.legal_basis import LegalSayings, ensure_legal_basis, say_legal_basis
from events.fairs.organise_fair import cancel_fair
from events.floor_plans.floor_plan import BoothSwitch
from exhibitors.allocation.booth_assignment import MOVES as ASSIGNMENT_MOVES
from exhibitors.allocation.change_wording import CHANGES
from exhibitors.allocation.desk_today import DeskToday, desk_today
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.proposals.allocation_proposal import MOVES as PROPOSAL_MOVES
from exhibitors.allocation.recent_changes import NOT_TOLD, recent_changes
from exhibitors.applications.application_moves import MOVES, Decision
from exhibitors.applications.apply_for_booth import start_application
from exhibitors.applications.screen_applications import ask_for_changes, stage_decision, take_up
from exhibitors.applications.screening_wording import ACTS
from exhibitors.calls.call_terms import CallTerms
from foundation import clock
from foundation.actor import Role
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    a_draft_fair,
    a_fair_role,
    a_member,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.events.conftest import OrganiserBrowser
from tests.repeated_rows import MARK, repeat
from tests.trade_modules import source_files

if TYPE_CHECKING:
    from flask import Flask

LAWFUL = {"registration", "report"}


def told(board: DeskToday) -> list[tuple[str, str, int]]:
    return [(task.fair.name_vi, task.code, task.number) for task in board.tasks]


def an_applied_fair(session: Session, player: OrganiserPlayer, name: str, units: int = 1) -> Fair:
    fair = an_open_fair(session, player, booths=4, name=name)
    for number in range(units):
        a_submitted_application(session, fair, a_producer(session, f"HTX {name} {number}", f"{name}{number}@x.example"))
    return fair


def test_tasks_of_all_fairs_stand_together_the_most_pressing_first(session: Session) -> None:
    player = an_organiser(session)
    an_applied_fair(session, player, "Xuân", units=2)
    summer = an_applied_fair(session, player, "Hạ")
    asked = a_submitted_application(session, summer, a_producer(session, "HTX Muộn", "muon@x.example"))
    due_at = clock.now() + timedelta(days=1)
    ask_for_changes(session, player.actor, asked, points="Bổ sung giấy", due_at=due_at, base_url=BASE_URL)
    with clock.as_of(clock.now() + timedelta(days=2)):
        board = desk_today(session, player.actor)
    assert told(board) == [("Hạ", "changes_overdue", 1), ("Xuân", "to_review", 2), ("Hạ", "to_review", 1)]
    assert (board.totals["to_review"], board.totals["changes_overdue"], board.tasks_in_all) == (3, 1, 3)


def test_promised_day_that_has_passed_makes_answers_late(session: Session) -> None:
    player = an_organiser(session)
    fair = an_applied_fair(session, player, "Xuân")
    for day, late in ((fair.answer_by, 0), (fair.answer_by + timedelta(days=1), 1)):
        with clock.as_of(clock.local_moment(day, fair.opens_at)):
            assert desk_today(session, player.actor).totals["answers_late"] == late


def test_dates_still_to_come_stand_in_order(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player, name="Xuân")
    later = a_draft_fair(session, player, name="Thu", first_day=clock.today() + timedelta(days=90))
    board = desk_today(session, player.actor)
    assert [line.code for line in board.deadlines if line.fair is later] == [
        "call_closes",
        "answer_by",
        "opening",
        "closing",
    ]
    assert [line.at for line in board.deadlines] == sorted(line.at for line in board.deadlines)
    assert {line.code for line in board.deadlines if line.fair is fair} == {
        "call_closes",
        "answer_by",
        "opening",
        "closing",
    }  # fmt: skip - one line of codes
    assert {line.days_left for line in board.deadlines if line.code == "opening"} == {60, 90}


def test_law_asks_until_it_is_done(session: Session) -> None:
    """Registration 30 days before the opening, the report 30 days after the closing; what is missed waits first."""
    player = an_organiser(session)
    fair = an_open_fair(session, player, name="Xuân")
    say_legal_basis(session, player.actor, fair, LegalSayings(basis="registered"), expected_version=0)
    legal = ensure_legal_basis(session, fair)

    def on(day: date) -> tuple[list[tuple[str, date]], list[str]]:
        with clock.as_of(clock.local_moment(day, time(9))):
            board = desk_today(session, player.actor)
            dates = [(line.code, clock.local_day(line.at)) for line in board.deadlines if line.code in LAWFUL]
            return dates, [task.code for task in board.tasks]

    opening, closing = fair.first_day, fair.last_day
    assert opening is not None
    assert closing is not None
    register, report = opening - timedelta(days=30), closing + timedelta(days=30)
    assert on(register) == ([("registration", register), ("report", report)], [])
    assert on(register + timedelta(days=1)) == ([("report", report)], ["registration_missed"])
    assert on(opening) == ([("report", report)], [])  # nobody registers a fair that has opened
    assert on(report) == ([("report", report)], [])
    assert on(report + timedelta(days=1)) == ([], ["report_missed"])
    assert on(closing + timedelta(days=366)) == ([], [])
    with clock.as_of(clock.local_moment(report, time(9))):
        sent = LegalSayings(basis="registered", reported_on=report)
        say_legal_basis(session, player.actor, fair, sent, expected_version=legal.version)
    assert on(report) == ([], [])
    assert on(report + timedelta(days=1)) == ([], [])


def test_fair_of_a_host_event_owes_nothing(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player, name="Xuân")
    say_legal_basis(session, player.actor, fair, LegalSayings(basis="host_event"), expected_version=0)
    assert [line.code for line in desk_today(session, player.actor).deadlines if line.code in LAWFUL] == []


def test_pages_say_what_is_due_and_by_which_law(session: Session, app: Flask) -> None:
    player = an_organiser(session)
    fair = a_draft_fair(session, player)  # opens in 60 days
    timers = LegalSayings(basis="registered", register_days_before=70)
    say_legal_basis(session, player.actor, fair, timers, expected_version=0)
    session.commit()
    desk = OrganiserBrowser(app, player.user.email)
    assert "Đã quá hạn đăng ký hội chợ" in desk.get("/organise").text
    assert "The day for registering the fair has passed" in desk.get(f"/en/organise/fairs/{fair.slug}").text
    days = unescape(desk.get(f"/en/organise/fairs/{fair.slug}/days").text)
    told = ["70 days before the opening", "30 days after the closing", "Nghị định 81/2018/NĐ-CP, Điều 29", "Missed"]
    assert [words in days for words in told] == [True] * 4


def test_soft_close_stands_among_the_dates(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player, name="Xuân")
    soft = clock.now() + timedelta(days=20)
    session.add(CallTerms(fair_id=fair.id, soft_closes_at=soft))
    session.flush()
    assert next((line.code, line.at) for line in desk_today(session, player.actor).deadlines) == ("soft_close", soft)


def test_fairs_of_others_and_those_that_are_done_bring_nothing(session: Session) -> None:
    player, other = an_organiser(session), an_organiser(session, "Khác", "khac@x.example")
    an_applied_fair(session, other, "Khác")
    cancelled = an_applied_fair(session, player, "Hủy")
    cancel_fair(session, player.actor, cancelled, reason="Bão")
    board = desk_today(session, player.actor)
    assert (board.tasks, board.deadlines, board.changes) == ([], [], [])


def test_whoever_reads_one_zone_is_told_no_numbers_of_the_whole_fair(session: Session) -> None:
    player = an_organiser(session)
    fair = an_applied_fair(session, player, "Xuân")
    member = a_member(session, player, Role.LIMITED, "khu-a@x.example")
    a_fair_role(session, member, fair, Role.REVIEWER, zone="A")
    board = desk_today(session, actor_for(session, member.user))
    assert (board.tasks, board.changes, board.fairs) == ([], [], {})


def test_changes_say_who_did_what_to_whom_and_drafts_stay_private(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player, name="Xuân")
    unit = a_producer(session)
    application = a_submitted_application(session, fair, unit)
    take_up(session, player.actor, application)
    stage_decision(session, player.actor, application, Decision.ACCEPT)
    place_on_booth(session, player.actor, application, booths_of(session, fair)[0])
    drafting = a_producer(session, "HTX Nháp", "nhap@x.example")
    start_application(session, drafting.actor, fair, drafting.producer)
    lines = recent_changes(session, [fair.id], 4)
    assert [(line.what, line.person, line.producer, line.code, line.place) for line in lines] == [
        ("assignment.propose", "Nguyễn Thị Hà", unit.producer.name_vi, application.code, "A01"),
        ("application.stage_decision", "Nguyễn Thị Hà", unit.producer.name_vi, application.code, ""),
        ("application.take_up", "Nguyễn Thị Hà", unit.producer.name_vi, application.code, ""),
        ("application.submit", "Hoàng Văn Sáu", unit.producer.name_vi, application.code, ""),
    ]


def test_desk_asks_the_same_number_of_queries_for_one_and_thirty_fairs(session: Session) -> None:
    player = an_organiser(session)

    def queries() -> int:
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        session.flush()
        session.expunge_all()
        sa.event.listen(session.get_bind(), "before_cursor_execute", note)
        board = desk_today(session, player.actor)
        names = [board.fairs[line.fair_id].name_vi for line in board.changes]
        names += [line.fair.name_vi for line in board.deadlines] + [task.fair.name_vi for task in board.tasks]
        sa.event.remove(session.get_bind(), "before_cursor_execute", note)
        assert names
        return len(seen)

    an_applied_fair(session, player, "Xuân")
    one = queries()
    repeat(session, 28, lambda: an_open_fair(session, player, name=f"Hội chợ {MARK}"))
    assert (queries(), one) == (one, 7)


@cache
def codes_told_at_fairs() -> set[str]:
    """Every code that the program records with a fair; those made of a table's moves are written out."""
    made = {
        "fair.{move}": {f"fair.{move}" for _, move in [*FAIR_MOVES, *CALL_MOVES]},
        "application.{name}": {f"application.{move}" for move in MOVES},
        "assignment.{name}": {f"assignment.{move}" for _, move in ASSIGNMENT_MOVES},
        "proposal.{name}": {f"proposal.{move}" for _, move in PROPOSAL_MOVES},
        "booth.{switch.value}": {f"booth.{switch.value}" for switch in BoothSwitch},
    }
    codes: set[str] = set()
    for path in source_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record"
            if named and any(keyword.arg == "fair_id" for keyword in node.keywords):
                code = ast.unparse(node.args[2]).lstrip("f").strip("'")
                codes |= chosen_before(tree, code) if isinstance(node.args[2], ast.Name) else made.get(code, {code})
    return codes


def chosen_before(tree: ast.Module, name: str) -> set[str]:
    """The texts that a name is given in this file."""
    given = [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets)
    ]
    return {
        str(text.value) for value in given for text in ast.walk(value) if isinstance(text, ast.Constant) and text.value
    }


def test_every_act_at_a_fair_has_its_words() -> None:
    told_or_not = set(CHANGES) | set(ACTS) | NOT_TOLD
    assert codes_told_at_fairs() - told_or_not == set()


def test_words_are_kept_for_acts_that_exist() -> None:
    assert set(CHANGES) - codes_told_at_fairs() == set()
