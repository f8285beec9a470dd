"""The producer's own page: certificates, what is missing, and a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_sheet import application_sheet
from exhibitors.applications.apply_for_booth import start_application
from exhibitors.applications.my_unit import my_unit
from exhibitors.applications.unit_tasks import CertificateState, Task, certificate_state
from exhibitors.calls.open_calls import coming_calls, open_calls
from exhibitors.producers.producer import Product
from exhibitors.producers.register_producer import add_product
from foundation import clock
from tests.cast import ProducerPlayer, an_open_fair, an_organiser
from tests.repeated_rows import MARK, repeat

LAST_DAY = date(2027, 2, 28)


@pytest.mark.parametrize(
    ("expires", "holds"),
    [
        (LAST_DAY - timedelta(days=1), CertificateState.ENDED),
        (LAST_DAY, CertificateState.ENDS_SOON),
        (LAST_DAY + timedelta(days=1), CertificateState.ENDS_SOON),
        (LAST_DAY + timedelta(days=91), CertificateState.HOLDS),
        (None, CertificateState.NONE),
    ],
)
def test_certificate_is_judged_on_the_last_day(expires: date | None, holds: CertificateState) -> None:
    product = Product(certificate_issued_on=date(2024, 1, 1), certificate_expires_on=expires)
    assert certificate_state(product, LAST_DAY) == holds


def test_certificate_of_the_future_does_not_hold_yet() -> None:
    product = Product(certificate_issued_on=date(2027, 3, 1), certificate_expires_on=date(2030, 3, 1))
    assert certificate_state(product, LAST_DAY) == CertificateState.NOT_YET


@pytest.mark.parametrize(("shift", "valid"), [(-1, False), (0, True), (1, True)])
def test_sheet_judges_certificates_on_the_last_day_of_the_fair(
    store: Session, fair: Fair, player: ProducerPlayer, shift: int, valid: bool
) -> None:
    assert fair.last_day is not None
    product = player.producer.products[0]
    product.certificate_expires_on = fair.last_day + timedelta(days=shift)
    sheet = application_sheet(store, fair, player.producer, None)
    assert (sheet.day, sheet.is_valid(product)) == (fair.last_day, valid)


def test_missing_names_draft_and_certificate_the_sooner_first(
    store: Session, fair: Fair, player: ProducerPlayer
) -> None:
    start_application(store, player.actor, fair, player.producer)
    player.producer.products[0].certificate_expires_on = clock.today() + timedelta(days=5)
    store.flush()
    missing = my_unit(store, player.producer.id).missing
    assert [row.task for row in missing] == [Task.RENEW_CERTIFICATE, Task.SEND_DRAFT]


def test_open_call_leaves_the_list_once_it_is_answered(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    before = [call.id for call in my_unit(store, player.producer.id).open_calls]
    start_application(store, player.actor, fair, player.producer)
    store.flush()
    assert (before, my_unit(store, player.producer.id).open_calls) == ([fair.id], [])


def test_call_that_opens_tomorrow_is_coming_and_not_open(store: Session, fair: Fair) -> None:
    fair.call_opens_at = clock.now() + timedelta(days=1)
    store.flush()
    assert (open_calls(store), coming_calls(store)) == ([], [fair])


def test_page_costs_the_same_queries_with_one_item_and_with_thirty(
    store: Session, fair: Fair, player: ProducerPlayer, visit: Callable[..., Any], count_queries: Callable[..., Any]
) -> None:
    start_application(store, player.actor, fair, player.producer)
    store.commit()
    browser = visit(player.user.email)
    browser.get("/producer")
    with count_queries() as few:
        assert browser.get("/producer").status_code == 200
    group_id = player.producer.products[0].group_id
    organiser = an_organiser(store, "Ban khác", "khac@halong.example")

    def one_more() -> None:
        add_product(store, player.actor, player.producer, group_id=group_id, name_vi=f"Sản phẩm {MARK}")
        another = an_open_fair(store, organiser, name=f"Hội chợ {MARK}")
        start_application(store, player.actor, another, player.producer)

    repeat(store, 28, one_more)
    an_open_fair(store, organiser, name="Hội chợ còn mở")
    store.commit()
    with count_queries() as many:
        assert browser.get("/producer").status_code == 200
    assert len(many) == len(few)
