"""What is seen beyond one application: twins at the fair, places given up at earlier fairs, quotas without room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_moves import ApplicationState as S
from exhibitors.applications.application_moves import By, Decision
from exhibitors.applications.automatic_checks import Check, Finding
from exhibitors.applications.booth_application import BoothApplication, move_application
from exhibitors.applications.checks_beyond import FEW, checks_beyond, quotas_without_room
from exhibitors.applications.queue_filters import QueueFilters
from exhibitors.applications.screen_applications import stage_decision
from exhibitors.applications.screening_queue import whole_queue
from exhibitors.calls.set_up_quotas import set_quota
from exhibitors.producers.producer import key_names
from tests.benchmarks.many_applications import add_many_applications
from tests.cast import (
    OrganiserPlayer,
    a_confirmed_application,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
)
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

Found = list[tuple[Finding, str]]


def twins(session: Session, fair: Fair) -> tuple[BoothApplication, BoothApplication]:
    """Two units that somebody entered under nearly the same name."""
    names = ("HTX Đình Trung", "Hợp tác xã  Đình Trung")
    first, second = (
        a_submitted_application(session, fair, a_producer(session, name, f"twin{number}@units.example"))
        for number, name in enumerate(names)
    )
    return first, second


@pytest.fixture
def pair(play: Play, fair: Fair) -> tuple[BoothApplication, BoothApplication]:
    """Two units that somebody entered under nearly the same name."""
    return play(twins, fair)


def found_of(session: Session, application: BoothApplication, hidden: frozenset[int] = frozenset()) -> Found:
    checks = checks_beyond(session, application.fair, [application], hidden)[application.id]
    return [(check.finding, str(*check.facts.values())) for check in checks]


def test_twins_are_told_once_and_by_the_surest(
    session: Session, pair: tuple[BoothApplication, BoothApplication]
) -> None:
    first, second = pair
    assert found_of(session, first) == [(Finding.SAME_NAME, second.code)]
    assert found_of(session, second) == [(Finding.SAME_NAME, first.code)]
    for one in pair:
        one.producer.tax_code = "5701234567"
    session.flush()
    assert found_of(session, first) == [(Finding.SAME_TAX_CODE, second.code)]
    second.producer.name_vi, second.producer.tax_code = "HTX Đồng Rui", ""
    for one in pair:
        one.producer.contact_phone = "0912345678"
    session.flush()
    assert found_of(session, first) == [(Finding.SAME_PHONE, second.code)]


def test_an_ended_twin_and_one_that_is_hidden_are_not_told(
    session: Session, organiser: OrganiserPlayer, pair: tuple[BoothApplication, BoothApplication]
) -> None:
    first, second = pair
    assert found_of(session, first, frozenset({second.id})) == []
    assert found_of(session, first, frozenset({first.id})) == [(Finding.SAME_NAME, second.code)]
    move_application(session, organiser.actor, second, "withdraw", By.PRODUCER)
    session.flush()
    assert found_of(session, first) == []
    assert found_of(session, second) == []


def test_names_entered_before_names_had_keys_get_theirs(
    session: Session, pair: tuple[BoothApplication, BoothApplication]
) -> None:
    table = pair[0].producer.__table__
    session.execute(table.update().values(name_key=""))  # type: ignore[attr-defined]  # a table, said to be any clause
    assert found_of(session, pair[0]) == []
    key_names(session)
    assert found_of(session, pair[0]) == [(Finding.SAME_NAME, pair[1].code)]


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (S.EXPIRED, Finding.OFFER_LAPSED),
        (S.WITHDRAWN, Finding.GAVE_UP),
        (S.CANCELLED, Finding.CANCELLED),
        (S.CONFIRMED, None),
        (S.DECLINED, None),
    ],
)
def test_places_given_up_at_earlier_fairs_of_the_same_organiser_are_told(
    play: Play, session: Session, organiser: OrganiserPlayer, fair: Fair, ended: S, expected: Finding | None
) -> None:
    player = play(a_producer)
    autumn = play(an_open_fair, organiser, booths=2, name="Hội chợ Thu")
    earlier = play(a_confirmed_application, organiser, player, autumn)
    earlier.state = ended.value
    now = a_submitted_application(session, fair, player)
    assert found_of(session, now) == ([(expected, "Hội chợ Thu")] if expected else [])
    elsewhere = an_organiser(session, "Ban tổ chức Móng Cái", "btc@mongcai.example")
    other = a_submitted_application(session, an_open_fair(session, elsewhere, booths=2, name="Xa"), player)
    assert found_of(session, other) == []


def test_a_withdrawal_before_a_place_was_confirmed_counts_for_nothing(
    session: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    player = a_producer(session)
    earlier = a_submitted_application(session, an_open_fair(session, organiser, booths=2, name="Hội chợ Thu"), player)
    move_application(session, player.actor, earlier, "withdraw", By.PRODUCER)
    assert found_of(session, a_submitted_application(session, fair, player)) == []


def test_quotas_that_accepting_would_pass_are_told(
    session: Session, organiser: OrganiserPlayer, fair: Fair, pair: tuple[BoothApplication, BoothApplication]
) -> None:
    first, second = pair
    assert quotas_without_room(session, second) == []
    set_quota(session, organiser.actor, fair, "product_group", "food", least=None, most=1)
    assert quotas_without_room(session, second) == []
    stage_decision(session, organiser.actor, first, Decision.ACCEPT)
    assert [most for _, most in quotas_without_room(session, second)] == [1]


def test_a_queue_row_shows_the_tone_of_what_lies_beyond(
    session: Session, fair: Fair, pair: tuple[BoothApplication, BoothApplication]
) -> None:
    for one in pair:
        one.producer.tax_code = "5701234567"
    session.flush()
    tones = {row.tone for row in whole_queue(session, fair, QueueFilters())}
    assert tones == {"warn"}
    alone = whole_queue(session, fair, QueueFilters(hidden=frozenset({pair[0].id})))
    assert [(row.code, row.tone) for row in alone] == [(pair[1].code, "ok")]


def test_a_sheet_of_many_finds_the_same_as_pages_of_few(
    session: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    add_many_applications(session, fair, FEW + 20, organiser.user.id)
    everything = list(session.scalars(select(BoothApplication)))
    many = checks_beyond(session, fair, everything)
    few: dict[int, list[Check]] = {}
    for start in range(0, len(everything), 30):
        few |= checks_beyond(session, fair, everything[start : start + 30])
    assert {number: checks for number, checks in few.items() if checks} == {n: c for n, c in many.items() if c}
    assert sum(bool(checks) for checks in many.values()) > FEW / 2


def test_findings_stand_in_words_on_the_page(
    visit: Callable[..., Visitor],
    organiser: OrganiserPlayer,
    fair: Fair,
    pair: tuple[BoothApplication, BoothApplication],
) -> None:
    page = visit(organiser.user.email).get(f"/organise/fairs/{fair.slug}/applications/{pair[0].code}")
    assert f"Trùng tên với đơn {pair[1].code}" in page.text
    assert f'href="/organise/fairs/{fair.slug}/applications/{pair[1].code}"' in page.text
