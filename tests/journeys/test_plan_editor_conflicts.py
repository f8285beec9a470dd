"""Two people who draw one booth: the choice says what each did, and the place is one of the two that were drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.test_plan_editor import SELECTED, booth, fair_with_booths, open_editor, places, save

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.conftest import Noise
    from tests.journeys.traveller import Traveller
    from tests.real_server import RealServer


def type_value(page: Page, code: str, name: str, value: str) -> None:
    booth(page, code).click()
    field = page.locator(f"{SELECTED} [name={name}]")
    field.fill(value)
    field.press("Tab")


@pytest.mark.parametrize(("side", "place"), [("mine", (200, 1500)), ("theirs", (3000, 200))])
def test_place_is_chosen_whole(
    travel: Callable[..., Traveller], live_server: RealServer, noise: Noise, side: str, place: tuple[int, int]
) -> None:
    noise.expect_status(409)
    email, slug = fair_with_booths(live_server, f"motcho{side}", 8)
    first, second = (open_editor(travel(), email, slug) for _ in range(2))
    assert places(live_server, slug)["A01"] == (200, 200)
    type_value(first, "A01", "x_cm", "30")
    type_value(first, "A01", "power_w", "4,5")
    save(first)
    type_value(second, "A01", "y_cm", "15")
    second.locator("[data-do=save]").click()
    dialog = second.locator("[data-dialog=conflict]")
    expect(dialog.locator("[data-mine]")).to_have_text("Cách mép trái 2 m, Cách mép trên 15 m")
    expect(dialog.locator("[data-theirs]")).to_have_text("Cách mép trái 30 m, Cách mép trên 2 m, Điện 4,5 kW")
    dialog.locator(f"input[value={side}]").check()
    dialog.locator("button[value=yes]").click()
    expect(second.locator("[data-status][data-state=saved]")).to_be_visible()
    assert places(live_server, slug)["A01"] == place
    expect(second.locator(f"{SELECTED} [name=power_w]")).to_have_value("4,5")
