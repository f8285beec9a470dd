"""Whoever goes on waiting has a place in the line, and one true reason why nothing that is free is offered."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy.orm import Session

from accounts.organisation import enrol
from events.floor_plans.draw_floor_plan import open_booth
from events.floor_plans.set_up_booth_types import add_booth_type
from exhibitors.allocation.waiting_list.fitting_block import NoFit
from exhibitors.allocation.waiting_list.next_in_line import next_offers, waiting_line
from exhibitors.calls.set_up_quotas import set_quota
from foundation.actor import Role
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.waiting_list.conftest import freed
from tests.exhibitors.conftest import Visitor

Change = Callable[[Session, Screening], None]
Told = list[tuple[int, int, NoFit, dict[str, object]]]


def told(session: Session, waiting: Screening) -> Told:
    """Of everybody who goes on waiting: which of the three it is, its place, and why."""
    which = {one.id: number for number, one in enumerate(waiting.applications, start=1)}
    line = waiting_line(session, waiting.fair)
    assert [one.place for one in line.offers] == [one.place for one in next_offers(session, waiting.fair)]
    return [(which[one.application.id], one.place, one.why.code, dict(one.why.facts)) for one in line.waiting]


def two_booths(session: Session, waiting: Screening) -> None:
    waiting.applications[2].booths_wanted = 2


def elsewhere(session: Session, waiting: Screening) -> None:
    third = waiting.applications[2]
    third.anywhere = False
    session.delete(next(wish for wish in third.wishes if wish.zone.code == "A"))
    session.flush()
    session.refresh(third)


def water(session: Session, waiting: Screening) -> None:
    waiting.booth("B01").has_water = True
    waiting.applications[2].needs_water = True


def little_power(session: Session, waiting: Screening) -> None:
    waiting.booth("A01").zone.power_w = 1
    waiting.applications[1].needs_power = False


def small_quota(session: Session, waiting: Screening) -> None:
    open_booth(session, waiting.organiser.actor, waiting.booth("A02"))
    group = waiting.applications[1].goods[0].product.group.key
    set_quota(session, waiting.organiser.actor, waiting.fair, "product_group", group, least=None, most=1)


def another_type(session: Session, waiting: Screening) -> None:
    actor, fair = waiting.organiser.actor, waiting.fair
    booth, asked = (
        add_booth_type(session, actor, fair, kind="standard", name_vi=name) for name in ("Gian tiêu chuẩn", "Gian góc")
    )
    waiting.booth("A01").booth_type_id, waiting.applications[2].booth_type_id = booth.id, asked.id
    waiting.applications[1].booth_type_id = booth.id


def as_it_is(session: Session, waiting: Screening) -> None:
    """Nothing else is changed."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (as_it_is, [(2, 2, NoFit.TAKEN_BEFORE, {})]),
        (two_booths, [(3, 1, NoFit.NO_ROW, {"booths": 2})]),
        (elsewhere, [(3, 1, NoFit.NOT_WISHED, {})]),
        (water, [(3, 1, NoFit.NEEDS_MISSING, {"needs": ("water",)})]),
        (little_power, [(3, 1, NoFit.POWER_SHORT, {"watts": 1000})]),
        (another_type, [(3, 1, NoFit.OTHER_GOODS, {})]),
        (small_quota, [(2, 2, NoFit.QUOTA_FULL, {})]),
    ],
)
def test_reason_is_the_rule_that_leaves_nothing(
    session: Session, waiting: Screening, change: Change, expected: Told
) -> None:
    freed(session, waiting)
    change(session, waiting)
    session.commit()
    assert told(session, waiting) == expected


def test_all_wait_in_their_order_while_nothing_is_free(session: Session, waiting: Screening) -> None:
    assert told(session, waiting) == [(3, 1, NoFit.NOTHING_FREE, {}), (2, 2, NoFit.NOTHING_FREE, {})]


def test_page_says_place_and_reason_but_not_of_a_unit_one_belongs_to(
    session: Session, waiting: Screening, visit: Callable[..., Visitor]
) -> None:
    two_booths(session, waiting)
    freed(session, waiting)
    address, email = f"/organise/fairs/{waiting.fair.slug}/waiting-list", waiting.organiser.user.email
    producer = waiting.applications[2].producer
    unit, organisation = producer.name_vi, producer.organisation
    browser = visit(email)
    page = unescape(browser.get(address).text)
    said = page[page.index("h-others") :]
    words = ("thứ 1 trong hàng chờ", "Không có 2 gian trống liền nhau.", unit)
    assert [word in said for word in words] == [True, True, True]
    enrol(session, waiting.organiser.user, organisation, Role.READER)
    session.commit()
    page = unescape(browser.get(address).text)
    assert [word in page[page.index("h-others") :] for word in words] == [True, False, False]
