"""The whole story in a real browser: with JavaScript, without it, in English, and the producer's part on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.cast import PASSWORD
from tests.journeys.stage import server_on
from tests.journeys.story import ORGANISATION, ORGANISER, play
from tests.journeys.traveller import Traveller

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real_server import RealServer

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[RealServer]:
    """An empty database with one organiser."""
    organiser = ["make-organiser", ORGANISER, "--organisation", ORGANISATION, "--password", PASSWORD]
    with server_on(tmp_path, organiser) as server:
        yield server


def test_story_in_vietnamese(travel: Callable[..., Traveller]) -> None:
    play(travel(), travel(viewport=PHONE, has_touch=True), travel())


def test_story_in_english_without_javascript(travel: Callable[..., Traveller]) -> None:
    organiser, producer = travel("en", with_script=False), travel("en", with_script=False, viewport=PHONE)
    play(organiser, producer, travel("en", with_script=False))
