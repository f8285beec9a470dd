"""Which dates of its call a fair's own page tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foundation import clock
from tests.cast import OrganiserPlayer, an_open_fair

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser


def test_steps_tell_no_closing_to_come_of_a_closed_call(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = an_open_fair(session, player)
    session.commit()
    steps, ends = f"/organise/fairs/{fair.slug}/steps", fair.call_closes_at
    assert "Đóng nhận đơn</" in desk.get(steps).text
    desk.send(f"{steps}/close_call", {}, form_on=steps)
    told = desk.get(steps).text
    assert ("Mở nhận đơn</dt>" in told, "Đóng nhận đơn</dt>" in told) == (True, False)
    assert ends is not None
    session.refresh(fair)
    with clock.as_of(ends):
        assert fair.tells_date_of_call(ends)
