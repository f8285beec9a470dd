"""Lets the floors above object to a product's removal, or let go of what they hold of it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from exhibitors.producers.producer import Product

Objector = Callable[[Session, Product], object]
_objectors: list[Objector] = []


def before_product_leaves(objector: Objector) -> Objector:
    """Register `objector(session, product)`: it raises `Refused` to keep the product, or deletes its own rows."""
    if objector not in _objectors:
        _objectors.append(objector)
    return objector


def ask_objectors(session: Session, product: Product) -> None:
    """Call every objector; refuses with the first objection."""
    for objector in _objectors:
        objector(session, product)
