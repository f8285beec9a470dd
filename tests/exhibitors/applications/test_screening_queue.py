"""The queue: views, filters, search without accents, order, and what the automatic checks find."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import start_application
from exhibitors.applications.automatic_checks import Finding, gravest, product_checks
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.queue_filters import QueueFilters
from exhibitors.applications.screen_applications import stage_decision
from exhibitors.applications.screening_queue import (
    count_views,
    find_in_fair,
    neighbours_in_queue,
    queue_choices,
    queue_page,
)
from foundation import clock
from tests.cast import (
    OrganiserPlayer,
    a_producer,
    a_submitted_application,
    an_open_fair,
)
from tests.scenes import Play

NAMES = ["HTX Miến dong Bình Liêu", "Cơ sở bánh Xuân Thế", "Tổ hợp tác Đồng Rui"]


def a_queue(session: Session, organiser: OrganiserPlayer) -> Fair:
    """Three have applied, the second is accepted in secret; a fourth has only a draft."""
    fair = an_open_fair(session, organiser, booths=2)
    for number, name in enumerate(NAMES):
        application = a_submitted_application(session, fair, a_producer(session, name, f"q{number}@units.example"))
        application.submitted_at = clock.now() - timedelta(minutes=len(NAMES) - number)
        if number == 1:
            stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    draft = a_producer(session, "HTX Chỉ có nháp", "draft@units.example")
    start_application(session, draft.actor, fair, draft.producer)
    session.flush()
    return fair


@pytest.fixture
def fair(play: Play, organiser: OrganiserPlayer) -> Fair:
    """A fair with a queue."""
    return play(a_queue, organiser)


def names(session: Session, fair: Fair, **filters: str) -> list[str]:
    rows = queue_page(session, fair, QueueFilters(**filters), 1).rows
    return [row.name.vi for row in rows]


def codes(session: Session, fair: Fair) -> list[str]:
    return [row.code for row in queue_page(session, fair, QueueFilters(), 1).rows]


def application_of(session: Session, fair: Fair, code: str) -> BoothApplication:
    found = find_in_fair(session, fair, code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, NAMES),
        ({"kind": "cooperative"}, NAMES),
        ({"kind": "farm"}, []),
        ({"locality": "06838"}, NAMES),
        ({"locality": "06652"}, []),
        ({"stars": "4"}, NAMES),
        ({"stars": "5"}, []),
        ({"late": "no"}, NAMES),
        ({"late": "yes"}, []),
        ({"missing": "certificate"}, []),
        ({"missing": "paper"}, []),
        ({"missing": "tax_code"}, NAMES),
        ({"missing": "anything"}, NAMES),
        ({"missing": "nonsense"}, NAMES),
        ({"reviewer": "none"}, NAMES),
        ({"reviewer": "1"}, []),
        ({"reviewer": "²"}, NAMES),
        ({"score": "none"}, NAMES),
        ({"score": "60"}, []),
        ({"state": "to_review"}, [NAMES[0], NAMES[2]]),
        ({"state": "staged"}, [NAMES[1]]),
        ({"state": "submitted"}, [NAMES[0], NAMES[2]]),
        ({"state": "nonsense"}, NAMES),
        ({"query": "banh xuan the"}, [NAMES[1]]),
        ({"query": "mien dong binh lieu"}, NAMES),
        ({"zone": "A"}, NAMES),
        ({"zone": "Z"}, []),
        ({"group": "food"}, NAMES),
        ({"group": "handicrafts"}, []),
        ({"district": "binh-lieu"}, NAMES),
        ({"district": "co-to"}, []),
        ({"sort": "newest"}, [NAMES[2], NAMES[1], NAMES[0]]),
        ({"sort": "; drop table"}, NAMES),
    ],
    ids=str,
)
def test_queue_is_narrowed_by_its_filters(
    session: Session, fair: Fair, filters: dict[str, str], expected: list[str]
) -> None:
    assert names(session, fair, **filters) == expected


def test_views_count_what_they_show(session: Session, fair: Fair) -> None:
    counts = count_views(session, fair)
    assert {view: len(names(session, fair, state=view)) for view in counts} == counts


def test_choices_hold_only_what_occurs(session: Session, fair: Fair) -> None:
    choices = queue_choices(session, fair)
    assert [zone.code for zone in choices.zones] == ["A", "B"]
    assert [district.name for district in choices.districts] == ["Bình Liêu"]
    assert [group.key for group in choices.groups] == ["food"]


def test_draft_and_other_fairs_applications_are_not_found(
    session: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    other = an_open_fair(session, organiser, booths=2, name="Hội chợ khác")
    here = queue_page(session, fair, QueueFilters(), 1).rows[0]
    found = find_in_fair(session, fair, here.code)
    assert found is not None
    assert found.id == here.id
    assert find_in_fair(session, other, here.code) is None


def test_neighbours_follow_the_filtered_order(session: Session, fair: Fair) -> None:
    first, second, third = (application_of(session, fair, code) for code in codes(session, fair))
    assert neighbours_in_queue(session, fair, QueueFilters(), second) == (first.code, third.code)
    assert neighbours_in_queue(session, fair, QueueFilters(state="to_review"), second) == (None, first.code)


def test_certificate_is_judged_on_the_last_day_of_the_fair(session: Session, fair: Fair) -> None:
    application = application_of(session, fair, codes(session, fair)[0])
    product = application.goods[0].product
    assert fair.last_day is not None
    found = []
    for ends in (fair.last_day, fair.last_day - timedelta(days=1), None):
        product.certificate_expires_on = ends
        checks = product_checks(product, fair.last_day)
        found.append((checks[0].finding, gravest(checks)))
    assert found == [
        (Finding.CERTIFICATE_HOLDS, "ok"),
        (Finding.CERTIFICATE_ENDS_BEFORE, "bad"),
        (Finding.CERTIFICATE_UNKNOWN, "warn"),
    ]
