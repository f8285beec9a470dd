"""Decisions published for exactly the applications that the queue's filters leave."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.actor import Role
from tests.cast import OrganiserPlayer, a_member, a_producer, a_submitted_application

if TYPE_CHECKING:
    from tests.exhibitors.conftest import Visitor

Visit = Callable[..., "Visitor"]
SEEN = re.compile(r'name="seen"[^>]*value="([^"]*)"')


def decided(store: Session, organiser: OrganiserPlayer, fair: Fair, name: str, decision: Decision) -> BoothApplication:
    application = a_submitted_application(store, fair, a_producer(store, name, f"{len(name)}@units.example"))
    take_up(store, organiser.actor, application)
    reason = {} if decision is Decision.ACCEPT else {"reason": "Hết chỗ", "reason_code": ReasonCode.NO_ROOM}
    stage_decision(store, organiser.actor, application, decision, **reason)
    return application


def shown_ids(browser: Visitor, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    found = SEEN.search(page.text)
    return found.group(1) if found else ""


def test_what_is_filtered_goes_out_and_nothing_else(
    visit: Visit, store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    islanders = decided(store, organiser, fair, "HTX Cô Tô", Decision.ACCEPT)
    cakes = decided(store, organiser, fair, "Cơ sở bánh Xuân Thế", Decision.REJECT)
    browser, here = visit(organiser.user.email), f"/organise/fairs/{fair.slug}"
    queue = browser.get(f"{here}/applications?state=staged&q=co+to").text
    assert f"{here}/publish?state=staged&amp;q=co+to" in queue
    page = browser.get(f"{here}/publish?q=co+to").text
    assert ("HTX Cô Tô" in page, "Xuân Thế" in page) == (True, False)
    assert "1 quyết định trên 2 đã ghi" in page
    seen = shown_ids(browser, f"{here}/publish?q=co+to")
    later = decided(store, organiser, fair, "HTX Cô Tô Xanh", Decision.ACCEPT)
    store.commit()
    day = (clock.today() + timedelta(days=5)).isoformat()
    answer = browser.post(f"{here}/publish?q=co+to", confirm_by=day, seen=seen)
    assert answer.status_code == 303
    store.expire_all()
    assert [one.state for one in (islanders, cakes, later)] == ["accepted", "in_review", "in_review"]
    assert shown_ids(browser, f"{here}/publish") == f"{cakes.id},{later.id}"
    assert shown_ids(browser, f"{here}/publish?state=staged") == f"{cakes.id},{later.id}"


def test_filter_that_leaves_nothing_publishes_nothing(
    visit: Visit, store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    waiting = decided(store, organiser, fair, "HTX Cô Tô", Decision.ACCEPT)
    browser, here = visit(organiser.user.email), f"/organise/fairs/{fair.slug}"
    assert shown_ids(browser, f"{here}/publish?q=chả+mực") == ""
    browser.post(f"{here}/publish?q=chả+mực", confirm_by=(clock.today() + timedelta(days=5)).isoformat(), seen="")
    store.expire_all()
    assert (waiting.state, waiting.pending_decision) == ("in_review", "accept")


def test_filter_opens_publishing_to_nobody_else(
    visit: Visit, store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    reviewer = a_member(store, organiser, Role.REVIEWER, "xet@x.example").user
    assert visit(reviewer.email).get(f"/organise/fairs/{fair.slug}/publish?state=staged").status_code == 404
