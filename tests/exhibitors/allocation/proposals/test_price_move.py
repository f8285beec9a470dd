"""What a move by hand costs: told before it is made, on the booth's page and after the press."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.proposals.price_move import MovePrices, OtherWish
from exhibitors.allocation.proposals.price_wording import price_words
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.test_proposal_pages import Browser

if TYPE_CHECKING:
    from flask import Flask


def test_wish_and_neighbours_of_a_move(session: Session, accepted: Screening) -> None:
    first, second, _ = accepted.applications
    place_on_booth(session, accepted.organiser.actor, first, accepted.booth("A01"))
    session.commit()
    prices = MovePrices(session, accepted.fair)
    beside = prices.price(second, accepted.booth("A02"))
    assert beside is not None
    assert (beside.gives_up, beside.rank_before, beside.rank_after, beside.broken) == (False, None, 1, ())
    away = prices.price(first, accepted.booth("B01"), instead_of=accepted.booth("A01"))
    assert away is not None
    assert (away.gives_up, away.rank_before, away.rank_after) == (True, 1, 2)


def test_a_swap_says_what_becomes_of_the_other(app: Flask, session: Session, accepted: Screening) -> None:
    first, second, _ = accepted.applications
    place_on_booth(session, accepted.organiser.actor, first, accepted.booth("A01"))
    place_on_booth(session, accepted.organiser.actor, second, accepted.booth("B01"))
    session.commit()
    staff = Browser(app, session, accepted.organiser.user.email)
    desk = f"/organise/fairs/{accepted.fair.slug}"
    page = unescape(staff.get(f"{desk}/booths/A01?application={second.code}").text)
    gain, loss = (
        "đúng nguyện vọng 1 thay vì nguyện vọng 2",
        f"{first.producer.name_vi} được nguyện vọng 2 thay vì nguyện vọng 1.",
    )
    assert gain in page
    assert loss in page
    said = {"application": second.code, "instead_of": "B01", "holder": first.code}
    assert staff.post(f"{desk}/booths/A01/swap", **said).status_code == 303
    assert loss in unescape(staff.get(f"{desk}/booths").text)
    back = unescape(staff.get(f"{desk}/booths/B01?application={second.code}").text)
    assert f"{first.producer.name_vi} được nguyện vọng 1 thay vì nguyện vọng 2." in back


@pytest.mark.parametrize(
    ("before", "after", "tone", "words"),
    [
        (None, None, "info", "chưa đúng nguyện vọng nào, nay cũng vậy"),
        (None, 2, "ok", "được nguyện vọng 2; trước đó không đúng"),
        (1, 1, "ok", "vẫn giữ nguyện vọng 1"),
        (1, None, "warn", "mất nguyện vọng 1"),
    ],
)
def test_words_for_the_other_of_a_swap(
    app: Flask, session: Session, accepted: Screening, before: int | None, after: int | None, tone: str, words: str
) -> None:
    prices = MovePrices(session, accepted.fair)
    price = prices.price(accepted.applications[0], accepted.booth("A01"))
    assert price is not None
    with app.test_request_context():
        said = price_words(replace(price, other=OtherWish("1", before, after)), prices)
    assert [sentence for mood, sentence in said if mood == tone and words in sentence]


def test_the_wish_is_that_of_the_booth_taken_not_of_what_is_held_elsewhere(
    session: Session, accepted: Screening
) -> None:
    first = accepted.applications[0]
    first.booths_wanted = 2
    place_on_booth(session, accepted.organiser.actor, first, accepted.booth("A01"))
    session.commit()
    prices = MovePrices(session, accepted.fair)
    away, beside = prices.price(first, accepted.booth("B01")), prices.price(first, accepted.booth("A02"))
    assert away is not None
    assert beside is not None
    assert [(one.gives_up, one.rank_before, one.rank_after) for one in (away, beside)] == [
        (False, None, 2),
        (False, None, 1),
    ]


def test_a_wish_for_one_booth_is_met_by_the_whole_run(session: Session, accepted: Screening) -> None:
    first = accepted.applications[0]
    first.booths_wanted = 2
    first.wishes[0].booth_id = accepted.booth("A01").id
    place_on_booth(session, accepted.organiser.actor, first, accepted.booth("A01"))
    session.commit()
    prices = MovePrices(session, accepted.fair)
    ranks = {}
    for code in ("A02", "A03", "B01"):
        price = prices.price(first, accepted.booth(code))
        ranks[code] = price.rank_after if price else 0
    assert ranks == {"A02": 1, "A03": None, "B01": 2}


def test_equal_products_side_by_side_are_counted_and_a_swap_mends_nothing(
    session: Session, accepted: Screening
) -> None:
    first, second, _ = accepted.applications
    second.goods[0].product.name_vi = first.goods[0].product.name_vi
    place_on_booth(session, accepted.organiser.actor, first, accepted.booth("A01"))
    place_on_booth(session, accepted.organiser.actor, second, accepted.booth("B01"))
    session.commit()
    prices = MovePrices(session, accepted.fair)
    beside = prices.price(second, accepted.booth("A02"), instead_of=accepted.booth("B01"))
    assert beside is not None
    assert (beside.neighbours_made, beside.neighbours_mended) == (1, 0)
    swapped = prices.price(second, accepted.booth("A01"), instead_of=accepted.booth("B01"), swap_with=first)
    assert swapped is not None
    assert (swapped.neighbours_made, swapped.neighbours_mended, swapped.broken) == (0, 0, ())


def test_need_that_the_booth_lacks_and_points_passed_over_are_named(session: Session, accepted: Screening) -> None:
    first, second, _ = accepted.applications
    first.needs_water = True
    accepted.booth("B01").has_water = True
    second.producer.products[0].stars = 5
    session.commit()
    price = MovePrices(session, accepted.fair).price(first, accepted.booth("A01"))
    assert price is not None
    assert [rule.code for rule in price.broken] == ["NEED_WATER"]
    assert price.passed_over == 1


def test_organiser_reads_the_cost_before_and_after(app: Flask, session: Session, accepted: Screening) -> None:
    first = accepted.applications[0]
    first.needs_water = True
    accepted.booth("B01").has_water = True
    staff = Browser(app, session, accepted.organiser.user.email)
    desk = f"/organise/fairs/{accepted.fair.slug}"
    page = unescape(staff.get(f"{desk}/booths/A01?application={first.code}").text)
    words = f"{first.producer.name_vi} cần nước; chỗ này không có."
    assert "Ở đây đúng nguyện vọng 1." in page
    assert words in page
    assert staff.post(f"{desk}/booths/A01/place", application=first.code).status_code == 303
    assert words in unescape(staff.get(f"{desk}/booths").text)
