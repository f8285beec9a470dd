"""An allocation from the first proposal to the last letter, in real browsers: propose, pin, swap, compute again, adopt,
undo, publish, decline, the next of the list, a lapse, again after a blocked booth, and the next offered by itself; two
organisers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import select

from accounts.user import User
from events.fairs.fair import find_fair
from events.floor_plans.draw_floor_plan import block_booth
from exhibitors.allocation.allocation_board import find_booth
from exhibitors.allocation.answer_offer import expire_offers
from exhibitors.allocation.booth_assignment import AssignmentState, assignments_of
from exhibitors.allocation.waiting_list.automatic_offers import offer_automatically
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.actor import Actor, Role
from tests.cast import BASE_URL, a_producer, a_submitted_application, an_open_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.traveller import Traveller, enter, press, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from sqlalchemy.orm import Session

    from tests.journeys.conftest import Noise
    from tests.real_server import RealServer

APPLICATIONS = 8
BOOTHS_A_ZONE = 3
READY = "Đã xong"


def fair_in_screening(
    server: RealServer, organiser_email: str = "btc@halong.example", host: str = "htx.example"
) -> tuple[str, list[str]]:
    """Six booths and eight applications in review; answers the fair's slug and the codes in the order of sending."""
    with database_of(server) as session:
        organiser = an_organiser(session, email=organiser_email)
        fair = an_open_fair(session, organiser, booths=BOOTHS_A_ZONE)
        codes = []
        for number in range(1, APPLICATIONS + 1):
            player = a_producer(session, f"HTX Số {number}", f"so{number}@{host}")
            application = a_submitted_application(session, fair, player)
            take_up(session, organiser.actor, application)
            codes.append(application.code)
        return fair.slug, codes


def board(server: RealServer, codes: list[str]) -> dict[str, list[str]]:
    """Who stands where, by the code of the application; those without a booth are left out."""
    with database_of(server) as session:
        held = {
            application.code: [one.booth.code for one in assignments_of(session, application.id)]
            for application in session.scalars(select(BoothApplication).where(BoothApplication.code.in_(codes)))
        }
    return {code: booths for code, booths in held.items() if booths}


def propose(traveller: Traveller, slug: str) -> str:
    """Ask for a proposal of everybody in review and wait until it is ready; answers its address."""
    page = traveller.page
    traveller.go(f"/organise/fairs/{slug}/proposals")
    page.locator("input[value=reviewed]").check()
    with page.expect_navigation():  # looked at when it is ready: meanwhile the page shows itself anew
        page.locator("form[aria-labelledby=h-ask] button").click()
    expect(page.locator("main .row[role=status]")).to_contain_text(READY, timeout=60_000)
    traveller.arrive()
    return page.url


def act_stands_before_lists(page: Page) -> None:
    """On a telephone the press and the plan come before the list of units; a wide screen has all three side by side."""
    act, plan, units = (page.locator(f".studio > {part}") for part in (".act", "#plan", ".news"))
    page.set_viewport_size({"width": 390, "height": 844})
    tops = [box["y"] for part in (act, plan, units) if (box := part.bounding_box())]
    assert (len(tops), tops) == (3, sorted(tops))
    page.set_viewport_size({"width": 1280, "height": 900})
    lefts = [box["x"] for part in (units, plan, act) if (box := part.bounding_box())]
    assert (len(set(lefts)), lefts) == (3, sorted(lefts))


def every_figure_is_seen(page: Page) -> None:
    """The table that compares proposals stands whole within its card, to its last column."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        card = page.locator("section[aria-labelledby=h-side]")
        outer, inner = card.bounding_box(), card.locator("tbody td").last.bounding_box()
        assert outer
        assert inner
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    page.set_viewport_size({"width": 1280, "height": 900})


def adopt(traveller: Traveller) -> None:
    press(traveller, traveller.page.locator("form[action$='/adopt'] button"))


def pin(traveller: Traveller, slug: str, code: str) -> None:
    traveller.go(f"/organise/fairs/{slug}/booths?application={code}")
    press(traveller, traveller.page.locator("form[action*='/pins/'] button"))
    expect(traveller.page.locator("form[action*='/pins/'] button")).to_contain_text("Bỏ ghim")


def swap(page: Page, slug: str, code: str, booth: str) -> None:
    page.goto(f"/organise/fairs/{slug}/booths/{booth}?application={code}")
    with page.expect_navigation():
        page.locator("form[action$='/swap'] button").click()


def organiser_of(session: Session, organisation_id: int) -> Actor:
    user = session.scalars(select(User).where(User.email == "btc@halong.example")).one()
    return Actor(user.id, user.name, organiser_roles={organisation_id: Role.OWNER})


def put_rest_on_list(server: RealServer, slug: str, codes: list[str]) -> None:
    with database_of(server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        actor = organiser_of(session, fair.organisation_id)
        for application in session.scalars(select(BoothApplication).where(BoothApplication.code.in_(codes))):
            if application.decision is None:
                stage_decision(
                    session,
                    actor,
                    application,
                    Decision.WAITLIST,
                    reason="Đã hết gian.",
                    reason_code=ReasonCode.NO_ROOM,
                )


def state_of(server: RealServer, code: str) -> ApplicationState:
    with database_of(server) as session:
        return session.scalars(select(BoothApplication).where(BoothApplication.code == code)).one().current


def is_offered(server: RealServer, code: str) -> bool:
    """Whether its producer has been told a booth and has not answered."""
    with database_of(server) as session:
        application = session.scalars(select(BoothApplication).where(BoothApplication.code == code)).one()
        return [one.current for one in assignments_of(session, application.id)] == [AssignmentState.PUBLISHED]


def test_allocation_from_the_first_proposal_to_the_next_on_the_list(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    slug, codes = fair_in_screening(live_server)
    organiser = travel()
    sign_in(organiser, "btc@halong.example")
    first = propose(organiser, slug)
    act_stands_before_lists(organiser.page)
    adopt(organiser)
    placed = board(live_server, codes)
    assert sorted(len(booths) for booths in placed.values()) == [1] * (2 * BOOTHS_A_ZONE)
    # taken off and put on again
    organiser.go(first.partition(str(live_server.url))[2])
    press(organiser, organiser.page.locator("form[action$='/undo'] button"))
    assert board(live_server, codes) == {}
    adopt(organiser)
    assert board(live_server, codes) == placed
    # two pinned after they changed places; what is computed again leaves them there
    one, other = sorted(placed, key=lambda code: placed[code])[:2]
    swap(organiser.page, slug, one, placed[other][0])
    pin(organiser, slug, one)
    pin(organiser, slug, other)
    organiser.go(first.partition(str(live_server.url))[2])
    propose(organiser, slug)
    adopt(organiser)
    now = board(live_server, codes)
    assert (now[one], now[other]) == (placed[other], placed[one])
    # side by side
    organiser.go(f"/organise/fairs/{slug}/proposals")
    expect(organiser.page.locator("section[aria-labelledby=h-side] tbody tr")).to_have_count(3)
    every_figure_is_seen(organiser.page)
    publish_and_answer(organiser, travel(), live_server, slug, codes)
    next_offer_by_itself(organiser, travel(), live_server, slug, codes)


def publish_and_answer(
    organiser: Traveller, producer: Traveller, live_server: RealServer, slug: str, codes: list[str]
) -> None:
    held = board(live_server, codes)
    put_rest_on_list(live_server, slug, [code for code in codes if code not in held])
    organiser.go(f"/organise/fairs/{slug}/publish")
    press(organiser, organiser.page.locator("form[data-sending] button"))
    # one declines and reads on its own page why it stands where it stands
    leaving = next(code for code in codes if code in held)
    sign_in(producer, f"so{codes.index(leaving) + 1}@htx.example")
    producer.go(f"/applications/{leaving}")
    expect(producer.page.locator("#h-why")).to_be_visible()
    producer.go(f"/applications/{leaving}/decline")
    press(producer, producer.page.locator("main form button").first)
    assert state_of(live_server, leaving) is ApplicationState.DECLINED
    # the next of the list is offered the freed booth
    organiser.go(f"/organise/fairs/{slug}/waiting-list")
    press(organiser, organiser.page.locator("button[formaction$='/offer']").first)
    after = board(live_server, codes)
    [lucky] = after.keys() - held.keys()
    assert after[lucky] == held[leaving]
    # nobody answers: the offer goes to the other one
    with database_of(live_server) as session:
        expire_offers(session, clock.now() + timedelta(days=5), base_url=BASE_URL)
    assert state_of(live_server, lucky) is ApplicationState.WAITLISTED
    organiser.go(f"/organise/fairs/{slug}/waiting-list")
    expect(organiser.page.locator("main .item .t").first).not_to_contain_text(f"Số {codes.index(lucky) + 1}")
    after_a_blocked_booth(organiser, live_server, slug, codes)


def after_a_blocked_booth(organiser: Traveller, live_server: RealServer, slug: str, codes: list[str]) -> None:
    """Of those published only the one whose booth is gone moves; it takes the booth that nobody answered for."""
    held = board(live_server, codes)
    moved = next(iter(held))
    [lost] = held[moved]
    organiser.page.goto(f"/organise/fairs/{slug}/booths/{lost}")
    organiser.page.locator("[name=reason]").last.fill("Cột điện đổ")
    press(organiser, organiser.page.locator("form[action$='/vacate'] button"))
    with database_of(live_server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        booth = find_booth(session, fair, lost)
        assert booth is not None
        block_booth(session, organiser_of(session, fair.organisation_id), booth, "Cột điện đổ")
    propose(organiser, slug)
    expect(organiser.page.locator("main .funnel > :last-child b")).to_have_text("0")  # published places that move
    adopt(organiser)
    now = board(live_server, codes)
    assert {code: now[code] for code in held if code != moved} == {
        code: booths for code, booths in held.items() if code != moved
    }
    assert len(now[moved]) == 1


def next_offer_by_itself(
    organiser: Traveller, producer: Traveller, live_server: RealServer, slug: str, codes: list[str]
) -> None:
    """Switched on by the organiser, a booth that somebody declines is offered to whose turn it is."""
    held = board(live_server, codes)
    leaving = next(code for code in held if is_offered(live_server, code))
    organiser.go(f"/organise/fairs/{slug}/waiting-list")
    press(organiser, organiser.page.locator("form[action$='/automatic'] button"))
    sign_in(producer, f"so{codes.index(leaving) + 1}@htx.example")
    producer.go(f"/applications/{leaving}/decline")
    press(producer, producer.page.locator("main form button").first)
    with database_of(live_server) as session:
        offer_automatically(session, clock.now(), base_url=BASE_URL)  # the server's own round may have been quicker
    (lucky,) = (code for code, booths in board(live_server, codes).items() if booths == held[leaving])
    assert lucky not in held
    assert state_of(live_server, lucky) is ApplicationState.ACCEPTED


def test_two_organisers_end_in_one_state(
    travel: Callable[..., Traveller], live_server: RealServer, noise: Noise
) -> None:
    """Both have a proposal before their eyes; the second to press is refused, told why, and nothing is half done."""
    noise.expect_status(422)
    slug, codes = fair_in_screening(live_server, "hai-nguoi@halong.example", "hai-nguoi.example")
    first, second = travel(), travel()
    for organiser in (first, second):
        enter(organiser, "hai-nguoi@halong.example")
    older = propose(first, slug)
    second.page.goto(older)
    propose(first, slug)
    adopt(first)
    placed = board(live_server, codes)
    with second.page.expect_navigation():
        second.page.locator("form[action$='/adopt'] button").click()
    expect(second.page.locator("main")).to_contain_text("Hội chợ đã thay đổi từ lúc tính phương án 1.")
    second.arrive()
    assert board(live_server, codes) == placed
