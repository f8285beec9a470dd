"""Pages that are older than what stands there now, in the browser: words come back, nothing begins by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from events.fairs.fair import find_fair
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.asked_points import Point
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import ask_for_changes
from foundation import clock
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application
from tests.journeys.crowd import database_of, organiser_with_open_fair
from tests.journeys.traveller import Traveller, enter, nothing_waits, press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Noise
    from tests.real_server import RealServer

COUNTER = count(1)
ELSEWHERE = "Cần thêm một ổ cắm."
KEPT = "Gần cửa ra vào, xe kéo đi được."


class Stage(NamedTuple):
    """Who applies where, with the page of the form open."""

    traveller: Traveller
    organiser: OrganiserPlayer
    player: ProducerPlayer
    slug: str


@pytest.fixture
def stage(travel: Callable[..., Traveller], live_server: RealServer) -> Callable[..., Stage]:
    """`stage(is_sent=True)`: a household at an open fair; with an application that was sent, or with none."""

    def begin(*, is_sent: bool = False, **more: Any) -> Stage:
        name = f"Trang cũ {next(COUNTER)}"
        with database_of(live_server) as session:
            organiser, slug = organiser_with_open_fair(session, name)
            player = a_producer(session, f"Hộ {name}", f"ho.trang.cu.{next(COUNTER)}@ho.example")
            fair = find_fair(session, slug)
            assert fair is not None
            if is_sent:
                a_submitted_application(session, fair, player)
            email = player.user.email
        traveller = travel(**more)
        enter(traveller, email)
        traveller.go(f"/apply/{slug}")
        return Stage(traveller, organiser, player, slug)

    return begin


def application_at(session: Any, slug: str) -> BoothApplication:
    """The one application of the fair."""
    fair = find_fair(session, slug)
    assert fair is not None
    found: BoothApplication = session.scalars(
        sa.select(BoothApplication).where(BoothApplication.fair_id == fair.id)
    ).one()
    return found


def ask_about_the_name(server: RealServer, on: Stage) -> None:
    """The organiser asks for changes of the fascia's name alone."""
    with database_of(server) as session:
        sent = application_at(session, on.slug)
        facts = {"points": "Ghi đủ tên hộ", "due_at": clock.now() + timedelta(days=3), "base_url": BASE_URL}
        ask_for_changes(session, on.organiser.actor, sent, opened=(Point.FASCIA,), **facts)


def withdraw(server: RealServer, on: Stage) -> None:
    """Somebody else of the unit takes the application back."""
    with database_of(server) as session:
        withdraw_application(session, on.player.actor, application_at(session, on.slug), base_url=BASE_URL)


def how_many(server: RealServer, slug: str) -> int:
    """How many applications the fair has, ended ones too."""
    with database_of(server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        query = sa.select(sa.func.count()).where(BoothApplication.fair_id == fair.id)
        return session.scalar(query) or 0


@pytest.mark.parametrize("with_script", [True, False])
def test_words_in_parts_closed_since_are_shown_on_the_page_of_the_refusal(
    stage: Callable[..., Stage], noise: Noise, live_server: RealServer, with_script: bool
) -> None:
    noise.expect_status(422)
    on = stage(is_sent=True, with_script=with_script)
    page = on.traveller.page
    page.locator("[name=note]").fill(KEPT)
    ask_about_the_name(live_server, on)
    press(on.traveller, page.locator("button[name=action][value=change]"))
    expect(page.locator(".note dl dd:visible")).to_have_text([KEPT])
    expect(page.locator("[name=note]")).to_have_count(0)


def test_words_that_waited_on_the_device_are_shown_where_their_part_is_closed(
    stage: Callable[..., Stage], noise: Noise, live_server: RealServer
) -> None:
    on = stage(is_sent=True)
    on.traveller.page.locator("[name=note]").fill(KEPT)
    on.traveller.page.locator("[name=fascia_name]").fill("HỘ BÀ TƯ")
    on.traveller.page.locator("[name=fascia_name]").blur()  # now they wait on the device, however the page is closed
    ask_about_the_name(live_server, on)
    page = another_page(on.traveller.page, on, noise)
    left = page.locator("[data-autosave-left]")
    expect(left.locator("dt")).to_have_text(["Ban tổ chức cần biết thêm điều gì?"])
    expect(left.locator("dd")).to_have_text([KEPT])
    expect(page.locator("[name=fascia_name]")).to_have_value("HỘ BÀ TƯ")
    page.reload()
    expect(left.locator("dd")).to_have_text([KEPT])
    left.get_by_role("button").click()
    page.reload()
    expect(left).to_be_hidden()


def test_late_save_of_a_withdrawn_application_says_so_and_keeps_the_words(
    stage: Callable[..., Stage], noise: Noise, live_server: RealServer
) -> None:
    noise.expect_status(409, 422)
    on = stage()
    page = on.traveller.page
    press(on.traveller, page.locator("button[name=action][value=save]"))
    withdraw(live_server, on)
    with page.expect_response(re.compile("/autosave$")) as answered:
        page.locator("[name=note]").fill(KEPT)
        page.locator("[name=note]").blur()
    assert (answered.value.status, how_many(live_server, on.slug)) == (409, 1)
    expect(page.locator("[data-autosave-status]").first).to_contain_text("đã được rút")
    expect(page.locator("[name=note]")).to_have_value(KEPT)
    opened_again = another_page(page, on, noise)
    expect(opened_again.locator("[name=note]")).to_have_value(KEPT)
    expect(opened_again.locator("[data-autosave-status]").first).to_contain_text("chưa được lưu")
    assert how_many(live_server, on.slug) == 1
    press(Traveller(opened_again, "vi", on.traveller.look), opened_again.locator("button[name=action][value=save]"))
    assert how_many(live_server, on.slug) == 2


def test_words_saved_elsewhere_in_the_same_field_are_shown_beside_those_of_the_device(
    stage: Callable[..., Stage], noise: Noise, live_server: RealServer
) -> None:
    on = stage()
    page = on.traveller.page
    page.locator("[name=fascia_name]").fill("HỘ BÀ TƯ")
    press(on.traveller, page.locator("button[name=action][value=save]"))
    page.context.set_offline(True)
    page.locator("[name=note]").fill(KEPT)
    page.locator("[name=note]").blur()
    expect(page.locator("[data-autosave-status]").first).to_contain_text("Mất mạng")
    with database_of(live_server) as session:
        application = application_at(session, on.slug)
        application.note, application.fascia_name = ELSEWHERE, "HỘ ÔNG TƯ"
        session.commit()
    noise.forgive("ERR_INTERNET_DISCONNECTED")
    opened = another_page(page, on, noise)
    left = opened.locator("[data-autosave-left]")
    expect(left.locator("dt")).to_contain_text(["Ban tổ chức cần biết thêm điều gì? (đã lưu ở nơi khác, nay thay"])
    expect(left.locator("dd")).to_have_text([ELSEWHERE])
    nothing_waits(opened)
    opened.reload()
    expect(opened.locator("[name=note]")).to_have_value(KEPT)
    expect(opened.locator("[name=fascia_name]")).to_have_value("HỘ ÔNG TƯ")
    expect(left.locator("dd")).to_have_text([ELSEWHERE])


def another_page(page: Page, on: Stage, noise: Noise) -> Page:
    """The form opened again in the same browser with a network, after the page was left and closed."""
    context = page.context
    page.goto("about:blank")  # a slow page that is closed may be ended before its last moment
    page.close(run_before_unload=False)
    context.set_offline(False)
    opened = context.new_page()
    noise.listen_to(opened)
    Traveller(opened, "vi", on.traveller.look).go(f"/apply/{on.slug}")
    return opened


def test_words_of_a_refused_form_go_along_into_the_other_language(
    stage: Callable[..., Stage], live_server: RealServer, noise: Noise
) -> None:
    """What cannot be read keeps nothing else from coming back, neither there nor when the page is opened anew."""
    on = stage()
    page = on.traveller.page
    noise.expect_status(422)
    page.locator("[name=needs_power]").check()
    page.locator("main [name=power_kw]").fill("abc")
    page.locator("main [name=note]").fill(KEPT)
    press(on.traveller, page.locator("button[value=save]"))
    expect(page.locator("main [name=power_kw]")).to_have_attribute("aria-invalid", "true")
    page.locator("header a[hreflang=en]").click()
    page.wait_for_url(re.compile("/en/apply/"))
    for name, typed in (("power_kw", "abc"), ("note", KEPT)):
        expect(page.locator(f"main [name={name}]")).to_have_value(typed)
