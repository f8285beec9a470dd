"""What was done lately: by its moment, an act and its booths in one line, all of it page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from accounts.make_organiser import make_admin
from events.fairs.fair import Fair
from events.fairs.organise_fair import create_fair, publish_fair
from events.floor_plans.set_up_booth_types import add_booth_type
from exhibitors.allocation.recent_changes import PER_PAGE, RecentChange, changes_page, recent_changes
from exhibitors.results.fair_figure import Measure, publish_figure
from foundation import clock
from foundation.actor import Role
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from tests.cast import (
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_fair_role,
    a_member,
    a_venue,
    an_organiser,
)

if TYPE_CHECKING:
    from tests.exhibitors.conftest import Visitor

Visit = Callable[..., "Visitor"]


def lines(changes: list[RecentChange]) -> list[tuple[str, str]]:
    return [(change.what, change.place) for change in changes]


def test_newest_moment_comes_first_whatever_was_entered_last(
    store: Session, fair: Fair, organiser: OrganiserPlayer
) -> None:
    now = clock.now()
    with clock.as_of(now + timedelta(days=2)):
        record(store, organiser.actor, "fair.change", fair, fair_id=fair.id)
    with clock.as_of(now + timedelta(days=1)):
        record(store, organiser.actor, "plan.save", fair_id=fair.id)
    store.flush()
    told = list(recent_changes(store, [fair.id], 2))
    assert lines(told) == [("fair.change", ""), ("plan.save", "")]
    assert recent_changes(store, [fair.id], since=now + timedelta(days=3)) == []


def test_confirmation_and_its_booth_are_one_line(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    a_confirmed_application(store, organiser, player, fair)
    store.flush()
    told = lines(list(recent_changes(store, [fair.id], 50)))
    assert ("application.confirm", "A01") in told
    assert ("application.accept", "A01") in told
    assert {"assignment.confirm", "assignment.publish"} & {what for what, _ in told} == set()
    assert told.count(("assignment.propose", "A01")) == 1  # put on the booth by hand: an act of its own


def test_what_was_entered_is_named(store: Session, fair: Fair, organiser: OrganiserPlayer) -> None:
    add_booth_type(store, organiser.actor, fair, kind="corner", name_vi="Gian góc 3 × 3 m")
    store.flush()
    told = recent_changes(store, [fair.id], 2)
    assert (told[0].what, told[0].thing, told[1].thing) == ("booth_type.add", "Gian góc 3 × 3 m", "")


def test_booth_that_is_confirmed_by_itself_later_is_told(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    application = a_confirmed_application(store, organiser, player, fair)
    with clock.as_of(clock.now() + timedelta(minutes=5)):
        record(
            store, organiser.actor, "assignment.confirm", fair_id=fair.id,
            new={"application": application.code, "booth": "A02"},
        )  # fmt: skip
    store.flush()
    assert lines(list(recent_changes(store, [fair.id], 1))) == [("assignment.confirm", "A02")]


def test_all_changes_stand_page_by_page(
    visit: Visit, store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    for number in range(PER_PAGE):
        with clock.as_of(clock.now() + timedelta(minutes=number)):
            record(store, organiser.actor, "plan.save", fair_id=fair.id)
    store.flush()
    first, beyond = changes_page(store, [fair.id]), changes_page(store, [fair.id], 99)
    assert (len(first.rows), first.pages, beyond.number) == (PER_PAGE, 2, 2)
    browser = visit(organiser.user.email)
    for address in (f"/organise/fairs/{fair.slug}/changes", "/organise/changes"):
        page = browser.get(address)
        assert (page.status_code, page.text.count("Lưu mặt bằng"), "page=2" in page.text) == (200, PER_PAGE, True)
        assert "Công bố hội chợ" in browser.get(f"{address}?page=2").text
    assert f'href="/organise/fairs/{fair.slug}/changes"' in browser.get(f"/organise/fairs/{fair.slug}").text
    assert 'href="/organise/changes"' in browser.get("/organise").text
    assert visit(an_organiser(store, "Khác", "khac@x.example").user.email).get("/organise/changes").status_code == 200


def test_changes_of_others_stay_theirs(visit: Visit, store: Session, fair: Fair) -> None:
    other = an_organiser(store, "Khác", "khac@x.example")
    browser = visit(other.user.email)
    assert browser.get(f"/organise/fairs/{fair.slug}/changes").status_code == 404
    assert "Chưa có thay đổi nào" in browser.get("/organise/changes").text


@pytest.mark.parametrize("whose", ["own", "role", "admin"])
def test_desk_says_whose_fairs_it_shows(
    visit: Visit, store: Session, fair: Fair, organiser: OrganiserPlayer, whose: str
) -> None:
    email = organiser.user.email
    if whose == "role":
        member = a_member(store, organiser, Role.LIMITED, "khu@x.example")
        a_fair_role(store, member, fair, Role.REVIEWER)
        email = member.user.email
    elif whose == "admin":
        email = an_organiser(store, "Quản trị", "quantri@x.example").user.email
        make_admin(store, email=email)
    said = {
        "own": ("1 hội chợ của đơn vị bạn", "1 fair of your organisation"),
        "role": ("1 hội chợ bạn tham gia tổ chức", "1 fair that you work at"),
        "admin": ("1 hội chợ của mọi đơn vị bạn quản trị", "1 fair of all organisations, which you administer"),
    }[whose]
    browser = visit(email)
    for prefix, sentence in zip(("", "/en"), said, strict=True):
        page = browser.get(f"{prefix}/organise").text
        assert sentence in page
        assert (organiser.organisation.name_vi in page.partition('id="h-fairs"')[2]) is (whose == "admin")


def test_fair_that_is_over_shows_what_it_achieved_and_nothing_to_draw(
    visit: Visit, store: Session, organiser: OrganiserPlayer
) -> None:
    days = {"first_day": clock.today() - timedelta(days=400), "last_day": clock.today() - timedelta(days=396)}
    held = create_fair(
        store, organiser.actor,
        organisation_id=organiser.organisation.id, kind="fair", name_vi="Hè", venue_ids=[a_venue(store).id], **days,
    )  # fmt: skip
    publish_fair(store, organiser.actor, held)
    browser = visit(organiser.user.email)
    empty = browser.get(f"/organise/fairs/{held.slug}").text
    assert ("Chưa có số liệu nào được công bố" in empty, "Kỳ tiếp theo" in empty) == (True, True)
    publish_figure(
        store, organiser.actor, held,
        measure=Measure.REVENUE, amount=1_600_000_000, qualifier=Bilingual("gần", "nearly"), source="Báo Quảng Ninh",
    )  # fmt: skip
    store.commit()
    for prefix, figure, words in (
        ("", "Gần 1,6\xa0tỷ\xa0đồng", ("Vẽ mặt bằng", "Đã gửi đơn", "Việc hôm nay")),
        ("/en", "Nearly 1.6\xa0billion\xa0đồng", ("Draw the plan", "To do today", "Under review")),
    ):
        page = browser.get(f"{prefix}/organise/fairs/{held.slug}").text
        assert (figure in page, "Báo Quảng Ninh" in page) == (True, True)
        assert [word for word in words if word in page] == []
