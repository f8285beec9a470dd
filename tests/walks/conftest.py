"""The ground of the walks: the small world, made once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import DatabaseTemplate
from tests.small_world import World, small_world


@pytest.fixture(scope="module")
def world(database_template: DatabaseTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two of everything, with the whole app on it."""
    with small_world(database_template, tmp_path_factory.mktemp("world")) as made:
        yield made


@pytest.fixture
def fresh_world(database_template: DatabaseTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A small world for one test that leaves nothing as it was."""
    with small_world(database_template, tmp_path_factory.mktemp("world")) as made:
        yield made
