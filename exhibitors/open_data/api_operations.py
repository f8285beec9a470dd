"""The operations of the JSON interface, declared once: the routes and the description are both made from these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from exhibitors.open_data import api_shapes as shapes

BASE = "/api/v1"


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: its name, its path under the base with `{parts}`, what may be asked and what is answered."""

    name: str
    path: str
    summary: str
    query: type[Struct]
    answer: Any
    parts: tuple[tuple[str, Any], ...] = ()

    @property
    def rule(self) -> str:
        """The path as routes are written."""
        return BASE + self.path.replace("{", "<").replace("}", ">")


SLUG = ("slug", shapes.Slug)
PRODUCER = ("producer", shapes.Slug)
PRODUCT = ("product_id", shapes.ProductNumber)
OPERATIONS = (
    Operation("fairs", "/fairs", "Public fairs, soonest first", shapes.FairsQuery, shapes.PageOf[shapes.Fair]),
    Operation("fair", "/fairs/{slug}", "One fair", shapes.NoQuery, shapes.Fair, (SLUG,)),
    Operation(
        "exhibitors",
        "/fairs/{slug}/exhibitors",
        "Producers whose booths at the fair are confirmed",
        shapes.PageQuery,
        shapes.PageOf[shapes.Exhibitor],
        (SLUG,),
    ),
    Operation("venues", "/venues", "Venues of public fairs, by name", shapes.PageQuery, shapes.PageOf[shapes.Venue]),
    Operation("products", "/products", "Products by name", shapes.ProductsQuery, shapes.PageOf[shapes.Product]),
    Operation("product", "/products/{product_id}", "One product", shapes.NoQuery, shapes.Product, (PRODUCT,)),
    Operation(
        "producers",
        "/producers",
        "Producers in Vietnamese order",
        shapes.ProducersQuery,
        shapes.PageOf[shapes.Producer],
    ),
    Operation("producer", "/producers/{producer}", "One producer", shapes.NoQuery, shapes.Producer, (PRODUCER,)),
    Operation("feeds", "/feeds", "Calendars to subscribe to", shapes.PageQuery, shapes.PageOf[shapes.Feed]),
)
