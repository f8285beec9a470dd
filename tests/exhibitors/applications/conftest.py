"""A draft, what a person types into the form, and what the database holds afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import zones_of
from exhibitors.applications.apply_for_booth import save_application, start_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.question import Question
from exhibitors.calls.set_up_questions import set_question
from tests.cast import OrganiserPlayer, ProducerPlayer


@pytest.fixture
def only(store: Session) -> Callable[[], BoothApplication]:
    """Reads the one application there is, as the database has it now."""

    def read() -> BoothApplication:
        loads = (selectinload(BoothApplication.wishes), selectinload(BoothApplication.goods))
        query = select(BoothApplication).options(*loads).execution_options(populate_existing=True)
        found = store.scalars(query).one()
        store.commit()  # on SQLite an open transaction keeps the app waiting
        return found

    return read


@pytest.fixture
def a_draft(store: Session, fair: Fair, player: ProducerPlayer) -> Callable[[], BoothApplication]:
    """Makes a complete draft."""

    def make() -> BoothApplication:
        draft = start_application(store, player.actor, fair, player.producer)
        zones = [zone.id for zone in zones_of(store, fair)]
        products = [product.id for product in player.producer.products]
        save_application(store, player.actor, draft, zone_ids=zones, product_ids=products)
        store.commit()
        return draft

    return make


@pytest.fixture
def typed(store: Session, fair: Fair, player: ProducerPlayer) -> Callable[..., dict[str, object]]:
    """What a person types into the form, but for the changes: `typed(note="…")`."""

    def fill_in(**changes: object) -> dict[str, object]:
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

    return fill_in


@pytest.fixture
def ask(store: Session, fair: Fair, organiser: OrganiserPlayer) -> Callable[..., Question]:
    """`ask(kind="text", …)` asks a question at the fair."""

    def make(**facts: Any) -> Question:
        return set_question(store, organiser.actor, fair, **({"kind": "text", "text_vi": "Có bếp không?"} | facts))

    return make
