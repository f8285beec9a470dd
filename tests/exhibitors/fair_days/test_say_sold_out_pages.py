"""The page on which a unit ticks what is gone, as it comes without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING

import pytest

from exhibitors.fair_days.say_sold_out import sold_out_today
from foundation import clock
from tests.cast import a_confirmed_application
from tests.scenes import Play

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from events.fairs.fair import Fair
    from exhibitors.applications.booth_application import BoothApplication
    from tests.cast import OrganiserPlayer, ProducerPlayer
    from tests.exhibitors.conftest import Visitor


@pytest.fixture
def stand(play: Play, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """A confirmed booth."""
    return play(a_confirmed_application, organiser, player, fair)


def said(store: Session, stand: BoothApplication) -> frozenset[int]:
    """What is sold out, without keeping the turn to write."""
    store.expire_all()
    gone = sold_out_today(store, stand)
    store.commit()
    return gone


def test_unit_ticks_and_unticks(
    store: Session, fair: Fair, player: ProducerPlayer, stand: BoothApplication, visit: Callable[..., Visitor]
) -> None:
    assert fair.first_day
    store.commit()
    address, product = f"/applications/{stand.code}/sold-out", player.producer.products[0].id
    with clock.as_of(clock.local_moment(fair.first_day, time(10))):
        unit, somebody = visit(player.user.email), visit()
        assert address in unit.get(f"/applications/{stand.code}").text
        assert address in unit.get(f"/fairs/{fair.slug}/booths/A01").text
        assert address not in somebody.get(f"/fairs/{fair.slug}/booths/A01").text
        assert 'name="products"' in unit.get(address).text
        assert unit.post(address, products=[str(product)]).status_code == 303
        assert said(store, stand) == {product}
        for page in ("/products", "/search?q=mien+dong", "/", f"/products/{product}"):
            assert "Hôm nay hết hàng" in somebody.get(page).text, page
        boxes = re.findall(r'<input [^>]*name="products"[^>]*>', unit.get(address).text)
        assert [box for box in boxes if "checked" in box] == [box for box in boxes if f'value="{product}"' in box]
        assert unit.post(address, products=["999999"]).status_code == 422
        assert unit.post(address).status_code == 303
        assert said(store, stand) == frozenset()
        assert "Hôm nay hết hàng" not in somebody.get("/products").text


def test_outside_of_the_days_it_says_when(
    fair: Fair, player: ProducerPlayer, stand: BoothApplication, visit: Callable[..., Visitor]
) -> None:
    address, product = f"/en/applications/{stand.code}/sold-out", player.producer.products[0].id
    unit = visit(player.user.email)
    page = unit.get(address)
    assert page.status_code == 200
    assert "on the days on which the fair is open" in page.text
    assert 'name="products"' not in page.text
    refused = unit.post(address, products=[str(product)])
    assert refused.status_code == 422
    assert "on the days on which the fair is open" in refused.text
