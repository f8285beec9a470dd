"""Which products a fair takes: the certificate one day before, on and after its last day, leap years, renewals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import save_application, start_application
from exhibitors.applications.before_sending import objections_to_sending
from exhibitors.applications.product_choice import why_not_brought
from exhibitors.producers.certificate_life import certificate_end
from exhibitors.producers.producer import Product
from exhibitors.producers.register_producer import add_product, change_product
from foundation.refusal import Refused
from tests.cast import ProducerPlayer

DAY, DAY_ONE = timedelta(days=1), date(2020, 1, 1)
# issued on these days, 36 months on: 28/02 of the year after a leap day, 29/02 is no end at all
ENDS = {date(2024, 2, 29): date(2027, 2, 28), date(2025, 2, 28): date(2028, 2, 28), date(2025, 3, 1): date(2028, 3, 1)}


def reason(product: Product, last_day: date, *, must: bool = False) -> str | None:
    refusal = why_not_brought(product, last_day, needs_certificate=must)
    return refusal.reason if refusal else None


@pytest.mark.parametrize(("issued", "ends"), ENDS.items())
def test_certificate_is_right_around_the_last_day_of_the_fair_leap_years_too(issued: date, ends: date) -> None:
    product = Product(
        name_vi="Trà", stars=4, certificate_issued_on=issued, certificate_expires_on=certificate_end(issued)
    )
    assert product.certificate_expires_on == ends
    asked = (issued - DAY, issued, ends - DAY, ends, ends + DAY)
    assert [reason(product, last_day) for last_day in asked] == [
        "certificate_begins_after",
        None,
        None,
        None,
        "certificate_ends_before",
    ]


@pytest.mark.parametrize(
    ("facts", "must", "expected"),
    [
        ({"stars": 4}, False, "certificate_not_entered"),
        ({"stars": None}, False, None),
        ({"stars": None}, True, "certificate_not_entered"),
        ({"stars": 4, "renewal_under_way": True}, True, None),
        (
            {
                "certificate_issued_on": date(2020, 1, 1),
                "certificate_expires_on": date(2023, 1, 1),
                "renewal_under_way": True,
            },
            True,
            None,
        ),
    ],
)
def test_without_a_certificate_it_depends(facts: dict[str, object], must: bool, expected: str | None) -> None:
    assert reason(Product(name_vi="Trà", **facts), date(2027, 2, 28), must=must) == expected


@pytest.mark.parametrize(("shift", "taken"), [(-1, False), (0, True), (1, True)])
def test_form_offers_and_takes_only_what_holds_on_the_last_day(
    store: Session, fair: Fair, player: ProducerPlayer, visit: Callable[..., Any], shift: int, taken: bool
) -> None:
    assert fair.last_day is not None
    product = player.producer.products[0]
    product.certificate_expires_on = fair.last_day + timedelta(days=shift)
    visitor, slug, number = visit(player.user.email), fair.slug, product.id
    page = visitor.get(f"/apply/{slug}").text
    assert (f'name="products" value="{number}"' in page) is taken
    assert ("trước khi hội chợ kết thúc" in page) is not taken
    answer = visitor.post(f"/apply/{slug}", products=str(number), booths_wanted="1", anywhere="y", note="Gần cửa")
    assert answer.status_code == (303 if taken else 422)
    assert taken or ("Gần cửa" in answer.text and 'id="products-error"' in answer.text)


def test_draft_whose_certificate_was_changed_is_told_before_sending(
    store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    assert fair.last_day is not None
    product = player.producer.products[0]
    draft = start_application(store, player.actor, fair, player.producer)
    save_application(store, player.actor, draft, zone_ids=[], product_ids=[product.id])
    assert objections_to_sending(store, draft) == []
    ends = {"certificate_expires_on": fair.last_day - DAY, "group_id": product.group_id, "name_vi": product.name_vi}
    change_product(store, player.actor, product, **ends)
    assert [objection.reason for objection in objections_to_sending(store, draft)] == ["certificate_ends_before"]
    save_application(store, player.actor, draft, zone_ids=[], product_ids=[product.id])  # what it holds, it may keep
    other = add_product(store, player.actor, player.producer, group_id=product.group_id, name_vi="Mật", stars=3)
    with pytest.raises(Refused) as refused:
        save_application(store, player.actor, draft, zone_ids=[], product_ids=[product.id, other.id])
    assert refused.value.reason == "certificate_not_entered"
