"""The fields beside the drawing: reached on a phone, and what they say to a number that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.test_plan_editor import booth, fair_with_booths, open_editor

if TYPE_CHECKING:
    from tests.journeys.traveller import Traveller
    from tests.real_server import RealServer


def test_values_are_one_press_away_on_a_phone_and_a_wrong_place_is_told(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    """The button above the drawing leads to the fields; what cannot be is told below its field and stays there."""
    email, slug = fair_with_booths(live_server, "Xa gan", 4)
    page = open_editor(travel(viewport={"width": 390, "height": 844}, has_touch=True), email, slug)
    booth(page, "A01").scroll_into_view_if_needed()
    booth(page, "A01").tap()
    page.locator("[data-do=inspect]").tap()
    form = page.locator("form[data-inspector=booth]")
    expect(form.locator("[name=code]")).to_be_focused()
    expect(form.locator("[name=code]")).to_be_in_viewport()
    across = form.locator("[name=x_cm]")
    for typed, told in (("xa lắm", "Nhập một số"), ("5000", "từ -1000 đến 1000")):
        across.fill(typed)
        across.blur()
        expect(form.locator(".field.err .msg")).to_contain_text(told)
        expect(across).to_have_value(typed)
    across.fill("7,5")
    across.blur()
    expect(form.locator(".field.err")).to_have_count(0)


def test_values_are_a_sheet_below_the_drawing_where_there_is_no_room_beside_it(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    """Its head comes with what is chosen, the fields when asked for; the booth stays in sight, Escape leads back."""
    email, slug = fair_with_booths(live_server, "Ngan keo", 24)
    page = open_editor(travel(viewport={"width": 390, "height": 844}, has_touch=True), email, slug)
    sheet, code = page.locator("[data-values]"), page.locator("form[data-inspector=booth] [name=code]")
    opener = sheet.locator("[data-do=values]")
    expect(opener).to_be_hidden()
    booth(page, "A24").scroll_into_view_if_needed()
    booth(page, "A24").tap()
    expect(opener).to_be_in_viewport()
    expect(sheet.locator(".values-head")).to_contain_text("A24")
    expect(code).to_be_hidden()
    opener.tap()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(code).to_be_focused()
    upper_edge = sheet.evaluate("node => node.getBoundingClientRect().top")
    lower_edge = booth(page, "A24").evaluate("node => node.getBoundingClientRect().bottom")
    assert (upper_edge > 844 * 0.4, 0 < lower_edge <= upper_edge) == (True, True)
    code.fill("B01")
    page.keyboard.press("Escape")
    expect(booth(page, "B01")).to_be_focused()
    expect(code).to_be_hidden()
    page.keyboard.press("F2")
    expect(code).to_be_focused()
    expect(code).to_have_value("B01")
    opener.tap()
    expect(code).to_be_hidden()
    booth(page, "B01").focus()
    page.keyboard.press("Escape")
    expect(opener).to_be_hidden()
    expect(page.locator("form[data-inspector=plan]")).to_be_visible()
