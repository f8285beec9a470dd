"""Setting a call up through the pages, and what a producer then meets at the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from events.floor_plans.floor_plan import zones_of
from exhibitors.calls.call_terms import CallTerms, ZoneCall
from exhibitors.calls.invitation_code import InvitationCode
from exhibitors.calls.invite import make_code
from exhibitors.calls.set_up_call import set_call_terms
from foundation import clock
from foundation.days import format_date
from tests.cast import OrganiserPlayer, ProducerPlayer, an_open_fair

Visit = Callable[..., Any]
TYPED = {"origin": "inside", "least_stars": "3", "kinds": ["household", "cooperative"], "groups": ["food"]}


def test_terms_are_saved_as_typed(visit: Visit, fair: Fair, organiser: OrganiserPlayer, store: Session) -> None:
    late = clock.today() + timedelta(days=10)
    typed = TYPED | {"soft_closes_day": format_date(late), "soft_closes_time": "16:30", "is_by_invitation": "y"}
    answer = visit(organiser.user.email).post(f"/organise/fairs/{fair.slug}/call", **typed)
    terms = store.scalars(select(CallTerms)).one()
    assert answer.status_code == 303
    assert (terms.kinds, terms.groups, terms.least_stars, terms.origin, terms.is_by_invitation) == (
        ["cooperative", "household"],
        ["food"],
        3,
        "inside",
        True,
    )  # fmt: skip - one line of terms
    assert terms.soft_closes_at is not None
    assert terms.soft_closes_at.astimezone(clock.VIETNAM).strftime("%d/%m/%Y %H:%M") == f"{format_date(late)} 16:30"


def test_count_button_counts_what_is_typed_and_saves_nothing(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer, store: Session
) -> None:
    browser = visit(organiser.user.email)
    answer = browser.post(f"/en/organise/fairs/{fair.slug}/call", **(TYPED | {"least_stars": "5"}), action="count")
    assert (answer.status_code, "None of the 1 producers" in answer.text) == (200, True)
    live = browser.post(f"/en/organise/fairs/{fair.slug}/call/count", **TYPED)
    assert live.text.strip() == "The 1 producer that is known here may apply."
    assert store.scalars(select(CallTerms)).all() == []


def test_wrong_terms_come_back_with_all_that_was_typed(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, store: Session
) -> None:
    typed = TYPED | {"soft_closes_day": "01/01/2031", "soft_closes_time": "8:00"}
    answer = visit(organiser.user.email).post(f"/organise/fairs/{fair.slug}/call", **typed)
    assert (answer.status_code, 'id="soft_closes_day-error"' in answer.text) == (422, True)
    assert ("01/01/2031" in answer.text, answer.text.count("checked")) == (True, 4)


def test_zone_gets_its_own_dates(visit: Visit, fair: Fair, organiser: OrganiserPlayer, store: Session) -> None:
    zone = zones_of(store, fair)[0]
    day = format_date(clock.today() + timedelta(days=5))
    path = f"/organise/fairs/{fair.slug}/call/zones/{zone.id}"
    answer = visit(organiser.user.email).post(path, closes_day=day, closes_time="17:00")
    kept = store.scalars(select(ZoneCall)).one()
    assert (answer.status_code, kept.zone_id, kept.closes_at is not None) == (303, zone.id, True)


def test_code_is_made_shown_and_withdrawn(visit: Visit, fair: Fair, organiser: OrganiserPlayer, store: Session) -> None:
    browser = visit(organiser.user.email)
    path = f"/organise/fairs/{fair.slug}/invitations"
    assert browser.post(path, given_to="UBND xã Cô Tô", uses="3").status_code == 303
    code = store.scalars(select(InvitationCode)).one()
    store.commit()
    shown = browser.get(path).text
    assert (code.code in shown, "UBND xã Cô Tô" in shown, code.uses_allowed) == (True, True, 3)
    browser.post(f"{path}/{code.id}/withdraw")
    store.refresh(code)
    assert code.withdrawn_at is not None


# --- at the producer's form ---------------------------------------------------------------------------------------


def test_closed_call_says_so_and_names_the_next_one(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer, store: Session
) -> None:
    close_call(store, organiser.actor, fair)
    other = an_open_fair(store, organiser, name="Hội chợ Thu")
    text = visit(player.user.email).get(f"/apply/{fair.slug}").text
    assert ("Đã đóng nhận đơn." in text, f"/fairs/{other.slug}" in text) == (True, True)


def test_form_asks_for_the_code_first_and_keeps_what_was_typed(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer, store: Session
) -> None:
    set_call_terms(store, organiser.actor, fair, is_by_invitation=True)
    code = make_code(store, organiser.actor, fair)
    browser = visit(player.user.email)
    refused = browser.post(f"/apply/{fair.slug}", note="Cần tủ mát", invitation_code="SAI", action="save")
    assert refused.status_code == 422
    assert ('id="invitation_code-error"' in refused.text, "Cần tủ mát" in refused.text) == (True, True)
    assert f'value="{code.code}"' in browser.get(f"/apply/{fair.slug}?code={code.code}").text
    assert browser.post(f"/apply/{fair.slug}", invitation_code=code.code, action="save").status_code == 303
    assert "invitation_code" not in browser.get(f"/apply/{fair.slug}").text


def test_unit_that_does_not_qualify_reads_why_before_filling_in(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer, store: Session
) -> None:
    set_call_terms(store, organiser.actor, fair, kinds=["household"])
    assert "This call is not for your kind of unit." in visit(player.user.email).get(f"/en/apply/{fair.slug}").text


def test_public_page_of_a_closed_call_names_the_next_one(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, store: Session
) -> None:
    close_call(store, organiser.actor, fair)
    other = an_open_fair(store, organiser, name="Hội chợ Thu")
    text = visit().get(f"/en/fairs/{fair.slug}").text
    assert ("The call for applications has closed." in text, f"/fairs/{other.slug}" in text) == (True, True)


def test_fair_page_tells_what_the_call_is_before_anybody_fills_in_a_form(
    visit: Visit, fair: Fair, organiser: OrganiserPlayer, store: Session
) -> None:
    late = clock.now() + timedelta(days=3)
    set_call_terms(store, organiser.actor, fair, soft_closes_at=late, is_by_invitation=True)
    fair.has_sales = False
    store.commit()
    day = format_date(late.astimezone(clock.VIETNAM).date())
    words = _call_of(visit(), f"/fairs/{fair.slug}")
    assert ("Tham gia với sản phẩm của bạn" in words, "Bán hàng" in words) == (True, False)
    assert (f"{day} vào danh sách chờ." in words, "Chỉ nhận đơn có mã thư mời." in words) == (True, True)
    english = _call_of(visit(), f"/en/fairs/{fair.slug}")
    assert ("Take part with your products" in english, "Only with an invitation code." in english) == (True, True)
    assert "on goes to the waiting list." in english
    set_call_terms(store, organiser.actor, fair)
    fair.has_sales = True
    store.commit()
    words = _call_of(visit(), f"/fairs/{fair.slug}")
    assert ("Bán hàng ở hội chợ này" in words, "danh sách chờ" in words, "thư mời" in words) == (True, False, False)


def _call_of(browser: Any, path: str) -> str:
    """The words of the call on the fair's own page."""
    return str(browser.get(path).text.partition('id="call"')[2].partition("</section>")[0])
