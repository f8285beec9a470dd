"""Filling in the form of an application and saving it through the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from tests.cast import OrganiserPlayer, ProducerPlayer

Visit = Callable[..., Any]
Call = Callable[..., Any]


# --- who gets to the form -----------------------------------------------------------------------------------------


def test_visitor_is_sent_to_sign_in_and_back(visit: Visit, fair: Fair) -> None:
    answer = visit().get(f"/apply/{fair.slug}")
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next=/apply/{fair.slug}")


def test_person_without_a_unit_is_sent_to_register_one(visit: Visit, fair: Fair, organiser: OrganiserPlayer) -> None:
    answer = visit(organiser.user.email).get(f"/apply/{fair.slug}")
    assert (answer.status_code, answer.location) == (303, f"/producer/register?fair={fair.slug}")


def test_form_of_an_unknown_fair_is_not_found(visit: Visit, player: ProducerPlayer) -> None:
    assert visit(player.user.email).get("/apply/nothing").status_code == 404


def test_opening_the_form_writes_nothing(visit: Visit, fair: Fair, player: ProducerPlayer, store: Session) -> None:
    assert visit(player.user.email).get(f"/apply/{fair.slug}").status_code == 200
    assert store.scalar(select(func.count()).select_from(BoothApplication)) == 0


# --- saving -------------------------------------------------------------------------------------------------------


def test_first_save_starts_the_draft_with_all_that_was_typed(
    visit: Visit, fair: Fair, player: ProducerPlayer, only: Call, typed: Call
) -> None:
    facts = typed()
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    draft = only()
    assert (answer.status_code, answer.location) == (303, f"/apply/{fair.slug}")
    assert [str(wish.zone_id) for wish in draft.wishes] == [facts["wish_1"], facts["wish_2"]]
    assert [str(good.product_id) for good in draft.goods] == facts["products"]
    assert (draft.booths_wanted, draft.anywhere, draft.fascia_name, draft.note, draft.state) == (
        2,
        False,
        "MIẾN DONG BÌNH LIÊU",
        "Cần tủ mát",
        "draft",
    )


def test_save_of_an_empty_form_is_not_refused(visit: Visit, fair: Fair, player: ProducerPlayer, only: Call) -> None:
    assert visit(player.user.email).post(f"/apply/{fair.slug}", action="save").status_code == 303
    assert (only().goods, only().wishes) == ([], [])


def test_too_long_name_is_answered_at_its_field_with_all_that_was_typed(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session, typed: Call
) -> None:
    facts = typed(fascia_name="x" * 81, note="giữ lại")
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    assert answer.status_code == 422
    assert ('id="fascia_name-error"' in answer.text, "x" * 81 in answer.text, "giữ lại" in answer.text) == (
        True,
        True,
        True,
    )
    assert store.scalar(select(func.count()).select_from(BoothApplication)) == 0


def test_page_with_something_to_mend_does_not_say_that_all_is_ready(
    visit: Visit, fair: Fair, player: ProducerPlayer, a_draft: Call, typed: Call
) -> None:
    draft, ready = a_draft(), "Đủ rồi, xem lại và gửi được"
    browser = visit(player.user.email)
    assert ready in browser.get(f"/apply/{fair.slug}").text
    facts = typed(version=str(draft.version), fascia_name="x" * 81)
    answer = browser.post(f"/apply/{fair.slug}", **facts, action="save")
    assert (ready in answer.text, answer.text.count("Còn 1 chỗ cần sửa")) == (False, 2)


def test_second_tab_is_told_and_saving_again_keeps_what_it_shows(
    visit: Visit, fair: Fair, player: ProducerPlayer, only: Call, a_draft: Call, typed: Call
) -> None:
    draft = a_draft()
    browser = visit(player.user.email)
    stale = typed(version=str(draft.version), fascia_name="TAB MỘT")
    browser.post(f"/apply/{fair.slug}", **(stale | {"fascia_name": "TAB HAI"}), action="save")
    told = browser.post(f"/apply/{fair.slug}", **stale, action="save")
    assert (told.status_code, "TAB MỘT" in told.text, "TAB HAI" in told.text) == (422, True, True)
    assert only().fascia_name == "TAB HAI"
    current = str(only().version)
    assert f'name="version" type="hidden" value="{current}"' in told.text
    browser.post(f"/apply/{fair.slug}", **(stale | {"version": current}), action="save")
    assert only().fascia_name == "TAB MỘT"


def test_autosave_answers_the_time_and_the_new_version(
    visit: Visit, fair: Fair, player: ProducerPlayer, only: Call, typed: Call
) -> None:
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/autosave", **typed())
    assert answer.status_code == 200
    assert answer.json["fields"] == {"version": str(only().version), "made_from": only().code}


def test_autosave_with_an_old_version_is_a_conflict(
    visit: Visit, fair: Fair, player: ProducerPlayer, a_draft: Call, typed: Call
) -> None:
    a_draft()
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/autosave", **typed(version="1"))
    assert answer.status_code == 409


def test_autosave_without_a_session_is_refused(app: Any, visit: Visit, fair: Fair, player: ProducerPlayer) -> None:
    browser = visit(player.user.email)
    browser.client.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    assert browser.post(f"/apply/{fair.slug}/autosave", note="x").status_code in {400, 401}


def test_fields_that_are_not_in_the_form_change_nothing(
    visit: Visit, fair: Fair, player: ProducerPlayer, only: Call, a_draft: Call, typed: Call
) -> None:
    draft = a_draft()
    before = (draft.state, draft.code, draft.producer_id, draft.fair_id, draft.pending_decision, draft.is_late)
    extra = {"state": "accepted", "code": "GH-000000", "producer_id": "9", "fair_id": "9"}
    extra |= {
        "pending_decision": "accept",
        "is_late": "1",
        "confirm_by": "2030-01-01",
        "rules_accepted_at": "2020-01-01",
    }
    facts = typed(version=str(draft.version))
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, **extra, action="save")
    now = only()
    after = (now.state, now.code, now.producer_id, now.fair_id, now.pending_decision, now.is_late)
    assert (answer.status_code, after, now.confirm_by, now.rules_accepted_at) == (303, before, None, None)


def test_zone_wished_twice_is_named_where_it_stands_again(
    visit: Visit, fair: Fair, player: ProducerPlayer, typed: Call
) -> None:
    facts = typed()
    browser = visit(player.user.email)
    browser.get(f"/en/apply/{fair.slug}")
    answer = browser.post(f"/en/apply/{fair.slug}", **facts | {"wish_3": facts["wish_1"]}, action="save")
    said = "You wish for the same zone twice. Choose another zone, or no wish."
    assert (answer.status_code, f'<a href="#wish_3">3rd wish: {said}' in answer.text) == (422, True)
    assert "Cần tủ mát" in answer.text
