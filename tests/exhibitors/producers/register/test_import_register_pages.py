"""The pages over the register: the sheet to fill in is one that is understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exhibitors.producers.producer import Producer, Product
from exhibitors.producers.register.import_register import import_register
from exhibitors.producers.register.register_sheet import guess_columns, read_register
from exhibitors.producers.register.wording import FIELDS
from tests.cast import an_organiser


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_sheet_to_fill_in_is_understood_as_it_is(visit: Callable[..., Any], store: Session, prefix: str) -> None:
    player = an_organiser(store)
    organiser = visit(player.user.email)
    assert b"/organise/register/sample.xlsx" in organiser.get(f"{prefix}/organise/register").data
    rows = read_register(organiser.client.get(f"{prefix}/organise/register/sample.xlsx").data)
    assert guess_columns(rows[0]) == {name: place for place, name in enumerate(FIELDS)}
    report = import_register(store, player.actor, rows, guess_columns(rows[0]), for_good=True)
    assert list(report.refused) == []
    assert store.scalar(sa.select(sa.func.count(Producer.id))) == 2
    product = store.scalars(sa.select(Product).where(Product.stars == 4)).one()
    assert (product.name_vi, product.certificate_number) == ("Miến dong", "123/QĐ-UBND")
