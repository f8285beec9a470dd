"""The ground under the tests of one process: a migrated database that each test finds new, and one app on it.

Making an app takes a tenth of a second, and what SQLAlchemy has compiled lives and dies with its engine; so the
address, the engine and the app stay, and what the database under them holds is brought back, or copied anew.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from demonstration.first_run import load_reference_data
from events.calendars.public_address import set_public_address
from foundation.database import make_engine, make_session
from foundation.settings import Settings
from tests.copied_database import CopiedDatabase
from tests.prepared_folder import one_at_a_time
from tests.scenes import OWED, KeepsRows, Play, Scenes
from tests.swept_database import SweptDatabase

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

COMPILED_TEMPLATES = "TEST_COMPILED_TEMPLATES"
JOBS = "jobs"
OWN = (".db", ".db-wal", ".db-shm")
"""How the files of databases end."""
SECRET_KEY = "only-for-tests-" + "x" * 32


@dataclass
class DatabaseTemplate:
    """A migrated database with the reference data alone, for tests to copy (13 ms on PostgreSQL, 1 on SQLite)."""

    kind: str
    folder: Path
    server_url: str = ""
    name: str = field(default_factory=lambda: f"template_{uuid4().hex}")
    administrator: psycopg.Connection[tuple[object, ...]] | None = None
    """One for the whole process: connecting anew each time would take longer than the copy."""

    @property
    def url(self) -> str:
        """The address of the template itself, used only while it is prepared."""
        return self._url_of(self.name, self.folder)

    def copy(self, folder: Path, name: str = "") -> str:
        """Make a copy (in place of one of the same name) and return its address."""
        if self.kind == "sqlite":
            path = folder / f"{name or 'test'}.db"
            fresh = path.with_suffix(".new")
            shutil.copyfile(self.folder / f"{self.name}.db", fresh)
            for left in (f"{path}-wal", f"{path}-shm"):
                Path(left).unlink(missing_ok=True)
            fresh.replace(path)
            return self._url_of(path.stem, folder)
        name = name or f"test_{uuid4().hex}"
        self._administer(
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} TEMPLATE {self.name} STRATEGY FILE_COPY",
        )
        return self._url_of(name, folder)

    def prepare(self) -> None:
        """Make it, or take what another process of this run has made: playing every migration takes some seconds."""
        with one_at_a_time(f"template-{self.kind}-{self.server_url.rpartition('/')[2]}") as kept:
            if self.kind == "postgresql" and kept.exists():
                self.name = kept.read_text()
            elif self.kind == "postgresql":
                self._make()
                kept.write_text(self.name)
            elif kept.exists():
                shutil.copyfile(kept, self.folder / f"{self.name}.db")
            else:
                self._make()
                shutil.copyfile(self.folder / f"{self.name}.db", kept)

    def _make(self) -> None:
        """The migrations that an operator runs, and what every installation needs."""
        if self.kind == "postgresql":
            self._administer(f"CREATE DATABASE {self.name}")
        _migrate(settings_for(self.folder, self.url))
        engine = make_engine(self.url)
        with make_session(engine) as session:
            load_reference_data(session)
            session.commit()
        engine.dispose()  # the last connection that closes leaves nothing beside SQLite's file

    def made_of(self, url: str) -> DatabaseTemplate:
        """Another template: what the copy at this address holds now; nobody may be connected to it."""
        other = DatabaseTemplate(self.kind, self.folder, self.server_url)
        other.administrator = self.administrator
        database = sa.make_url(url).database or ""
        if self.kind == "sqlite":
            shutil.copyfile(database, self.folder / f"{other.name}.db")
        else:
            self._administer(f"CREATE DATABASE {other.name} TEMPLATE {database} STRATEGY FILE_COPY")
        return other

    def close(self) -> None:
        """Leave the server."""
        if self.administrator is not None:
            self.administrator.close()

    def _administer(self, *statements: str) -> None:
        if self.administrator is None:
            self.administrator = psycopg.connect(self.server_url, autocommit=True)
        for statement in statements:
            self.administrator.execute(statement.encode())

    def _url_of(self, name: str, folder: Path) -> str:
        if self.kind == "sqlite":
            return f"sqlite:///{folder / name}.db"
        return sa.make_url(self.server_url).set(database=name).render_as_string(hide_password=False)


@dataclass
class Ground:
    """What the tests of one process stand on, one after the other."""

    template: DatabaseTemplate
    folder: Path
    name: str = field(default_factory=lambda: f"ground_{uuid4().hex}")
    url: str = ""
    files: Path | None = None
    brought: dict[str, tuple[int, ...]] = field(default_factory=dict)
    renewed: int = 0
    swept: CopiedDatabase | SweptDatabase | None = None
    scenes: Scenes = field(default_factory=Scenes)

    def renew(self) -> str:
        """Bring back the template's state: database, files, jobs, limits and kept pages; answers the address."""
        OWED.forget(self.swept)
        swept = self._sweep()
        if not swept:
            self.leave()
        if "app" in self.__dict__:
            forget_requests(self.app)
        self._bring_files()
        self.renewed += 1
        if not swept:
            self.url = self.template.copy(self.folder, self.name)
            is_postgresql = self.template.kind == "postgresql"
            self.swept = SweptDatabase(self.url) if is_postgresql else CopiedDatabase(self.folder / f"{self.name}.db")
        set_public_address(self.settings.base_url)  # the app of another address, once made, spoke for the process
        self.scenes.begin()
        return self.url

    def _bring_files(self) -> None:
        """Bring back the files beside the database, unless each is the one that was brought the last time."""
        if self._files_now() == self.brought:
            return
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif not path.name.startswith((JOBS, self.name)):
                path.unlink()
        if self.files is not None:
            shutil.copytree(self.files, self.folder, dirs_exist_ok=True)
        self.brought = self._files_now()

    def _files_now(self) -> dict[str, tuple[int, ...]]:
        """What lies there, by path: which file it is, how long, and when it was written."""
        found: dict[str, tuple[int, ...]] = {}
        for folder, folders, names in os.walk(self.folder):
            for name in (*folders, *names):
                path = os.path.join(folder, name)  # noqa: PTH118 - asked before each test
                if not path.startswith((f"{self.folder}/{JOBS}", f"{self.folder}/{self.name}")):
                    about = os.stat(path)  # noqa: PTH116 - likewise
                    found[path] = (about.st_ino, about.st_size, about.st_mtime_ns) if name in names else ()
        return found

    def play_for(self, session: Session) -> Play:
        """Plays scenes (`tests/scenes.py`) for a session on this database."""
        if self.swept is None:
            raise RuntimeError("renew() comes first")
        database: KeepsRows = self.swept
        return partial(self.scenes.play, database, session)

    def settle(self) -> None:
        """What is there now is what `renew` brings back from now on."""
        self.leave()
        self.template = self.template.made_of(self.url)
        self.files = self.template.folder / f"{self.template.name}-files"
        shutil.copytree(self.folder, self.files, ignore=lambda _, names: [each for each in names if each.endswith(OWN)])

    def leave(self) -> None:
        """Close every connection to the database."""
        if self.swept is not None:
            self.swept.close()
            self.swept = None
        if "engine" in self.__dict__:
            self.engine.dispose()
        if "app" in self.__dict__:
            close_connections(self.app)

    def _sweep(self) -> bool:
        """Bring the rows back where they are, unless someone still works there."""
        return self.swept is not None and not self._is_used() and self.swept.sweep()

    def _is_used(self) -> bool:
        engines = [self.engine] if "engine" in self.__dict__ else []
        if "app" in self.__dict__:
            engines += engines_of(self.app)
        return any(engine.pool.checkedout() for engine in engines)

    @property
    def settings(self) -> Settings:
        """Settings on this database and folder, with an empty queue of jobs (the app keeps its own, open)."""
        return replace(
            settings_for(self.folder, self.url), jobs_url=f"sqlite:///{self.folder}/{JOBS}-{self.renewed}.db"
        )

    @cached_property
    def engine(self) -> sa.Engine:
        """An engine with the manners of production, with no Flask."""
        return made_quick(make_engine(self.url))

    @cached_property
    def app(self) -> Flask:
        """The whole application."""
        made = app_for(self.settings)
        for engine in engines_of(made):
            made_quick(engine)
        return made


def settings_for(data_dir: Path, database_url: str) -> Settings:
    """Settings of a test: everything inside its own folder, jobs done at once, limits counted in memory."""
    return Settings(
        data_dir=data_dir,
        secret_key=SECRET_KEY,
        database_url=database_url,
        jobs_url=f"sqlite:///{data_dir / JOBS}.db",
        ratelimit_url="memory://",
        testing=True,
    )


def app_for(settings: Settings) -> Flask:
    """The whole application; what templates compile to is shared by all apps of a run (20 ms for each template)."""
    from app import create_app  # here, so that tests of the trade run with no Flask imported
    from foundation.template_environment import keep_compiled_templates  # here for the same reason

    made = create_app(settings)
    keep_compiled_templates(made, Path(os.environ[COMPILED_TEMPLATES]))
    return made


def made_quick(engine: sa.Engine) -> sa.Engine:
    """No test's database outlives a power cut: SQLite need not wait until the disk has it (nor does PostgreSQL). And
    the verbs and pages of all tests say some thousand different things, each of which is compiled once.
    """
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    engine.update_execution_options(compiled_cache={})
    return engine


def close_connections(app: Flask) -> None:
    """An open one would keep the database from being copied or dropped."""
    for engine in engines_of(app):
        engine.dispose()


def engines_of(app: Flask) -> list[sa.Engine]:
    """The engines that the app has made."""
    with app.app_context():
        return list(app.extensions["sqlalchemy"].engines.values())


def forget_requests(app: Flask) -> None:
    """Count limits from nothing again, and build every page anew."""
    app.extensions["limiter"]().storage.reset()
    cache = app.extensions["page_cache"]
    cache.pages.clear()
    cache.at_the_door.clear()
    cache.forget_revision()


def _migrate(settings: Settings) -> None:
    from app import create_app  # here for the same reason
    from foundation.schema_migrations import migrate_to_newest  # here for the same reason

    made = create_app(settings)
    migrate_to_newest(made)
    close_connections(made)
