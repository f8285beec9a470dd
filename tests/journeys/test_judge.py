"""What pages are judged by finds what it is asked to find, also among what need not be judged again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import sideways
from tests.journeys.judge import breaches, keep_axe_at_hand

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Noise
    from tests.journeys.traveller import Traveller

PAGE = """<!doctype html><html lang="vi"><title>Hội chợ</title><style>
  body {{ background: #fff }} .pale {{ color: #aaa }} .dark .pale {{ color: #222 }}
</style><main><h1>Hội chợ</h1>{}</main></html>"""


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page()


FAULTY = PAGE.format("""<img src="data:,"><script>document.title = "Ran"</script>
  <noscript>Không script</noscript><button onclick="document.title = 'Ran too'">Gửi</button>""")
"""A fault, and scripts that no policy forbids."""


def found_in(page: Page, body: str) -> list[str]:
    page.set_content(PAGE.format(body))
    return [line.split()[1].rstrip(":") for line in breaches(page)]


def test_contrast_is_judged_by_how_words_look_and_each_fault_again(page: Page) -> None:
    assert found_in(page, '<p class="dark"><b class="pale">Miến</b></p>') == []
    assert found_in(page, '<p class="dark"><b class="pale">Miến</b></p><p><b class="pale">dong</b></p>') == [
        "color-contrast"
    ]
    assert found_in(page, '<p><b class="pale">dong</b></p><p>Bình Liêu</p>') == ["color-contrast"]
    assert found_in(page, '<p class="dark"><b class="pale">Miến</b></p><p>Bình Liêu</p>') == []


def test_every_other_rule_is_asked_of_all_words(page: Page) -> None:
    assert found_in(page, "<p>Bình Liêu</p>") == []
    assert found_in(page, '<p>Bình Liêu</p><img src="data:,">') == ["image-alt"]


@pytest.mark.parametrize("at_hand", [True, False])
def test_axe_judges_whether_at_hand_or_sent(browser: Browser, at_hand: bool) -> None:
    context = browser.new_context()
    if at_hand:
        keep_axe_at_hand(context)
    page = context.new_page()
    page.goto("about:blank")
    assert page.evaluate("'bringAxe' in globalThis") is at_hand
    for words in ("Miến", "dong"):
        assert found_in(page, f"<h2>{words}</h2><h4>{at_hand}</h4>") == ["heading-order"]
        page.reload()
    context.close()


def test_of_many_rows_alike_the_one_that_is_another_is_judged(page: Page) -> None:
    row, other = "<li><i>Miến</i></li>", "<li><i></i><img src='data:,'></li>"
    assert found_in(page, f"<ul>{row * 3}</ul>") == []
    assert found_in(page, f"<ul>{row * 5}{other}{row}</ul>") == ["image-alt"]


def test_width_is_measured_anew_where_words_are_others(travel: Callable[..., Traveller], noise: Noise) -> None:
    page = (traveller := travel()).page
    words = "Bình Liêu"
    body = PAGE.replace("{}", '<p style="position:absolute;left:0;white-space:nowrap">{}</p>')
    page.route(
        "**/words", lambda route: route.fulfill(body=body.format(words), content_type="text/html; charset=utf-8")
    )
    traveller.go("/words")
    assert noise.heard == []
    words *= 20
    for _ in range(2):
        traveller.go("/words")
        assert [line.partition(" is ")[2].split()[-2] for line in noise.heard] == ["390", "360"]
        noise.forgive("too wide")


SMALL = "display:inline-block;width:{}px;height:20px;margin:{}px;padding:0;border:0;background:#000"


def buttons(*widths: int, apart: int = 0) -> str:
    """Buttons in a row, one for each width, so many pixels apart."""
    row = "".join(f'<button aria-label="Gian" style="{SMALL.format(width, apart)}"></button>' for width in widths)
    return f'<p style="font-size:0">{row}</p>'


def test_size_of_targets_is_judged_where_one_is_small_or_lies_over_another(page: Page) -> None:
    assert found_in(page, buttons(20, 20)) == ["target-size"] * 2
    assert found_in(page, buttons(20, 20, apart=10)) == []
    assert found_in(page, buttons(20, 20) + "<p>Bình Liêu</p>") == ["target-size"] * 2
    over = '<{0}><a href="/a" style="position:absolute;inset:{1}px auto auto 0;width:40px;height:40px">Gian</a></{0}>'
    assert found_in(page, over.format("p", 200) + over.format("p", 240)) == []
    assert found_in(page, over.format("div", 200) + over.format("div", 218)) == ["target-size"]


def test_page_without_scripts_is_judged_and_stays_without(travel: Callable[..., Traveller], noise: Noise) -> None:
    page = (traveller := travel(with_script=False)).page
    page.route("**/faulty", lambda route: route.fulfill(body=FAULTY, content_type="text/html; charset=utf-8"))
    for _ in range(2):
        traveller.go("/faulty")
        assert [line.split()[1] for line in noise.heard] == ["image-alt:"]
        noise.forgive("image-alt")
        page.locator("button").click()
        expect(page.locator("noscript")).to_be_visible()
        expect(page).to_have_title("Hội chợ")
        traveller.go("/sign-in")


@pytest.mark.parametrize("usual", [1280, 390, 360])
def test_what_is_too_wide_for_a_phone_is_found_from_every_width(page: Page, usual: int) -> None:
    page.set_viewport_size({"width": usual, "height": 740})
    page.set_content(PAGE.format('<p style="position:absolute;left:0;width:370px">Gian</p>'))
    assert [line.partition(" is ")[2] for line in sideways(page)] == ["10 px too wide at 360 px"]
    page.set_content(PAGE.format('<p style="position:absolute;left:0;width:400px">Gian</p>'))
    assert len(sideways(page)) == 2
    assert page.viewport_size == {"width": usual, "height": 740}
