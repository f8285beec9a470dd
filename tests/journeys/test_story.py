"""The whole story in a real browser: with JavaScript, without it, in English, and the producer's part on a phone."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="module")
def with_organiser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that has served, on an empty database with one organiser."""
    folder = tmp_path_factory.mktemp("organiser")
    with server_on(folder, ["make-organiser", ORGANISER, "--organisation", ORGANISATION, "--password", PASSWORD]):
        return folder


@pytest.fixture
def live_server(with_organiser: Path, tmp_path: Path) -> Iterator[RealServer]:
    """A server on a copy of that folder."""
    shutil.copytree(with_organiser, tmp_path, dirs_exist_ok=True)
    with server_on(tmp_path) as server:
        yield server


def test_story_in_vietnamese(travel: Callable[..., Traveller]) -> None:
    play(travel(), travel(viewport=PHONE, has_touch=True), travel())


def test_story_in_english_without_javascript(travel: Callable[..., Traveller]) -> None:
    organiser, producer = travel("en", with_script=False), travel("en", with_script=False, viewport=PHONE)
    play(organiser, producer, travel("en", with_script=False))
