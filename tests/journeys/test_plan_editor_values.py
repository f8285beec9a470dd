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


def test_what_a_booth_cannot_be_is_told_below_its_field_at_once(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    """Not only when the plan is saved: a code, a width, a power that the server would refuse."""
    email, slug = fair_with_booths(live_server, "Bao ngay", 4)
    page = open_editor(travel(), email, slug)
    booth(page, "A01").click()
    form = page.locator("form[data-inspector=booth]")
    for name, typed, told, right in (
        ("code", "", "Mã gian có 1 đến 8 chữ hoa", "A01"),
        ("code", "Ẩ 1", "Mã gian có 1 đến 8 chữ hoa", "A01"),
        ("width_cm", "51", "từ 0,1 đến 50", "3"),
        ("power_w", "1001", "từ 0 đến 1000", "2"),
        ("rotation", "45,5", "số độ nguyên", "45"),
    ):
        field = form.locator(f"[name={name}]")
        field.fill(typed)
        field.blur()
        expect(form.locator(".field.err .msg")).to_contain_text(told)
        field.fill(right)
        field.blur()
        expect(form.locator(".field.err")).to_have_count(0)


def test_row_names_every_field_that_is_wrong_and_draws_nothing(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    email, slug = fair_with_booths(live_server, "Tung o", 4)
    page = open_editor(travel(), email, slug)
    rows, counts = page.locator("form[data-rows]"), page.locator("[data-counts]")
    wrong = {"zone_code": "Â", "count": "501", "width": "x", "aisle": "-1", "first_code": "Ẩ1"}
    for name, typed in wrong.items():
        rows.locator(f"[name={name}]").fill(typed)
    rows.locator("button").click()
    expect(rows.locator(".field.err .msg")).to_have_count(len(wrong))
    told = dict(zip(wrong, rows.locator(".field.err .msg").all_inner_texts(), strict=True))
    assert (told["zone_code"], told["count"], told["width"], told["aisle"]) == (
        "Mã khu gồm 1 đến 4 chữ hoa hoặc chữ số, như A hoặc B2.",
        "Nhập một số từ 1 đến 500.",
        "Nhập một số, ví dụ 3,5.",
        "Nhập một số từ 0 đến 50.",
    )
    expect(rows.locator("[name=zone_code]")).to_be_focused()
    for name, typed in {"zone_code": "B", "count": "4", "width": "3", "aisle": "3", "first_code": "ABCDEF98"}.items():
        rows.locator(f"[name={name}]").fill(typed)
    rows.locator("button").click()
    expect(rows.locator(".field.err .msg")).to_contain_text("ABCDEF100")
    expect(counts).to_have_text("4 gian, 1 khu")
    rows.locator("[name=first_code]").fill("B01")
    rows.locator("button").click()
    expect(counts).to_have_text("8 gian, 2 khu")
    expect(rows.locator(".field.err")).to_have_count(0)
