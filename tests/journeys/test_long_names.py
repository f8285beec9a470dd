"""Names as long as people make them break no page, down to the narrowest phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.journeys.crowd import database_of, organiser_with_open_fair, producer_for
from tests.journeys.stage import server_on
from tests.journeys.traveller import Traveller, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real_server import RealServer


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[RealServer]:
    """A server whose people the test brings itself."""
    with server_on(tmp_path) as server:
        yield server


def test_name_of_one_endless_word_stays_on_the_page(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    name = "Dàitheo" * 10
    with database_of(live_server) as session:
        organiser, slug = organiser_with_open_fair(session, name)
        email = producer_for(session, name)
    traveller = travel()
    sign_in(traveller, email)
    traveller.go("/apply")
    traveller.go(f"/apply/{slug}")
    traveller.go(f"/fairs/{slug}")
    host = travel()
    sign_in(host, organiser.user.email)
    host.go(f"/organise/fairs/{slug}")
