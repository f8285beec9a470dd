"""What an organiser changes in another process is seen by visitors within five seconds, a CDN in between or not."""

from __future__ import annotations

import http.client
import re
import time
from typing import TYPE_CHECKING

from events.calendars import revise_entries
from events.fairs.organise_fair import cancel_fair
from tests.cast import an_open_fair, an_organiser
from tests.journeys.crowd import database_of

if TYPE_CHECKING:
    from tests.real_server import RealServer

WITHIN_SECONDS = 5
GONE_OFF = "Bão số 9 đổ bộ"
FOLLOWER = revise_entries.revise_changed
"""Named so that a fair changed here changes in calendars, as it does by the server's own hand."""


def read(server: RealServer, path: str) -> tuple[str, int]:
    """What a visitor without cookies gets, and for how many seconds others may keep it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    words = answer.read().decode().replace("\r\n ", "")  # unfolded, where it is a calendar
    connection.close()
    kept = re.search(r"max-age=(\d+)", answer.headers["Cache-Control"])
    assert answer.status == http.HTTPStatus.OK
    return words, int(kept[1]) if kept else 0


def test_a_change_by_another_process_is_seen_within_five_seconds(live_server: RealServer) -> None:
    with database_of(live_server) as session:
        player = an_organiser(session)
        fair = an_open_fair(session, player)
        session.commit()
        page, feed = f"/fairs/{fair.slug}", f"/calendar/fairs/{fair.slug}.ics"
        assert GONE_OFF not in read(live_server, page)[0] + read(live_server, feed)[0]
        cancel_fair(session, player.actor, fair, reason=GONE_OFF)
        session.commit()
        changed = time.monotonic()
    seen: dict[str, float] = {}
    while len(seen) < 2 and time.monotonic() - changed < WITHIN_SECONDS:
        for path in (page, feed):
            if path not in seen and GONE_OFF in read(live_server, path)[0]:
                seen[path] = time.monotonic() - changed
    assert set(seen) == {page, feed}
    assert seen[page] + read(live_server, page)[1] <= WITHIN_SECONDS
