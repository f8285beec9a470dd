"""Two organisers talk about the board, then let two units share a booth, by the plain forms as a browser shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from foundation.actor import Role
from tests.cast import a_member, an_open_fair, an_organiser
from tests.journeys.crowd import database_of
from tests.journeys.test_allocation import board
from tests.journeys.test_move_on_board import accepted, booth, carry, row
from tests.journeys.traveller import Traveller, press, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.real_server import RealServer

LEAD, COLLEAGUE = "ban.chung@btc.example", "xem.chung@btc.example"


@pytest.mark.parametrize("with_script", [True, False])
def test_talk_then_share(
    travel: Callable[..., Traveller],
    live_server: RealServer,
    axe: Callable[[Page], None],
    with_script: bool,
) -> None:
    mark = "có" if with_script else "không"
    lead, colleague = (
        f"{number}.{'a' if with_script else 'b'}.{email}" for number, email in ((1, LEAD), (2, COLLEAGUE))
    )
    with database_of(live_server) as session:
        organiser = an_organiser(session, f"Ban tổ chức Chung {mark}", lead)
        user = a_member(session, organiser, Role.REVIEWER, colleague).user
        user.name = f"Hà Thị Xem {mark}"
        name_of_colleague = user.name
        fair = an_open_fair(session, organiser, booths=3, name=f"Hội chợ Chung {mark}")
        first, second = (accepted(session, organiser, fair, f"{name} {mark}").code for name in ("Hòa", "Thuận"))
        desk = f"/organise/fairs/{fair.slug}"

    traveller, reader = travel(with_script=with_script), travel(with_script=with_script)
    sign_in(traveller, lead)
    sign_in(reader, colleague)
    talk(traveller, reader, desk, name_of_colleague)
    axe(traveller.page)
    page = traveller.page
    traveller.go(f"{desk}/booths/A01?application={first}")
    press(traveller, page.get_by_role("button", name="vào gian A01"))
    if with_script:
        carry(page, row(page, second), booth(page, "A01"))  # onto a held booth, with none to give: its own page opens
    else:
        traveller.go(f"{desk}/booths/A01?application={second}")
    share = page.get_by_role("button", name="dùng chung gian A01")
    expect(share).to_be_visible()
    axe(page)
    press(traveller, share)
    expect(booth(page, "A01")).to_have_count(1)
    assert board(live_server, [first, second]) == {first: ["A01"], second: ["A01"]}
    traveller.go(f"{desk}/booths/A01")
    expect(page.get_by_role("heading", level=2)).to_have_count(2)
    axe(page)
    page.get_by_role("button", name="khỏi gian A01").first.click()
    page.wait_for_url(f"**{desk}/booths?application=*")
    assert board(live_server, [first, second]) == {second: ["A01"]}


def talk(traveller: Traveller, reader: Traveller, desk: str, asked: str) -> None:
    """One writes and mentions the other, who finds it on the desk and says to have read it."""
    page = traveller.page
    traveller.go(f"{desk}/booths")
    page.get_by_role("link", name="Ý kiến").click()
    page.get_by_label("Ý kiến của bạn").fill("Cho hai đơn vị chung A01 được không?")
    page.get_by_label(asked).check(force=True)
    page.get_by_role("button", name="Lưu ý kiến").click()
    expect(page.locator(".say")).to_contain_text(f"@{asked}")
    reader.go("/organise")
    reader.page.get_by_role("link", name="về việc phân gian").click()
    expect(reader.page.locator(".say")).to_contain_text("chung A01 được không")
    reader.page.get_by_role("button", name="Tôi đã đọc").click()
    expect(reader.page.get_by_role("button", name="Tôi đã đọc")).to_have_count(0)
