"""What goes wrong on an ordinary day: mistyped forms, ended sessions, lost networks, double presses, two at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from events.fairs.fair import find_fair
from events.fairs.organise_fair import close_call
from tests.journeys.crowd import accepted_applications, database_of, organiser_with_open_fair, producer_for
from tests.journeys.traveller import ALERT, Traveller, enter, expect_named, nothing_waits, press, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Noise
    from tests.real_server import RealServer

LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
COUNTER = count(1)
KEPT = "Gần cửa ra vào, xe kéo đi được."


@LANGUAGES
def test_wrong_sign_up_names_the_field_and_keeps_the_rest(
    travel: Callable[..., Traveller], noise: Noise, language: str
) -> None:
    noise.expect_status(422)
    traveller = travel(language)
    page = traveller.page
    traveller.go("/sign-up")
    page.locator("main [name=name]").fill("Đặng Thị Mơ")
    page.locator("main [name=email]").fill("mo.example")
    page.locator("main [name=password]").fill("12345678")
    press(traveller, page.locator("form:has([name=password]) button"))
    expect_named(page, "email", "mo.example")
    expect(page.locator("main [name=name]")).to_have_value("Đặng Thị Mơ")
    expect(page.locator("main [name=password]")).to_have_value("")


@LANGUAGES
def test_wrong_unit_and_product_name_the_field_and_keep_the_rest(
    travel: Callable[..., Traveller], noise: Noise, live_server: RealServer, language: str
) -> None:
    noise.expect_status(422)
    with database_of(live_server) as session:
        email = producer_for(session, f"Sai {language}")
    traveller = travel(language)
    page = traveller.page
    sign_in(traveller, email)
    traveller.go("/producer/edit")
    page.locator("[name=name_vi]").fill("HTX Đổi Tên")
    page.locator("[name=contact_person]").fill("Bế Văn Tư")
    page.locator("[name=contact_phone]").fill("12")
    press(traveller, page.locator("form:has([name=contact_phone]) button").last)
    expect_named(page, "contact_phone", "12")
    expect(page.locator("[name=name_vi]")).to_have_value("HTX Đổi Tên")
    traveller.go("/producer/products/new")
    page.locator("[name=name_vi]").fill("Chả mực giã tay")
    page.locator("[name=group_id]").select_option(index=1)
    page.locator("[name=price]").fill("rẻ thôi")
    press(traveller, page.locator("form:has([name=stars]) button").first)
    expect_named(page, "price", "rẻ thôi")
    expect(page.locator("[name=name_vi]")).to_have_value("Chả mực giã tay")


@LANGUAGES
def test_wrong_fair_and_zone_name_the_field_and_keep_the_rest(
    travel: Callable[..., Traveller], noise: Noise, live_server: RealServer, language: str
) -> None:
    noise.expect_status(422)
    with database_of(live_server) as session:
        organiser, slug = organiser_with_open_fair(session, f"Nhầm {language}")
        email = organiser.user.email
    traveller = travel(language)
    page = traveller.page
    sign_in(traveller, email)
    traveller.go("/organise/fairs/new")
    page.locator("[name=name_vi]").fill("Phiên chợ Cái Rồng")
    page.locator("[name=first_day]").fill("2027-05-10")
    page.locator("[name=last_day]").fill("2027-05-08")
    press(traveller, page.locator("form:has([name=name_vi]) button").last)
    expect_named(page, "last_day", "2027-05-08")
    expect(page.locator("[name=name_vi]")).to_have_value("Phiên chợ Cái Rồng")
    traveller = travel(language, with_script=False)  # with scripts zones are drawn in the editor
    page = traveller.page
    enter(traveller, email)
    traveller.go(f"/organise/fairs/{slug}/plan/forms")
    form = page.locator("form[method=post]:has([name=per_row])")
    form.locator("[name=code]").fill("A")
    form.locator("[name=name_vi]").fill("Khu đã có")
    press(traveller, form.locator("button[type=submit]"))
    expect_named(page, "code", "A", with_script=False)
    expect(form.locator("[name=name_vi]")).to_have_value("Khu đã có")


@LANGUAGES
def test_rules_not_accepted_are_named(
    travel: Callable[..., Traveller], noise: Noise, live_server: RealServer, language: str
) -> None:
    noise.expect_status(422)
    with database_of(live_server) as session:
        _, slug = organiser_with_open_fair(session, f"Quy tắc {language}")
        email = producer_for(session, f"Quy tắc {language}")
    traveller = travel(language)
    page = traveller.page
    enter(traveller, email)
    traveller.go(f"/apply/{slug}")
    page.locator("[name=note]").fill(KEPT)
    press(traveller, page.locator("button[name=action][value=send]"))
    press(traveller, page.locator("form:has([name=rules_accepted]) button"))
    expect_named(page, "rules_accepted")
    expect(page.locator("main")).to_contain_text(KEPT)


@pytest.fixture
def applicant(travel: Callable[..., Traveller], live_server: RealServer) -> Any:
    """A producer who has opened the form of an open fair; answers the traveller, the address and the slug."""
    name = f"Lần {next(COUNTER)}"
    with database_of(live_server) as session:
        _, slug = organiser_with_open_fair(session, name)
        email = producer_for(session, name)

    def begin(**more: Any) -> tuple[Traveller, str, str]:
        traveller = travel(**more)
        enter(traveller, email)
        traveller.go(f"/apply/{slug}")
        return traveller, email, slug

    return begin


def hand_in(traveller: Traveller) -> None:
    """From the filled form to the page with the receipt's button pressed once."""
    page = traveller.page
    page.locator("[name=wish_1]").select_option(index=1)
    press(traveller, page.locator("button[name=action][value=send]"))
    page.locator("[name=rules_accepted]").check()
    page.locator("[name=pledge_given]").check()


def test_nothing_is_lost_when_the_session_ends_in_the_form(applicant: Any, noise: Noise) -> None:
    noise.expect_status(400, 401)
    traveller, email, slug = applicant()
    page = traveller.page
    page.context.clear_cookies()
    page.locator("[name=note]").fill(KEPT)
    press(traveller, page.locator("button[name=action][value=save]"))
    sign_in(traveller, email)
    traveller.go(f"/apply/{slug}")
    expect(page.locator("[name=note]")).to_have_value(KEPT)


def test_nothing_is_lost_when_the_session_ends_without_a_script(applicant: Any, noise: Noise) -> None:
    noise.expect_status(400)
    traveller, email, slug = applicant(with_script=False)
    page = traveller.page
    page.context.clear_cookies()
    page.locator("[name=note]").fill(KEPT)
    press(traveller, page.locator("button[name=action][value=save]"))
    with page.context.expect_page() as opened:
        page.locator("a[target=_blank]").click()
    sign_in(Traveller(opened.value, "vi", traveller.look, has_script=False), email)
    again = page.locator("main form button")
    press(traveller, again)  # this page was made before the sign-in
    press(traveller, again)
    expect(page.locator("[name=note]")).to_have_value(KEPT)
    assert page.url.endswith(f"/apply/{slug}")


def type_offline(page: Page, noise: Noise) -> None:
    """Type a note without a network; the page says where it is kept."""
    said = str(page.locator("form[data-autosave]").get_attribute("data-offline"))
    page.context.set_offline(True)
    page.locator("[name=note]").fill(KEPT)
    page.locator("[name=note]").blur()
    expect(page.locator("[data-autosave-status]").first).to_have_text(said)
    noise.forgive("ERR_INTERNET_DISCONNECTED")


def test_nothing_is_lost_when_the_network_goes_and_comes(applicant: Any, noise: Noise) -> None:
    traveller, _, slug = applicant()
    page = traveller.page
    type_offline(page, noise)
    with page.expect_response(re.compile("/autosave$")) as answered:
        page.context.set_offline(False)
    assert answered.value.status == 200
    traveller.go(f"/apply/{slug}")
    expect(page.locator("[name=note]")).to_have_value(KEPT)


def open_again(page: Page, traveller: Traveller, noise: Noise, slug: str) -> Page:
    """A new page of the same browser, when nothing waits any more: it is as the server has it."""
    page.context.set_offline(False)
    page = page.context.new_page()
    noise.listen_to(page)
    Traveller(page, "vi", traveller.look).go(f"/apply/{slug}")
    nothing_waits(page)
    page.reload()
    return page


def test_typed_words_wait_on_the_device_when_the_page_is_left_without_a_network(applicant: Any, noise: Noise) -> None:
    traveller, _, slug = applicant()
    type_offline(traveller.page, noise)
    traveller.page.close()
    expect(open_again(traveller.page, traveller, noise, slug).locator("[name=note]")).to_have_value(KEPT)


def test_words_that_waited_on_one_device_leave_what_another_has_changed(applicant: Any, noise: Noise) -> None:
    traveller, _, slug = applicant()
    press(traveller, traveller.page.locator("button[name=action][value=save]"))
    type_offline(traveller.page, noise)
    traveller.page.close()
    other, _, _ = applicant()
    other.page.locator("[name=fascia_name]").fill("MIẾN NHÀ BA")
    press(other, other.page.locator("button[name=action][value=save]"))
    page = open_again(traveller.page, traveller, noise, slug)
    for name, words in {"note": KEPT, "fascia_name": "MIẾN NHÀ BA"}.items():
        expect(page.locator(f"[name={name}]")).to_have_value(words)


@pytest.mark.parametrize("with_script", [True, False])
def test_back_after_sending_leads_to_the_same_receipt(applicant: Any, with_script: bool) -> None:
    traveller, _, _ = applicant(with_script=with_script)
    page = traveller.page
    hand_in(traveller)
    button = page.locator("form:has([name=rules_accepted]) button")
    press(traveller, button)
    receipt = page.url
    page.go_back()
    if button.count():  # the browser kept the page: it may be sent again
        page.locator("[name=rules_accepted]").check()
        page.locator("[name=pledge_given]").check()
        press(traveller, button)
    assert page.url == receipt
    traveller.go("/producer")
    expect(page.locator("main .list a[href*='/applications/GH-']")).to_have_count(1)


@pytest.mark.parametrize("with_script", [True, False])
def test_pressing_send_twice_makes_one_application(applicant: Any, with_script: bool) -> None:
    traveller, _, _ = applicant(with_script=with_script)
    page = traveller.page
    hand_in(traveller)
    page.locator("form:has([name=rules_accepted]) button").dblclick(no_wait_after=True)
    expect(page).to_have_url(re.compile("/applications/GH-"))  # the second press may cut the first one's way short
    expect(page.locator("h1")).to_contain_text("Đã nhận đơn")
    page.wait_for_load_state()
    traveller.go("/producer")
    expect(page.locator("main .list a[href*='/applications/GH-']")).to_have_count(1)


def test_two_organisers_on_one_booth_one_wins_and_the_other_reads_who(
    travel: Callable[..., Traveller], noise: Noise, live_server: RealServer
) -> None:
    noise.expect_status(409)
    with database_of(live_server) as session:
        organiser, slug, codes = accepted_applications(session, "Một chỗ", 2)
        email = organiser.user.email
    first, second = travel(), travel()
    for traveller in (first, second):
        enter(traveller, email)
    first.go(f"/organise/fairs/{slug}/booths?application={codes[0]}")
    second.go(f"/organise/fairs/{slug}/booths/A03?application={codes[1]}")
    press(first, first.page.locator("svg[data-plan] a:has([data-b=A03])"))
    press(second, second.page.get_by_role("button", name=re.compile("A03")))
    expect(second.page.locator("main .note[data-t=bad]")).to_contain_text("HTX Một chỗ 1 đã được xếp vào gian A03")
    second.go(f"/organise/fairs/{slug}/booths")
    expect(second.page.locator("svg[data-plan] a:has([data-b=A03])")).to_have_accessible_name(re.compile("chỗ 1"))


@LANGUAGES
def test_closed_call_says_so_and_keeps_what_was_typed(
    travel: Callable[..., Traveller], noise: Noise, live_server: RealServer, language: str
) -> None:
    noise.expect_status(422, 409)
    with database_of(live_server) as session:
        organiser, slug = organiser_with_open_fair(session, f"Đóng {language}")
        email = producer_for(session, f"Đóng {language}")
    traveller = travel(language)
    page = traveller.page
    enter(traveller, email)
    traveller.go(f"/apply/{slug}")
    page.locator("[name=note]").fill(KEPT)
    press(traveller, page.locator("button[name=action][value=send]"))
    page.locator("[name=rules_accepted]").check()
    page.locator("[name=pledge_given]").check()
    with database_of(live_server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        close_call(session, organiser.actor, fair)
    press(traveller, page.locator("form:has([name=rules_accepted]) button"))
    expect(page.locator(ALERT).first).to_contain_text({"vi": "Đã đóng nhận đơn", "en": "call"}[language])
    expect(page.locator("main")).to_contain_text(KEPT)
