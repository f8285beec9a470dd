"""What was typed on a page that is older than what stands there now: it is kept, or it is shown to be copied."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.asked_points import Point
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import ask_for_changes
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.calls.set_up_questions import set_question
from foundation import clock
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application

Call = Callable[..., Any]
ROW = re.compile(r"<dt[^>]*>([^<]*)</dt>\s*<dd[^>]*>([^<]*)</dd>")


def not_kept(page: str) -> dict[str, str]:
    """What the page says was typed and is not kept."""
    return {html.unescape(label): html.unescape(words) for label, words in ROW.findall(page)}


def field_of(page: str, name: str) -> str:
    """The value that a hidden field carries."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found
    return found.group(1)


@pytest.fixture
def asked_for(store: Session, organiser: OrganiserPlayer) -> Call:
    """`asked_for(application, {Point.FASCIA})` sends it back, open at these points alone."""

    def make(sent: BoothApplication, opened: Collection[Point]) -> None:
        facts = {"points": "Ghi đủ tên hộ", "due_at": clock.now() + timedelta(days=3), "base_url": BASE_URL}
        ask_for_changes(store, organiser.actor, sent, opened=tuple(opened), **facts)
        store.commit()

    return make


@pytest.fixture
def how_many(store: Session) -> Call:
    """How many applications there are."""

    def count() -> int:
        number = store.scalar(select(func.count()).select_from(BoothApplication)) or 0
        store.commit()
        return number

    return count


# --- parts of the form that were closed meanwhile -------------------------------------------------------------------


def test_words_in_parts_closed_since_are_shown_to_be_copied(
    visit: Call, fair: Fair, player: ProducerPlayer, store: Session, typed: Call, only: Call, asked_for: Call
) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    visitor = visit(player.user.email)
    before = visitor.get(f"/en/apply/{fair.slug}").text
    asked_for(sent, {Point.FASCIA})
    words = {"fascia_name": "TÊN MỚI", "note": "Hàng một\r\nHàng hai", "needs_water": "y"}
    facts = typed(version=field_of(before, "version"), **words)
    answer = visitor.post(f"/en/apply/{fair.slug}", **facts, made_from=sent.code, action="change")
    rows = not_kept(answer.text)
    assert answer.status_code == 422
    assert rows["Anything else the organiser should know?"] == "Hàng một\nHàng hai"
    assert rows["How many booths do you need?"] == "2 booths side by side"
    assert (rows["Power socket 220 V"], rows["Water tap"]) == ("No", "Yes")
    assert "Name on the fascia board" not in rows  # that part is open: it stands in its field
    assert ('value="TÊN MỚI"' in answer.text, "Products you bring" in rows) == (True, False)
    again = {"fascia_name": "TÊN MỚI", "version": field_of(answer.text, "version"), "made_from": sent.code}
    assert visitor.post(f"/en/apply/{fair.slug}", **again, action="save").status_code == 303
    assert (only().fascia_name, only().note) == ("TÊN MỚI", "")


def test_page_with_the_open_parts_alone_has_nothing_to_copy(
    visit: Call, fair: Fair, player: ProducerPlayer, store: Session, asked_for: Call
) -> None:
    sent = a_submitted_application(store, fair, player)
    asked_for(sent, {Point.FASCIA})
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", fascia_name="x" * 81, version=str(sent.version))
    assert (answer.status_code, not_kept(answer.text)) == (422, {})


def test_answers_and_papers_closed_since_are_shown_and_the_rest_is_kept(
    visit: Call,
    fair: Fair,
    player: ProducerPlayer,
    store: Session,
    organiser: OrganiserPlayer,
    ask: Call,
    asked_for: Call,
) -> None:
    question, other = ask(text_vi="Có bếp không?"), ask(text_vi="Mang gì theo?")
    paper = set_paper(store, organiser.actor, fair, name_vi="Giấy mới", need="if_available")
    sent = a_submitted_application(store, fair, player)
    asked_for(sent, {Point.NOTE})
    address, visitor = f"/applications/{sent.code}/answers", visit(player.user.email)
    facts = {f"q{question.id}": "Bếp ga nhỏ", f"q{other.id}": "", f"p{paper.id}-number": "12/GP"}
    answer = visitor.post(address, **facts)
    assert answer.status_code == 422
    assert not_kept(answer.text) == {"Có bếp không?": "Bếp ga nhỏ", "Giấy mới, Số": "12/GP"}


def test_answer_that_stands_since_is_shown(
    visit: Call, fair: Fair, player: ProducerPlayer, store: Session, organiser: OrganiserPlayer, ask: Call
) -> None:
    question = ask(text_vi="Có bếp không?")
    sent = a_submitted_application(store, fair, player)
    facts = {"kind": "text", "text_vi": "Có bếp không?", "frozen_from": clock.now() - timedelta(days=1)}
    set_question(store, organiser.actor, fair, question, **facts)
    store.commit()
    answer = visit(player.user.email).post(f"/applications/{sent.code}/answers", **{f"q{question.id}": "Bếp ga"})
    assert (answer.status_code, not_kept(answer.text)) == (422, {"Có bếp không?": "Bếp ga"})


# --- an application that was sent meanwhile -------------------------------------------------------------------------


def test_old_page_of_a_draft_that_was_sent_meanwhile_keeps_its_words(
    visit: Call, fair: Fair, player: ProducerPlayer, store: Session, typed: Call, only: Call
) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **typed(), made_from=sent.code, action="save")
    assert (answer.status_code, "Cần tủ mát" in answer.text, only().note) == (422, True, "")


# --- an application that ended meanwhile ----------------------------------------------------------------------------


@pytest.fixture
def withdrawn(store: Session, player: ProducerPlayer, a_draft: Call) -> BoothApplication:
    """A draft that was taken back while a page of it is still open."""
    draft: BoothApplication = a_draft()
    withdraw_application(store, player.actor, draft, base_url=BASE_URL)
    store.commit()
    return draft


def test_late_autosave_of_a_withdrawn_application_begins_no_other(
    visit: Call, fair: Fair, player: ProducerPlayer, withdrawn: BoothApplication, typed: Call, how_many: Call
) -> None:
    page = typed(version=str(withdrawn.version), made_from=withdrawn.code)
    answer = visit(player.user.email).post(f"/en/apply/{fair.slug}/autosave", **page)
    assert (answer.status_code, how_many()) == (409, 1)
    assert answer.json["words"].startswith(f"Application {withdrawn.code} was withdrawn meanwhile")
    assert "fields" not in answer.json  # nothing lets the next one through


def test_button_tells_of_it_first_and_begins_anew_when_pressed_again(
    visit: Call, fair: Fair, player: ProducerPlayer, withdrawn: BoothApplication, typed: Call, how_many: Call
) -> None:
    page, visitor = typed(version=str(withdrawn.version), made_from=withdrawn.code), visit(player.user.email)
    told = visitor.post(f"/apply/{fair.slug}", **page, action="save")
    assert (told.status_code, "Cần tủ mát" in told.text, how_many()) == (422, True, 1)
    assert 'data-autosave=""' in told.text  # nothing is sent before somebody presses the button
    now = {"version": field_of(told.text, "version"), "made_from": field_of(told.text, "made_from")}
    assert now == {"version": "0", "made_from": ""}
    assert (visitor.post(f"/apply/{fair.slug}", **page | now, action="save").status_code, how_many()) == (303, 2)


def test_page_of_some_parts_begins_the_others_as_a_new_form(
    visit: Call, fair: Fair, player: ProducerPlayer, withdrawn: BoothApplication
) -> None:
    page = {"fascia_name": "HỘ BÀ TƯ", "version": str(withdrawn.version), "made_from": withdrawn.code}
    told = visit(player.user.email).post(f"/apply/{fair.slug}", **page, action="save").text
    ticked = re.findall(r'name="products" value="(\d+)" checked', told)
    assert ('value="HỘ BÀ TƯ"' in told, ticked) == (True, [str(one.id) for one in player.producer.products])


def test_new_application_is_not_overwritten_by_a_page_of_the_old_one(
    visit: Call,
    fair: Fair,
    player: ProducerPlayer,
    withdrawn: BoothApplication,
    a_draft: Call,
    typed: Call,
    store: Session,
) -> None:
    newer = a_draft()
    page = typed(version=str(newer.version), made_from=withdrawn.code)
    told = visit(player.user.email).post(f"/apply/{fair.slug}", **page, action="save")
    assert (told.status_code, field_of(told.text, "made_from")) == (422, newer.code)
    store.refresh(newer)
    assert newer.note == ""


def test_closed_call_is_told_with_the_words(
    visit: Call,
    fair: Fair,
    player: ProducerPlayer,
    withdrawn: BoothApplication,
    typed: Call,
    store: Session,
    organiser: OrganiserPlayer,
) -> None:
    close_call(store, organiser.actor, fair)
    store.commit()
    page = typed(version=str(withdrawn.version), made_from=withdrawn.code)
    told = visit(player.user.email).post(f"/en/apply/{fair.slug}", **page, action="save")
    assert (told.status_code, "Cần tủ mát" in told.text, "If you want to apply again" in told.text) == (
        422,
        True,
        False,
    )


def test_answers_typed_for_a_withdrawn_application_are_shown(
    visit: Call, fair: Fair, player: ProducerPlayer, withdrawn: BoothApplication, store: Session, ask: Call
) -> None:
    question = ask(text_vi="Có bếp không?")
    address, visitor = f"/applications/{withdrawn.code}/answers", visit(player.user.email)
    told = visitor.post(address, **{f"q{question.id}": "Bếp ga nhỏ"})
    assert (told.status_code, not_kept(told.text)) == (422, {"Có bếp không?": "Bếp ga nhỏ"})
    late = visitor.post(f"{address}/autosave", **{f"q{question.id}": "Bếp ga nhỏ"})
    assert (late.status_code, withdrawn.code in late.json["words"]) == (409, True)


def test_application_of_somebody_else_in_the_page_says_nothing(
    visit: Call, fair: Fair, player: ProducerPlayer, typed: Call, how_many: Call
) -> None:
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **typed(), made_from="GH-222222", action="save")
    assert (answer.status_code, how_many()) == (303, 1)
