"""The budget redraws while decisions are noted: fees, support, and what units pay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.booth_price import BoothPrice
from events.floor_plans.booth_type import BoothType
from events.floor_plans.set_up_booth_types import add_booth_type
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.rehearse_budget import budget_of
from exhibitors.applications.screen_applications import stage_decision
from tests.cast import OrganiserPlayer, a_producer, a_submitted_application
from tests.exhibitors.conftest import Visitor

NOTHING = BoothPrice(0, 0, 0, 0)


@pytest.fixture
def dear(store: Session, organiser: OrganiserPlayer, fair: Fair) -> BoothType:
    """4,000,000 đồng, half of it supported, at most one booth of a unit."""
    return add_booth_type(
        store,
        organiser.actor,
        fair,
        kind="standard",
        name_vi="Gian chuẩn",
        price=4_000_000,
        support_percent=50,
        most_supported=1,
    )


@pytest.fixture
def two(store: Session, fair: Fair, dear: BoothType) -> list[BoothApplication]:
    """One that wants two booths and one that wants one."""
    made = [
        a_submitted_application(store, fair, a_producer(store, f"HTX {n}", f"htx{n}@units.example")) for n in (1, 2)
    ]
    for application, booths in zip(made, (2, 1), strict=True):
        application.booth_type, application.booths_wanted = dear, booths
    store.commit()
    return made


def test_budget_follows_what_is_noted(
    store: Session, organiser: OrganiserPlayer, fair: Fair, two: list[BoothApplication]
) -> None:
    def now(noted: list[int] | None = None) -> tuple[BoothPrice, BoothPrice]:
        budget = budget_of(store, fair, noted)
        assert budget is not None
        return budget.published, budget.noted

    assert now() == (NOTHING, NOTHING)
    for application in two:
        stage_decision(store, organiser.actor, application, Decision.ACCEPT)
    first, both = BoothPrice(2, 1, 8_000_000, 2_000_000), BoothPrice(3, 2, 12_000_000, 4_000_000)
    assert [now(), now([two[0].id]), now([])] == [(NOTHING, both), (NOTHING, first), (NOTHING, NOTHING)]
    stage_decision(store, organiser.actor, two[1], None)
    assert now() == (NOTHING, first)
    two[1].state = "confirmed"
    store.flush()
    assert now() == (BoothPrice(1, 1, 4_000_000, 2_000_000), first)


def test_fair_without_prices_has_no_budget(store: Session, fair: Fair) -> None:
    assert budget_of(store, fair) is None


def test_pages_tell_the_budget_as_if_it_were_published(
    visit: Callable[..., Visitor], organiser: OrganiserPlayer, store: Session, fair: Fair, two: list[BoothApplication]
) -> None:
    stage_decision(store, organiser.actor, two[0], Decision.ACCEPT)
    browser, base = visit("btc@halong.example"), f"/organise/fairs/{fair.slug}"
    told = "Tiền gian: 8.000.000 đồng, trong đó ban tổ chức hỗ trợ 2.000.000 đồng, cơ sở trả 6.000.000 đồng."
    for page in (f"{base}/publish", f"{base}/applications?quotas=all"):
        assert told in browser.get(page).text.replace("\u00a0", " "), page
    assert "Tiền gian" not in browser.get(f"{base}/applications").text
