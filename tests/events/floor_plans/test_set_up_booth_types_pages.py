"""Entering booth types through the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.booth_type import BoothType
from tests.cast import OrganiserPlayer, a_draft_fair
from tests.events.fairs.test_make_fair_once import once_on

if TYPE_CHECKING:
    from tests.events.conftest import OrganiserBrowser

TYPED: dict[str, object] = {
    "kind": "standard",
    "name_vi": "Gian tiêu chuẩn",
    "name_en": "",
    "width_m": "3",
    "depth_m": "3",
    "open_sides": "1",
    "price": "6.000.000",
    "support_percent": "50",
    "support_cap": "2,5 triệu",
    "most_supported": "2",
    "most_booths": "",
}  # fmt: skip - what a person types


@pytest.fixture
def address(session: Session, player: OrganiserPlayer) -> str:
    """Where the types of a draft fair are."""
    fair: Fair = a_draft_fair(session, player)
    session.commit()
    return f"/organise/fairs/{fair.slug}/booth-types"


def test_usual_types_fill_an_empty_list(desk: OrganiserBrowser, address: str) -> None:
    assert desk.send(f"{address}/usual", {}, form_on=address).status_code == 303
    assert "Gian ẩm thực 3 × 3 m" in desk.get(address).text


def test_typed_money_is_read_and_shown_after_support(desk: OrganiserBrowser, address: str, session: Session) -> None:
    assert desk.send(f"{address}/new", TYPED).status_code == 303
    kind = session.scalars(select(BoothType)).one()
    assert (kind.price, kind.support_cap, kind.most_supported) == (6_000_000, 2_500_000, 2)
    assert "3.500.000" in desk.get(address).text


def test_wrong_amounts_come_back_together_with_all_that_was_typed(desk: OrganiserBrowser, address: str) -> None:
    answer = desk.send(f"{address}/new", TYPED | {"price": "sáu triệu", "width_m": "ba"})
    assert answer.status_code == 422
    assert ('id="price-error"' in answer.text, 'id="width_m-error"' in answer.text) == (True, True)
    assert ("sáu triệu" in answer.text, 'value="2,5 triệu"' in answer.text) == (True, True)


def test_rules_are_told_together_with_what_cannot_be_read(desk: OrganiserBrowser, address: str) -> None:
    wrong = {"name_vi": "", "price": "12x", "width_m": "", "support_percent": "130", "most_booths": "0"}
    answer = desk.send(f"{address}/new", TYPED | wrong)
    told = [name for name in (*wrong, "support_cap", "kit_vi") if f'id="{name}-error"' in answer.text]
    assert (answer.status_code, told) == (422, list(wrong))


def test_second_type_of_the_same_name_is_told_at_the_name(desk: OrganiserBrowser, address: str) -> None:
    desk.send(f"{address}/new", TYPED)
    answer = desk.send(f"{address}/new", TYPED)
    assert (answer.status_code, 'id="name_vi-error"' in answer.text) == (422, True)


def test_form_sent_twice_makes_one_type_and_leads_to_the_list(
    desk: OrganiserBrowser, address: str, session: Session
) -> None:
    once = once_on(desk.get(f"{address}/new").text)
    for name, price in (
        ("Gian tiêu chuẩn", "6.000.000"),
        ("Gian tiêu chuẩn", "6.000.000"),  # pressed twice
        ("Gian tiêu chuẩn", "7.000.000"),  # gone back, mended
        ("Gian góc", "8.000.000"),  # gone back, the next one from what was typed
    ):
        sent = desk.send(f"{address}/new", TYPED | {"once": once, "name_vi": name, "price": price})
        assert (sent.status_code, sent.location) == (303, address)
    made = session.execute(select(BoothType.name_vi, BoothType.price).order_by(BoothType.id)).all()
    assert [tuple(row) for row in made] == [("Gian tiêu chuẩn", 7_000_000), ("Gian góc", 8_000_000)]


def test_type_is_changed_and_removed(desk: OrganiserBrowser, address: str, session: Session) -> None:
    desk.send(f"{address}/new", TYPED)
    number = session.scalars(select(BoothType.id)).one()
    session.commit()
    desk.send(f"{address}/{number}", TYPED | {"price": "0"})
    assert session.scalars(select(BoothType.price)).one() == 0
    session.commit()
    assert desk.send(f"{address}/{number}/remove", {}).status_code == 303
    assert session.scalars(select(BoothType)).all() == []


def test_type_of_another_fair_is_not_found(desk: OrganiserBrowser, address: str, session: Session) -> None:
    desk.send(f"{address}/new", TYPED)
    number = session.scalars(select(BoothType.id)).one()
    session.commit()
    assert desk.get(f"/organise/fairs/khong-co/booth-types/{number}").status_code == 404
