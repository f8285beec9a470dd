"""The ground all tests stand on: a real database per test (SQLite, PostgreSQL or both), the app, a client, a runner."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts.even_answers import set_even_seconds
from accounts.passwords import set_cost
from foundation.database import make_session
from foundation.refusal import Refused
from foundation.settings import Settings
from tests.ground import COMPILED_TEMPLATES, DatabaseTemplate, Ground
from tests.prepared_folder import PREPARED_FOLDERS
from tests.real_postgresql import RealPostgresql
from tests.refused import Refusal, Words, told_by

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient, FlaskCliRunner
    from sqlalchemy.orm import Session

    from tests.scenes import Play
    from tests.small_world import World

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL_URL = "TEST_POSTGRESQL_URL"
PAGES = "_pages"
"""How files end whose tests read pages and send forms."""
READS_PAGES, SPEAKS = "app", "in_words"
"""What any other test is given that does; given both, it has refusals of the verbs told in words."""
WALKS = "walks"
"""The folder of tests that open every page as every role."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database` chooses where tests with a database run; ./check chooses both: first SQLite, then PostgreSQL."""
    parser.addoption("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that the workers inherit their environment from."""
    set_cost(time_cost=1, memory_cost=64)
    set_even_seconds(0)  # what a clock could tell is no matter but to the test that holds it against one
    # a busy machine is no fault of what is proved; what a test's database holds may stay for its next example
    patient = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    hypothesis_settings.register_profile("patient", hypothesis_settings(), deadline=None, suppress_health_check=patient)
    hypothesis_settings.load_profile("patient")
    gc.set_threshold(50_000, 50, 100)  # the heap of mappers is large: a tenth of the time went there
    is_worker = hasattr(config, "workerinput")
    if not is_worker:
        share_folder(config, COMPILED_TEMPLATES)
        share_folder(config, PREPARED_FOLDERS)
    if is_worker or config.getoption("--database") == "sqlite" or os.environ.get(POSTGRESQL_URL):
        return
    server = RealPostgresql()
    config.add_cleanup(server.stop)
    server.start()
    os.environ[POSTGRESQL_URL] = server.url()
    config.add_cleanup(lambda: os.environ.pop(POSTGRESQL_URL, None))


def share_folder(config: pytest.Config, name: str) -> None:
    """Make a folder for all workers of this run and put its path into their environment; ./check brings its own."""
    if os.environ.get(name):
        return
    os.environ[name] = tempfile.mkdtemp(prefix="gian-hang-tests-")
    config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(name), ignore_errors=True))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play each test that touches a database once per chosen database."""
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
        metafunc.parametrize("database_kind", kinds, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the walks, the longest tests, so that no worker waits for another's at the end; with them go all that
    stand in the small world, which then is filled once, and whose pages are read once. PostgreSQL comes after SQLite:
    going to and fro would make each database anew.

    On PostgreSQL, leave out what depends on no database: SQLite has played it. Tests that read pages are among it, for
    the verbs behind are played on each, and so is a walk that opens every page and sends every form.
    """
    items.sort(key=lambda item: (is_on_postgresql(item), WALKS not in item.path.parts, not stands_in_the_world(item)))
    chosen = config.getoption("--database")
    if chosen == "sqlite":
        return
    kept, left_out = [], []
    for item in items:
        played = depends_on_postgresql(item) if is_on_postgresql(item) else chosen == "both"
        (kept if played else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def pytest_collection_finish() -> None:
    """What reading the tests has made stays to the end: no look for garbage need pass it again."""
    gc.freeze()


def is_on_postgresql(item: pytest.Item) -> bool:
    """Whether this is the play of a test on PostgreSQL."""
    played = getattr(item, "callspec", None)
    return played is not None and played.params.get("database_kind") == "postgresql"


def stands_in_the_world(item: pytest.Item) -> bool:
    """Whether a test plays in the small world."""
    return "one_world" in getattr(item, "fixturenames", ())


def depends_on_postgresql(item: pytest.Item) -> bool:
    """Whether a test can end otherwise on PostgreSQL than on SQLite."""
    if item.get_closest_marker("each_database") is not None:
        return True
    given = getattr(item, "fixturenames", ())
    reads_pages = item.path.stem.endswith(PAGES) or (READS_PAGES in given and SPEAKS not in given)
    return not reads_pages and item.get_closest_marker("any_database") is None


@pytest.fixture(scope="session")
def database_template(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatabaseTemplate]:
    """The database that tests get copies of."""
    folder = tmp_path_factory.mktemp(f"template-{database_kind}")
    template = DatabaseTemplate(database_kind, folder, os.environ.get(POSTGRESQL_URL, ""))
    template.prepare()
    yield template
    template.close()


@pytest.fixture(scope="session")
def ground_of_worker(database_template: DatabaseTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """What the tests of this worker stand on, one after the other."""
    ground = Ground(database_template, tmp_path_factory.mktemp("ground"))
    yield ground
    ground.leave()


@pytest.fixture
def database_url(ground_of_worker: Ground) -> str:
    """The address of a migrated database that holds the reference data alone."""
    return ground_of_worker.renew()


@pytest.fixture
def settings(database_url: str, ground_of_worker: Ground) -> Settings:
    """Settings on this test's database and folder."""
    return ground_of_worker.settings


@pytest.fixture
def engine(database_url: str, ground_of_worker: Ground) -> sa.Engine:
    """An engine with the manners of production, with no Flask."""
    return ground_of_worker.engine


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session as verbs get it; nothing is committed unless the test does."""
    with make_session(engine) as made:
        yield made


@pytest.fixture
def play(session: Session, ground_of_worker: Ground) -> Play:
    """`play(an_organiser)`: what a verb of the cast makes, played once in a process and brought back from then on."""
    return ground_of_worker.play_for(session)


@pytest.fixture
def app(database_url: str, ground_of_worker: Ground) -> Flask:
    """The whole application on this test's database; a test that changes the app itself makes its own."""
    return ground_of_worker.app


@pytest.fixture(scope="session")
def one_world(database_template: DatabaseTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The small world, filled once for each worker."""
    from tests.small_world import small_world  # here for the same reason

    world = small_world(Ground(database_template, tmp_path_factory.mktemp("world")))
    yield world
    world.ground.leave()


@pytest.fixture(scope="module")
def world(one_world: World) -> World:
    """Two of everything, with the whole app on it, as good as new for each file of tests."""
    one_world.restore()
    return one_world


@pytest.fixture
def fresh_world(one_world: World) -> World:
    """The small world for one test that leaves nothing as it was."""
    one_world.restore()
    return one_world


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript and without a network."""
    return app.test_client()


@pytest.fixture
def in_words(app: Flask) -> Words:
    """The sentence of a refusal in Vietnamese and in English."""
    from foundation.languages import ENVIRON_KEY  # here for the same reason
    from foundation.refusal_words import refusal_words  # here for the same reason

    def speak(refusal: Refused) -> tuple[str, str]:
        spoken = []
        for language in ("vi", "en"):
            with app.test_request_context(environ_overrides={ENVIRON_KEY: language}):
                spoken.append(refusal_words(refusal))
        return spoken[0], spoken[1]

    return speak


@pytest.fixture
def refused(in_words: Words) -> Refusal:
    """`refused(act)`: the reason with which it is refused and its sentences."""
    return partial(told_by, in_words)


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """The command line of the app."""
    return app.test_cli_runner()
