"""Filling in, reviewing, sending and withdrawing through the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from events.floor_plans.floor_plan import zones_of
from exhibitors.applications.application_moves import By
from exhibitors.applications.apply_for_booth import save_application, start_application
from exhibitors.applications.booth_application import BoothApplication, move_application
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application

Visit = Callable[..., Any]
REFERENCE = re.compile(r"\b[0-9a-f]{12}\b")


def only(store: Session) -> BoothApplication:
    """The one application there is, as the database has it now."""
    loads = (selectinload(BoothApplication.wishes), selectinload(BoothApplication.goods))
    query = select(BoothApplication).options(*loads).execution_options(populate_existing=True)
    found = store.scalars(query).one()
    store.commit()  # on SQLite an open transaction keeps the app waiting
    return found


def a_draft(store: Session, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """A complete draft."""
    draft = start_application(store, player.actor, fair, player.producer)
    zones = [zone.id for zone in zones_of(store, fair)]
    products = [product.id for product in player.producer.products]
    save_application(store, player.actor, draft, zone_ids=zones, product_ids=products)
    store.commit()
    return draft


def typed(store: Session, fair: Fair, player: ProducerPlayer, **changes: object) -> dict[str, object]:
    """What a person types into the form."""
    first, second = (zone.id for zone in zones_of(store, fair))
    facts: dict[str, object] = {
        "products": [str(product.id) for product in player.producer.products],
        "booths_wanted": "2",
        "wish_1": str(second),
        "wish_2": str(first),
        "wish_3": "",
        "fascia_name": "MIẾN DONG BÌNH LIÊU",
        "note": "Cần tủ mát",
        "version": "0",
    }
    store.commit()
    return facts | changes


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
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    facts = typed(store, fair, player)
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    draft = only(store)
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


def test_save_of_an_empty_form_is_not_refused(visit: Visit, fair: Fair, player: ProducerPlayer, store: Session) -> None:
    assert visit(player.user.email).post(f"/apply/{fair.slug}", action="save").status_code == 303
    assert (only(store).goods, only(store).wishes) == ([], [])


def test_too_long_name_is_answered_at_its_field_with_all_that_was_typed(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    facts = typed(store, fair, player, fascia_name="x" * 81, note="giữ lại")
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    assert answer.status_code == 422
    assert ('id="fascia_name-error"' in answer.text, "x" * 81 in answer.text, "giữ lại" in answer.text) == (
        True,
        True,
        True,
    )
    assert store.scalar(select(func.count()).select_from(BoothApplication)) == 0


def test_second_tab_is_told_and_saving_again_keeps_what_it_shows(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    browser = visit(player.user.email)
    stale = typed(store, fair, player, version=str(draft.version), fascia_name="TAB MỘT")
    browser.post(f"/apply/{fair.slug}", **(stale | {"fascia_name": "TAB HAI"}), action="save")
    told = browser.post(f"/apply/{fair.slug}", **stale, action="save")
    assert (told.status_code, "TAB MỘT" in told.text, "TAB HAI" in told.text) == (422, True, True)
    assert only(store).fascia_name == "TAB HAI"
    current = str(only(store).version)
    assert f'name="version" type="hidden" value="{current}"' in told.text
    browser.post(f"/apply/{fair.slug}", **(stale | {"version": current}), action="save")
    assert only(store).fascia_name == "TAB MỘT"


def test_autosave_answers_the_time_and_the_new_version(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/autosave", **typed(store, fair, player))
    assert answer.status_code == 200
    assert answer.json["fields"] == {"version": str(only(store).version)}


def test_autosave_with_an_old_version_is_a_conflict(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    a_draft(store, fair, player)
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/autosave", **typed(store, fair, player, version="1"))
    assert answer.status_code == 409


def test_autosave_without_a_session_is_refused(app: Any, visit: Visit, fair: Fair, player: ProducerPlayer) -> None:
    browser = visit(player.user.email)
    browser.client.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    assert browser.post(f"/apply/{fair.slug}/autosave", note="x").status_code in {400, 401}


def test_fields_that_are_not_in_the_form_change_nothing(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    before = (draft.state, draft.code, draft.producer_id, draft.fair_id, draft.pending_decision, draft.is_late)
    extra = {"state": "accepted", "code": "GH-000000", "producer_id": "9", "fair_id": "9"}
    extra |= {
        "pending_decision": "accept",
        "is_late": "1",
        "confirm_by": "2030-01-01",
        "rules_accepted_at": "2020-01-01",
    }
    facts = typed(store, fair, player, version=str(draft.version))
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, **extra, action="save")
    now = only(store)
    after = (now.state, now.code, now.producer_id, now.fair_id, now.pending_decision, now.is_late)
    assert (answer.status_code, after, now.confirm_by, now.rules_accepted_at) == (303, before, None, None)


# --- sending ------------------------------------------------------------------------------------------------------


def test_send_lands_on_the_status_page_with_the_code(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    browser = visit(player.user.email)
    answer = browser.post(f"/apply/{fair.slug}/review", rules_accepted="y", version=str(draft.version))
    assert (answer.status_code, answer.location) == (303, f"/applications/{draft.code}")
    assert draft.code in browser.get(answer.location).text
    assert only(store).state == "submitted"


def test_send_without_the_rules_is_answered_at_the_tick(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/review", version=str(draft.version))
    assert (answer.status_code, "rules_accepted-error" in answer.text, only(store).state) == (422, True, "draft")


def test_send_of_a_draft_that_changed_since_the_review_is_told(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    stale = str(draft.version - 1)
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/review", rules_accepted="y", version=stale)
    assert (answer.status_code, only(store).state) == (422, "draft")


def test_twenty_copies_of_the_same_send_give_one_receipt(
    app: Any, visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    browsers = [visit(player.user.email)]
    cookie = browsers[0].client.get_cookie(app.config["SESSION_COOKIE_NAME"]).value
    facts = {"rules_accepted": "y", "version": str(draft.version), "csrf_token": browsers[0].token}

    def send(_: int) -> tuple[int, str | None]:
        client = app.test_client()
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
        answer = client.post(f"/apply/{fair.slug}/review", data=facts)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(20)))
    entries = store.scalar(select(func.count()).where(AuditEntry.what == "application.submit"))
    letters = store.scalar(select(func.count()).select_from(OutboxLetter))
    assert set(answers) == {(303, f"/applications/{draft.code}")}
    assert (only(store).state, entries, letters) == ("submitted", 1, 1)


def test_twenty_first_saves_at_once_give_one_draft(
    app: Any, visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    first = visit(player.user.email)
    cookie = first.client.get_cookie(app.config["SESSION_COOKIE_NAME"]).value
    facts = typed(store, fair, player) | {"csrf_token": first.token, "action": "save"}

    def send(_: int) -> int:
        client = app.test_client()
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
        return int(client.post(f"/apply/{fair.slug}", data=facts).status_code)

    with ThreadPoolExecutor(20) as pool:
        statuses = set(pool.map(send, range(20)))
    entries = store.scalar(select(func.count()).where(AuditEntry.what == "application.start"))
    assert (only(store).fascia_name, entries) == ("MIẾN DONG BÌNH LIÊU", 1)
    assert statuses <= {303, 422}


# --- the machine of states, by direct posts -----------------------------------------------------------------------


def test_save_after_sending_leads_to_the_status_page(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session
) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    facts = typed(store, fair, player, fascia_name="KHÁC")
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    assert (answer.location, only(store).fascia_name) == (f"/applications/{sent.code}", player.producer.name_vi)


def test_start_after_the_close_is_told_and_nothing_is_made(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session
) -> None:
    close_call(store, organiser.actor, fair)
    store.commit()
    facts = typed(store, fair, player)
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="save")
    assert (answer.status_code, "MIẾN DONG BÌNH LIÊU" in answer.text) == (422, True)
    assert store.scalar(select(func.count()).select_from(BoothApplication)) == 0


def test_send_after_the_close_is_told(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    close_call(store, organiser.actor, fair)
    store.commit()
    version = str(draft.version)
    answer = visit(player.user.email).post(f"/apply/{fair.slug}/review", rules_accepted="y", version=version)
    assert (answer.status_code, only(store).state) == (422, "draft")


def test_withdraw_of_a_rejected_application_is_told(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session
) -> None:
    sent = a_submitted_application(store, fair, player)
    move_application(store, organiser.actor, sent, "take_up", By.ORGANISER)
    move_application(store, organiser.actor, sent, "reject", By.ORGANISER, reason="hết chỗ")
    store.commit()
    answer = visit(player.user.email).post(f"/applications/{sent.code}/withdraw", reason="x")
    assert (answer.status_code, only(store).state) == (422, "rejected")


def test_withdraw_asks_first_and_then_does_it(visit: Visit, fair: Fair, player: ProducerPlayer, store: Session) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    browser = visit(player.user.email)
    assert (browser.get(f"/applications/{sent.code}/withdraw").status_code, only(store).state) == (200, "submitted")
    answer = browser.post(f"/applications/{sent.code}/withdraw", reason="bận")
    assert (answer.status_code, only(store).state) == (303, "withdrawn")


# --- other people -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/withdraw"])
def test_application_of_another_unit_looks_like_none(
    visit: Visit, fair: Fair, player: ProducerPlayer, store: Session, path: str
) -> None:
    sent = a_submitted_application(store, fair, player)
    a_producer(store, "Cơ sở Xuân Thế", "xuan@the.example")
    store.commit()
    browser = visit("xuan@the.example")
    theirs, none = browser.get(f"/applications/{sent.code}{path}"), browser.get(f"/applications/GH-222222{path}")
    assert (theirs.status_code, none.status_code) == (404, 404)
    bodies = {REFERENCE.sub("", answer.text.replace(sent.code, "GH-222222")) for answer in (theirs, none)}
    assert len(bodies) == 1


def test_organiser_sees_a_sent_application_but_cannot_withdraw_it(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session
) -> None:
    sent = a_submitted_application(store, fair, player)
    store.commit()
    browser = visit(organiser.user.email)
    assert browser.get(f"/applications/{sent.code}").status_code == 200
    assert browser.post(f"/applications/{sent.code}/withdraw", reason="x").status_code == 404


def test_organiser_does_not_see_a_draft(
    visit: Visit, fair: Fair, player: ProducerPlayer, organiser: OrganiserPlayer, store: Session
) -> None:
    draft = a_draft(store, fair, player)
    assert visit(organiser.user.email).get(f"/applications/{draft.code}").status_code == 404
