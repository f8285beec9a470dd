"""The pages of proposals, of the draw and of the waiting list: what they show, and refusals in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.place_on_booth import place_on_booth, vacate_booth
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, Candidates
from exhibitors.allocation.proposals.lottery_draw import draw_of, reveal_draw
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision
from foundation import clock
from tests.cast import BASE_URL, a_producer, a_submitted_application
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse


INPUT = re.compile(r"<input [^>]*>")


class Browser(Visitor):
    """Lets go of the test's own transaction before each request: a file has one writer at a time."""

    def __init__(self, app: Flask, session: Session, email: str = "") -> None:
        self.session = session
        session.commit()  # signing in writes as well
        super().__init__(app, email)

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        self.session.commit()
        return super().get(path)

    def post(self, path: str, **typed: Any) -> TestResponse:
        """Send a form."""
        self.session.commit()
        return super().post(path, **typed)


@pytest.fixture
def answered(play: Play, accepted: Screening) -> AllocationProposal:
    """A proposal that was asked for and answered before anybody opens a page."""
    return play(a_proposal, accepted)


@pytest.fixture
def staff(app: Flask, session: Session, accepted: Screening) -> Visitor:
    """The organiser's browser."""
    return Browser(app, session, accepted.organiser.user.email)


@pytest.fixture
def desk(accepted: Screening) -> str:
    """Where the pages of the fair begin."""
    return f"/organise/fairs/{accepted.fair.slug}"


def text_of(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_asked_for_it_waits_for_the_job_and_a_second_press_is_told_so(
    session: Session, staff: Visitor, desk: str
) -> None:
    staff.get(f"{desk}/proposals")
    answer = staff.post(f"{desk}/proposals", policy="banded-merit", candidates="accepted")
    assert (answer.status_code, answer.location) == (303, f"{desk}/proposals/1")
    page = text_of(staff, f"{desk}/proposals/1")
    assert "Đang đợi lượt" in page
    assert "Xem lại" in page  # without scripts a link looks again
    again = staff.post(f"{desk}/proposals", policy="draw", candidates="reviewed")
    assert again.status_code == 422
    said = unescape(again.text)
    assert "Phương án 1 còn đang tính. Hãy chờ hoặc dừng nó." in said
    chosen = [one for one in INPUT.findall(said) if '"draw"' in one]
    assert ["checked" in one for one in chosen] == [True]
    staff.get(f"{desk}/proposals/1")
    assert staff.post(f"{desk}/proposals/1/cancel").status_code == 303
    assert "Đã dừng" in text_of(staff, f"{desk}/proposals/1")


def test_proposal_shows_figures_reasons_and_goes_on_the_board(
    accepted: Screening, answered: AllocationProposal, staff: Visitor, desk: str
) -> None:
    page = text_of(staff, f"{desk}/proposals/1?application={accepted.applications[0].code}")
    assert "3 / 3" in page
    assert "Đúng nguyện vọng số 1." in page
    assert "Đã chứng minh" in page
    by_place = text_of(staff, f"{desk}/proposals/1?by=loc")
    assert re.findall(r'class="lc"[^>]*>([^<]+)<', by_place) == ["BL"] * 3
    assert "Miền Đông: BL" in by_place
    answer = staff.post(f"{desk}/proposals/1/adopt", reason="")
    assert (answer.status_code, answer.location) == (303, f"{desk}/booths")
    board = text_of(staff, f"{desk}/booths?application={accepted.applications[0].code}")
    assert "Đã đưa phương án 1 lên bảng: 3 cơ sở được xếp." in board
    assert "Vì sao ở đây?" in board
    answer = staff.post(f"{desk}/pins/{accepted.applications[0].code}")
    assert answer.status_code == 303
    assert "Đã ghim: mọi phương án đều giữ chỗ này." in text_of(staff, answer.location)
    assert staff.post(f"{desk}/pins/{accepted.applications[0].code}", pinned="no").status_code == 303
    staff.get(f"{desk}/proposals/1")
    assert staff.post(f"{desk}/proposals/1/undo").status_code == 303
    assert "3 cơ sở đã trở lại chỗ cũ." in text_of(staff, f"{desk}/proposals/1")


def test_those_sent_but_not_taken_up_are_named_where_a_proposal_is_asked_for_and_read(
    play: Play, session: Session, accepted: Screening, staff: Visitor, desk: str
) -> None:
    number = play(a_proposal, accepted, candidates=Candidates.REVIEWED).number
    pages, queue = (f"{desk}/proposals", f"{desk}/proposals/{number}"), f"{desk}/applications?state=submitted"
    assert not any("chưa ai tiếp nhận" in text_of(staff, page) or queue in text_of(staff, page) for page in pages)
    late = [
        a_submitted_application(session, accepted.fair, a_producer(session, f"HTX gửi {n}", f"gui{n}@units.example"))
        for n in range(2)
    ]
    for page in pages:
        text = text_of(staff, page)
        assert "2 hồ sơ đã gửi không nằm trong phương án nào vì chưa ai tiếp nhận." in text
        assert queue in text
    assert all(one.code in text_of(staff, queue) for one in late)
    assert "Mọi hồ sơ trong phương án này đều có gian." in text_of(staff, pages[1])


def test_points_stand_beside_the_other_figures(
    play: Play, session: Session, accepted: Screening, staff: Visitor, desk: str
) -> None:
    made = [play(a_proposal, accepted, policy=policy) for policy in (Policy.BANDED_MERIT, Policy.DRAW)]
    page = text_of(staff, f"{desk}/proposals")
    assert re.findall(r'data-l="Tổng điểm">([^<]+)<', page) == [str(one.value_of("priority")) for one in made[::-1]]


def test_what_one_decides_and_the_plan_come_before_the_long_lists(
    answered: AllocationProposal, staff: Visitor, desk: str
) -> None:
    number = answered.number
    page = text_of(staff, f"{desk}/proposals/{number}")
    parts = ("hồ sơ có đủ gian", "/adopt", 'id="plan"', 'id="comments"', 'id="h-new"')
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_changed_fair_is_said_before_the_press_and_refused_after_it(
    session: Session, accepted: Screening, answered: AllocationProposal, staff: Visitor, desk: str
) -> None:
    held = place_on_booth(session, accepted.organiser.actor, accepted.applications[0], accepted.booth("B04"))
    session.commit()
    assert "Từ lúc tính, hội chợ đã thay đổi: chỗ trên bảng." in text_of(staff, f"{desk}/proposals/1")
    refused = staff.post(f"{desk}/proposals/1/adopt", reason="Vì thế")
    assert refused.status_code == 422
    said = unescape(refused.text)
    assert "Hội chợ đã thay đổi từ lúc tính phương án 1. Hãy tính lại rồi đưa lên bảng." in said
    assert "Vì thế" in said
    english = unescape(staff.post(f"/en{desk}/proposals/1/adopt", reason="So").text)
    assert "The fair has changed since proposal 1 was computed. Compute it again, then put it on the board." in english
    vacate_booth(session, accepted.organiser.actor, held)
    session.commit()
    assert staff.post(f"{desk}/proposals/1/adopt", reason="").status_code == 303


def test_refused_undo_and_pin_are_told_on_the_page_they_lead_to(
    accepted: Screening, answered: AllocationProposal, staff: Visitor, desk: str
) -> None:
    staff.get(f"{desk}/proposals/1")
    staff.post(f"{desk}/proposals/1/undo")
    assert "Phương án 1 không ở trên bảng nên không có gì để hoàn tác." in text_of(staff, f"{desk}/proposals/1")
    code = accepted.applications[0].code
    staff.post(f"{desk}/pins/{code}")
    assert f"Hồ sơ {code} chưa có gian nên không có gì để ghim." in text_of(staff, f"{desk}/booths?application={code}")


def test_draw_is_public_and_its_files_come_with_the_seed(
    play: Play, app: Flask, session: Session, accepted: Screening, staff: Visitor
) -> None:
    fair, visitor = accepted.fair, Browser(app, session)
    assert visitor.get(f"/fairs/{fair.slug}/draw").status_code == 404
    adopt_proposal(session, accepted.organiser.actor, play(a_proposal, accepted))
    session.commit()
    draw = draw_of(session, fair)
    assert draw is not None
    page = text_of(visitor, f"/fairs/{fair.slug}/draw")
    assert draw.commitment in page
    assert draw.seed not in page
    assert draw.commitment[:12] in text_of(visitor, f"/fairs/{fair.slug}")
    assert visitor.get(f"/fairs/{fair.slug}/draw/instance.json").status_code == 404
    reveal_draw(session, accepted.organiser.actor, fair)
    session.commit()
    page = text_of(visitor, f"/fairs/{fair.slug}/draw")
    assert draw.seed in page
    assert "flask --app app allocation verify" in page
    for name in ("instance", "solution"):
        answer = visitor.get(f"/fairs/{fair.slug}/draw/{name}.json")
        assert (answer.status_code, answer.mimetype) == (200, "application/json")


def test_applicant_reads_why_on_its_own_page_once_published(
    play: Play, app: Flask, session: Session, accepted: Screening
) -> None:
    actor, first = accepted.organiser.actor, accepted.applications[0]
    adopt_proposal(session, actor, play(a_proposal, accepted))
    session.commit()
    producer = Browser(app, session, accepted.producers[0].user.email)
    assert "Vì sao là gian này?" not in text_of(producer, f"/applications/{first.code}")
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, actor, accepted.fair, confirm_by=confirm_by, base_url=BASE_URL)
    session.commit()
    page = text_of(producer, f"/applications/{first.code}")
    assert "Vì sao là gian này?" in page
    assert "Đúng nguyện vọng số 1. Bạn có 88 điểm." in page
    assert not any(one.producer.name_vi in page for one in accepted.applications[1:])


def test_line_offers_refuses_out_of_turn_and_closes_in_words(
    session: Session, accepted: Screening, staff: Visitor, desk: str
) -> None:
    actor, (first, second, _) = accepted.organiser.actor, accepted.applications
    for application in (first, second):
        stage_decision(
            session, actor, application, Decision.WAITLIST, reason="Đã hết gian.", reason_code=ReasonCode.NO_ROOM
        )
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, actor, accepted.fair, confirm_by=confirm_by, base_url=BASE_URL)
    for booth in accepted.booths[2:]:  # the third is accepted and has none yet: one of the two is kept for it
        block_booth(session, actor, booth, "Chưa dựng")
    page = text_of(staff, f"{desk}/waiting-list")
    turn, other = (first, second) if page.index(first.code) < page.index(second.code) else (second, first)
    assert "Đúng nguyện vọng số 1." in page
    day = (clock.today() + timedelta(days=3)).isoformat()
    refused = staff.post(f"{desk}/waiting-list/{other.code}/offer", confirm_by=day)
    assert refused.status_code == 422
    said = unescape(refused.text)
    assert f"Chưa đến lượt hồ sơ {other.code}, hoặc không còn gian trống phù hợp." in said
    assert f'value="{day}"' in said
    assert staff.post(f"{desk}/waiting-list/{turn.code}/offer", confirm_by=day).status_code == 303
    assert "Đang gửi thư cho" in text_of(staff, f"{desk}/waiting-list")
    refused = staff.post(f"{desk}/waiting-list/close", reason="")
    assert (refused.status_code, "Ghi lý do: bên kia sẽ đọc." in unescape(refused.text)) == (422, True)
    assert staff.post(f"{desk}/waiting-list/close", reason="Đã đủ gian.").status_code == 303
    assert "Đã đóng danh sách: 1 thư." in text_of(staff, f"{desk}/waiting-list")


def test_pages_take_as_many_queries_for_many_as_for_few(
    play: Play, session: Session, accepted: Screening, staff: Visitor, desk: str, count_queries: Callable[..., Any]
) -> None:
    addresses = (f"{desk}/proposals", f"{desk}/proposals/1", f"{desk}/waiting-list")
    place_on_booth(session, accepted.organiser.actor, accepted.applications[0], accepted.booths[0])
    play(a_proposal, accepted)
    few = [counted(staff, address, count_queries) for address in addresses]
    for number in range(3):
        player = a_producer(session, f"HTX thêm {number}", f"them{number}@units.example")
        a_submitted_application(session, accepted.fair, player).state = "in_review"
    for number, application in enumerate(accepted.applications[1:], start=1):
        place_on_booth(session, accepted.organiser.actor, application, accepted.booths[number])
    session.commit()
    assert [counted(staff, address, count_queries) for address in addresses] == few


def counted(staff: Visitor, address: str, count_queries: Callable[..., Any]) -> int:
    staff.get(address)
    with count_queries() as seen:
        assert staff.get(address).status_code == 200
    return len(seen)
