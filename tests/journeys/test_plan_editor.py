"""Drawing a plan in real browsers: two at once, by keys alone, many booths, and the rules that both sides share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from sqlalchemy import select

from events.fairs.fair import find_fair
from events.floor_plans.booth_type import BoothType
from events.floor_plans.draw_floor_plan import add_zone_with_rows, ensure_plan
from events.floor_plans.floor_plan import Booth, FloorPlan
from tests.cast import a_draft_fair, an_organiser
from tests.events.floor_plans.test_plan_checks import EXAMPLES, document_of
from tests.journeys.crowd import database_of
from tests.journeys.traveller import Traveller, enter, press, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.journeys.conftest import Noise
    from tests.real_server import RealServer

SELECTED = "form[data-inspector=booth]"


def fair_with_booths(server: RealServer, name: str, booths: int) -> tuple[str, str]:
    """The organiser's address and the fair's slug; zones of up to 500 booths."""
    with database_of(server) as session:
        player = an_organiser(session, f"Ban tổ chức {name}", f"{name}@btc.example")
        fair = a_draft_fair(session, player, name=f"Hội chợ {name}")
        plan = ensure_plan(session, player.actor, fair, fair.venues[0], width_m=60, depth_m=40)
        for number, code in enumerate("ABCDEF"):
            left = min(500, booths - 500 * number)
            if left > 0:
                add_zone_with_rows(
                    session, player.actor, plan, code=code, name_vi=f"Khu {code}", booths=left, per_row=min(left, 25)
                )
        return player.user.email, fair.slug


def open_editor(traveller: Traveller, email: str, slug: str) -> Page:
    enter(traveller, email)
    traveller.page.goto(f"/organise/fairs/{slug}/plan")
    expect(traveller.page.locator("[data-plan-editor][data-ready]")).to_be_visible()
    return traveller.page


def booth(page: Page, code: str) -> Locator:
    return page.locator(f".drawing .b[aria-label='Gian {code}']")


def drag(page: Page, code: str, dx: int, dy: int) -> None:
    box = booth(page, code).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 8 + dx, box["y"] + 8 + dy, steps=6)
    page.mouse.up()


def save(page: Page) -> None:
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-status][data-state=saved]")).to_be_visible()


def places(server: RealServer, slug: str) -> dict[str, tuple[int, int]]:
    with database_of(server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        rows = session.scalars(
            select(Booth).join(FloorPlan, FloorPlan.id == Booth.plan_id).where(FloorPlan.fair_id == fair.id)
        )
        return {row.code: (row.x_cm, row.y_cm) for row in rows}


def test_both_sides_find_the_same_faults(travel: Callable[..., Traveller]) -> None:
    page = travel().page
    page.goto("/")
    documents = [document_of(example) for example in EXAMPLES]
    found: list[list[dict[str, Any]]] = page.evaluate(
        "async (documents) => { const { checkPlan } = await import('/static/js/floor_plans/plan_checks.js');"
        " return documents.map(checkPlan); }",
        documents,
    )
    told = [[[fault["rule"], fault["keys"], fault["measure"], fault["limit"]] for fault in some] for some in found]
    assert dict(zip((example["name"] for example in EXAMPLES), told, strict=True)) == {
        example["name"]: example["faults"] for example in EXAMPLES
    }


def test_two_browsers_that_edit_one_plan_lose_nothing(
    travel: Callable[..., Traveller], live_server: RealServer, noise: Noise
) -> None:
    noise.expect_status(409)
    email, slug = fair_with_booths(live_server, "haiban", 8)
    first, second = (open_editor(travel(), email, slug) for _ in range(2))
    before = places(live_server, slug)
    drag(first, "A01", 60, 90)
    save(first)
    drag(second, "A08", 60, 90)
    save(second)
    expect(second.locator("[data-note]")).to_contain_text("gộp với phần người khác")
    after = places(live_server, slug)
    assert (after["A01"] != before["A01"], after["A08"] != before["A08"]) == (True, True)
    drag(second, "A03", 0, 100)
    save(second)
    drag(first, "A03", 0, 200)
    drag(first, "A04", 0, 200)
    first.locator("[data-do=save]").click()
    dialog = first.locator("[data-dialog=conflict]")
    expect(dialog).to_contain_text("Gian A03")
    assert places(live_server, slug)["A04"] == before["A04"]  # nothing is saved before the choice
    theirs = places(live_server, slug)["A03"]
    dialog.locator("input[value=theirs]").check()
    dialog.locator("button[value=yes]").click()
    expect(first.locator("[data-status][data-state=saved]")).to_be_visible()
    assert (places(live_server, slug)["A03"], places(live_server, slug)["A04"] != before["A04"]) == (theirs, True)


def test_what_was_not_saved_is_still_there_after_the_window_was_closed(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    email, slug = fair_with_booths(live_server, "giulai", 8)
    page = open_editor(travel(), email, slug)
    drag(page, "A02", 0, 120)
    typed = page.locator(f"{SELECTED} [name=y_cm]").input_value()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[data-note]")).to_contain_text("chưa lưu còn giữ trên máy này")
    booth(page, "A02").click()
    expect(page.locator(f"{SELECTED} [name=y_cm]")).to_have_value(typed)
    save(page)


def test_plan_is_drawn_by_keys_alone(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    email, slug = fair_with_booths(live_server, "phim", 8)
    page = open_editor(travel(), email, slug)
    before = places(live_server, slug)
    page.locator("svg.drawing").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(booth(page, "A02")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator(f"{SELECTED} [data-inspected]")).to_have_text("Đang chọn 2 mục")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+d")
    expect(page.locator("[data-counts]")).to_have_text("10 gian, 1 khu")
    page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-counts]")).to_have_text("8 gian, 1 khu")
    page.keyboard.press("n")
    expect(page.locator("form[data-rows] [name=count]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-counts]")).to_have_text("24 gian, 1 khu")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status][data-state=saved]")).to_be_visible()
    after = places(live_server, slug)
    assert (len(after), after["A02"], after["A01"]) == (24, (before["A02"][0], before["A02"][1] + 100), before["A01"])


def test_zone_and_type_of_booth_are_set_by_keys_alone(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    email, slug = fair_with_booths(live_server, "khu", 8)
    with database_of(live_server) as session:
        fair = find_fair(session, slug)
        assert fair is not None
        kind = BoothType(fair_id=fair.id, name_vi="Gian góc", kind="standard", position=0)
        session.add(kind)
        session.flush()
        wanted = kind.id
    page = open_editor(travel(), email, slug)
    page.locator("svg.drawing").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("F2")
    expect(page.locator(f"{SELECTED} [name=zone]")).to_be_focused()  # the code is of one booth alone
    page.locator(f"{SELECTED} [name=power_w]").focus()
    page.keyboard.type("1,5")
    page.locator(f"{SELECTED} [name=booth_type_id]").focus()
    page.keyboard.type("Gian")
    row = page.locator("[data-zones] tr")
    row.locator("button").focus()
    page.keyboard.press("Enter")
    zone = page.locator("form[data-inspector=zone]")
    expect(zone.locator("[name=code]")).to_be_focused()
    zone.locator("[name=power_w]").focus()
    page.keyboard.type("10")
    page.keyboard.press("Tab")
    expect(row.locator("[data-of=power_w]")).to_have_text("12 trên 10")
    expect(page.locator("[data-checks]")).to_contain_text("Khu A cần 12 kW, chỉ có 10 kW")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status][data-state=saved]")).to_be_visible()
    with database_of(live_server) as session:
        assert set(session.scalars(select(Booth.booth_type_id))) >= {wanted}
        assert {row.power_w for row in session.scalars(select(Booth).where(Booth.booth_type_id == wanted))} == {1500}


def test_editor_passes_the_checks_of_accessibility(
    travel: Callable[..., Traveller], live_server: RealServer, axe: Callable[[Page], None]
) -> None:
    email, slug = fair_with_booths(live_server, "tiepcan", 8)
    traveller = travel()
    page = open_editor(traveller, email, slug)
    for prefix in ("", "/en"):  # on a laptop the tools, and what is said below the drawing, stand on one line each
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{prefix}/organise/fairs/{slug}/plan")
        expect(page.locator("[data-plan-editor][data-ready]")).to_be_visible()
        tops = page.evaluate(
            "[...document.querySelectorAll('.tools:not([hidden])')].map((bar) =>"
            " new Set([...bar.querySelectorAll('button')].map((one) => one.getBoundingClientRect().top)).size)"
        )
        assert tops == [1, 1], prefix
    page.goto(f"/organise/fairs/{slug}/plan")
    page.locator("[data-do=fixture][data-kind=stage]").click()
    traveller.look(page)
    booth(page, "A03").click()
    axe(page)
    page.locator("[data-do=help]").click()
    axe(page)


def test_plan_is_drawn_without_scripts(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    email, slug = fair_with_booths(live_server, "khongma", 8)
    traveller = travel(with_script=False)
    sign_in(traveller, email)
    traveller.page.goto(f"/organise/fairs/{slug}/plan")
    traveller.page.wait_for_url("**/plan/forms*")
    traveller.arrive()
    expect(traveller.page.locator("svg.plan")).to_be_visible()
    press(traveller, traveller.page.get_by_role("link", name="Dạng danh sách"))
    traveller.page.locator("input[name=booth][value=A02]").check()
    traveller.page.get_by_text("Sửa thông số").click()
    traveller.page.locator("[name=y_m]").first.fill("25,5")
    press(traveller, traveller.page.get_by_role("button", name="Sửa các gian đã đánh dấu"))
    assert places(live_server, slug)["A02"][1] == 2550


def test_plain_forms_open_where_the_editor_cannot_begin(
    travel: Callable[..., Traveller], live_server: RealServer, noise: Noise
) -> None:
    noise.expect_status(404)
    email, slug = fair_with_booths(live_server, "khongtai", 8)
    traveller = travel()
    enter(traveller, email)
    traveller.page.route("**/plan/*/document", lambda route: route.fulfill(status=404, body="{}"))
    traveller.page.goto(f"/organise/fairs/{slug}/plan")
    traveller.page.wait_for_url("**/plan/forms*")
    traveller.arrive()
    expect(traveller.page.locator("svg.plan a[aria-label^='Gian A02']")).to_be_visible()


def test_finger_drags_a_booth(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    """On a phone's screen the thing moves and the page stays; beside the things the finger moves the page."""
    email, slug = fair_with_booths(live_server, "Ngon tay", 6)
    traveller = travel(viewport={"width": 390, "height": 844}, has_touch=True)
    page = open_editor(traveller, email, slug)
    booth(page, "A01").scroll_into_view_if_needed()
    box = booth(page, "A01").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = page.context.new_cdp_session(page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        points = [{"x": x + 4 * step, "y": y + 5 * step}]
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    save(page)
    with database_of(live_server) as session:
        places = {one.code: (one.x_m, one.y_m) for one in session.scalars(select(Booth).join(FloorPlan).where(
            FloorPlan.fair_id == find_fair(session, slug).id))}  # fmt: skip
        assert places["A01"] > (0, 0)
        assert places["A01"][1] > places["A02"][1]
