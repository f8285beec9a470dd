"""axe finds what it is asked to find, also among words it need not judge again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.judge import breaches

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = """<!doctype html><html lang="vi"><title>Hội chợ</title><style>
  body {{ background: #fff }} .pale {{ color: #aaa }} .dark .pale {{ color: #222 }}
</style><main><h1>Hội chợ</h1>{}</main></html>"""


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page()


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
