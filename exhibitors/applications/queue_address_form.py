"""Reads the queue's filters and columns from the address, and writes them into one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import request

from accounts.permissions import Act
from events.fairs.fair import Fair
from events.fairs.permissions import zones_open_to
from exhibitors.applications.queue_columns import BESIDE, USUAL, chosen_columns
from exhibitors.applications.queue_filters import NOT_ASKED, SORTS, QueueFilters
from exhibitors.applications.review.who_reviews import hides_scores
from foundation.audience import signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import clean

LONGEST = {"state": 20, "zone": 4, "district": 60, "locality": 8, "group": 40, "kind": 20, "stars": 1, "missing": 20}
LONGEST |= {"late": 3, "reviewer": 9, "score": 4, "query": 100}
IN_ADDRESS = {"query": "q"}
"""Where the name in the address is another."""


def asked_filters(fair: Fair | None = None) -> QueueFilters:
    """What the address asks for; with the fair, narrowed to what the person may read there."""
    asked = {name: str(clean(value)) for name, value in request.args.items()}
    kept = {name: asked.get(IN_ADDRESS.get(name, name), "")[:longest] for name, longest in LONGEST.items()}
    kept["state"] = kept["state"] or "all"
    sort = asked["sort"] if asked.get("sort") in SORTS else "oldest"
    hides = fair is not None and hides_scores(current_session(), signed_in_actor(), fair)
    if hides:  # neither a filter nor an order tells what is not shown
        kept["score"], sort = "", "oldest" if sort == "score" else sort
    return QueueFilters(
        **kept,
        sort=sort,
        hides_scores=hides,
        only_zones=zones_open_to(signed_in_actor(), Act.READ_DESK, fair) if fair is not None else None,
        hidden=signed_in_actor().stands_aside if fair is not None else frozenset(),
    )


def asked_columns() -> list[str]:
    """The columns that the address asks for, or the usual ones, in their own order."""
    usual = BESIDE if "open" in request.args else USUAL
    return chosen_columns([str(clean(name)) for name in request.args.getlist("cols")], usual)


def in_address(filters: QueueFilters) -> dict[str, Any]:
    """The filters that differ from the plain queue, and chosen columns, as names of the address."""
    plain = asdict(QueueFilters())
    asked = {name: value for name, value in asdict(filters).items() if name not in NOT_ASKED}
    kept: dict[str, Any] = {IN_ADDRESS.get(name, name): value for name, value in asked.items() if value != plain[name]}
    if request.args.getlist("cols"):
        kept["cols"] = asked_columns()
    return kept


def kept_address() -> dict[str, Any]:
    """What the present address asks for, to be kept in the next one."""
    return in_address(asked_filters())
