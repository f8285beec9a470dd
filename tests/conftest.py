"""The ground all tests stand on: a real database per test (SQLite, PostgreSQL or both), the app, a client, a runner."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import sqlalchemy as sa

from accounts.passwords import set_cost
from foundation.database import database_address, make_engine, make_session
from foundation.refusal import Refused
from foundation.settings import Settings
from tests.real_postgresql import RealPostgresql

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient, FlaskCliRunner
    from sqlalchemy.orm import Session

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL_URL = "TEST_POSTGRESQL_URL"
COMPILED_TEMPLATES = "TEST_COMPILED_TEMPLATES"
SECRET_KEY = "only-for-tests-" + "x" * 32


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database` chooses where tests with a database run; ./check runs both, one after the other."""
    parser.addoption("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that the workers inherit their environment from."""
    set_cost(time_cost=1, memory_cost=64)
    gc.set_threshold(50_000, 50, 100)  # the heap of mappers is large: a tenth of the time went there
    is_worker = hasattr(config, "workerinput")
    if not is_worker:
        os.environ[COMPILED_TEMPLATES] = tempfile.mkdtemp(prefix="templates-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(COMPILED_TEMPLATES), ignore_errors=True))
    if is_worker or config.getoption("--database") == "sqlite" or os.environ.get(POSTGRESQL_URL):
        return
    server = RealPostgresql()
    config.add_cleanup(server.stop)
    server.start()
    os.environ[POSTGRESQL_URL] = server.url()
    config.add_cleanup(lambda: os.environ.pop(POSTGRESQL_URL, None))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play each test that touches a database once per chosen database."""
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = ["sqlite", "postgresql"] if chosen == "both" else [chosen]
        metafunc.parametrize("database_kind", kinds, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL alone, leave out what touches no database: the SQLite run has played it."""
    if config.getoption("--database") != "postgresql":
        return
    kept = [item for item in items if "database_kind" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@dataclass
class DatabaseTemplate:
    """A migrated, empty database that each test gets a copy of (13 ms on PostgreSQL, 1 ms on SQLite)."""

    kind: str
    folder: Path
    server_url: str = ""
    name: str = field(default_factory=lambda: f"template_{uuid4().hex}")

    @property
    def url(self) -> str:
        """The address of the template itself, used only while it is migrated."""
        return self._url_of(self.name, self.folder)

    def copy(self, folder: Path) -> str:
        """Make a copy that belongs to one test and return its address."""
        if self.kind == "sqlite":
            shutil.copyfile(self.folder / f"{self.name}.db", folder / "test.db")
            return self._url_of("test", folder)
        name = f"test_{uuid4().hex}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE {self.name} STRATEGY FILE_COPY")
        return self._url_of(name, folder)

    def create(self) -> None:
        """Make the empty database that will be migrated."""
        if self.kind == "postgresql":
            self._administer(f"CREATE DATABASE {self.name}")

    def drop(self, url: str) -> None:
        """Remove a copy; on SQLite its folder goes with the test."""
        if self.kind == "postgresql":
            self._administer(f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        engine = sa.create_engine(
            database_address(self.server_url), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def _url_of(self, name: str, folder: Path) -> str:
        if self.kind == "sqlite":
            return f"sqlite:///{folder / name}.db"
        return sa.make_url(self.server_url).set(database=name).render_as_string(hide_password=False)


def settings_for(data_dir: Path, database_url: str) -> Settings:
    """Settings of a test: everything inside its own folder, jobs done at once, limits counted in memory."""
    return Settings(
        data_dir=data_dir,
        secret_key=SECRET_KEY,
        database_url=database_url,
        jobs_url=f"sqlite:///{data_dir / 'jobs.db'}",
        ratelimit_url="memory://",
        testing=True,
    )


@pytest.fixture(scope="session")
def database_template(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> DatabaseTemplate:
    """The migrated database, made once for each worker by the very migrations that an operator runs."""
    folder = tmp_path_factory.mktemp(f"template-{database_kind}")
    template = DatabaseTemplate(database_kind, folder, os.environ.get(POSTGRESQL_URL, ""))
    template.create()
    _migrate(settings_for(folder, template.url))
    return template


@pytest.fixture
def database_url(database_template: DatabaseTemplate, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database that belongs to this test alone."""
    url = database_template.copy(tmp_path)
    yield url
    database_template.drop(url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings on this test's database and folder."""
    return settings_for(tmp_path, database_url)


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    """An engine with the manners of production, with no Flask."""
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session as verbs get it; nothing is committed unless the test does."""
    with make_session(engine) as made:
        yield made


def app_for(settings: Settings) -> Flask:
    """The whole application; what templates compile to is shared by all apps of a run (20 ms for each template)."""
    from jinja2 import FileSystemBytecodeCache  # here, so that tests of the trade run with no Flask imported

    from app import create_app  # here for the same reason

    made = create_app(settings)
    made.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ[COMPILED_TEMPLATES])
    return made


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application on this test's database."""
    made = app_for(settings)
    yield made
    _dispose(made)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript and without a network."""
    return app.test_client()


@pytest.fixture
def in_words(app: Flask) -> Callable[[Refused], tuple[str, str]]:
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
def runner(app: Flask) -> FlaskCliRunner:
    """The command line of the app."""
    return app.test_cli_runner()


def _migrate(settings: Settings) -> None:
    from app import create_app  # here for the same reason
    from foundation.schema_migrations import migrate_to_newest  # here for the same reason

    made = create_app(settings)
    migrate_to_newest(made)
    _dispose(made)


def _dispose(app: Flask) -> None:
    """Close the app's connections: an open one would keep the database from being copied or dropped."""
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
