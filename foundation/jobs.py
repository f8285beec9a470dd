"""Work done beside the web: letters leave at once when announced, and a sweep each minute finds what was missed.

The queue is at-most-once (a task is gone before it runs); the outbox row is the truth, so nothing is lost with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from foundation.database import SQLITE, make_engine, make_session
from foundation.settings import Settings

if TYPE_CHECKING:
    from huey import Huey
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    Chore = Callable[[Session, Settings], object]
    Errand = Callable[[Session, Settings, int], object]

QUEUE_NAME = "gian-hang"
LONGEST_NAP_SECONDS = 2.0
WORKERS = 2
LETTERS_A_SWEEP = 50


def announce_letters(settings: Settings, outbox_ids: Iterable[int]) -> None:
    """Ask for delivery now instead of at the next sweep; call it after the commit that wrote the letters.

    Does nothing while letters are kept for the mailbox page. Huey (15 MB with its drivers) is loaded on first use.
    """
    if settings.keeps_letters:
        return
    tasks = _tasks_of(settings)
    for outbox_id in outbox_ids:
        tasks.deliver(outbox_id)


def send_on_errand(settings: Settings, name: str, number: int) -> None:
    """Ask for the errand of this name about one row, now; call it after the commit that wrote the row.

    The row is the truth: a chore of the same capability finds what a queue that was away has lost.
    """
    _tasks_of(settings).run_errand(name, number)


def work_until_stopped(
    settings: Settings, each_minute: Sequence[Chore] = (), errands: Mapping[str, Errand] | None = None
) -> None:
    """Run the queue in this process until SIGTERM; a task in progress gets a second to end.

    `each_minute` are chores of the floors above; each gets its own transaction. `errands` are their longer works by
    name, which commit themselves; two workers, so that letters leave meanwhile.
    """
    from huey.consumer import Consumer  # only the process that works needs it

    tasks = _tasks_of(settings)
    tasks.errands.update(errands or {})
    for chore in each_minute:
        tasks.add_chore(chore)
    consumer = Consumer(
        tasks.queue, workers=WORKERS, max_delay=LONGEST_NAP_SECONDS, shutdown_timeout=1.0, graceful_signal="TERM"
    )
    consumer.run()


class Tasks:
    """The queue of one address, with the tasks that can be put into it."""

    def __init__(self, settings: Settings) -> None:
        from huey import crontab  # loaded only where jobs are used: the web side rarely needs it

        self.settings = settings
        self.queue = make_queue(settings.jobs_url)
        self._engine: Engine | None = None
        self.deliver: Callable[[int], Any] = self.queue.task(name="deliver_letter")(self._deliver)
        self.errands: dict[str, Errand] = {}
        self.run_errand: Callable[[str, int], Any] = self.queue.task(name="run_errand")(self._run_errand)
        self.queue.periodic_task(crontab(minute="*"), name="sweep_outbox")(self.sweep)

    def add_chore(self, chore: Chore) -> None:
        """Do this each minute; what it changed is committed."""
        from huey import crontab  # loaded only where jobs are used

        def play() -> None:
            with make_session(self._connect()) as session:
                chore(session, self.settings)
                session.commit()

        self.queue.periodic_task(crontab(minute="*"), name=chore.__name__)(play)

    def _deliver(self, outbox_id: int) -> bool:
        from foundation.letter_office import deliver_letter  # reason: the web side carries no mail

        with make_session(self._connect()) as session:
            return deliver_letter(session, self.settings, outbox_id)

    def _run_errand(self, name: str, number: int) -> None:
        with make_session(self._connect()) as session:
            self.errands[name](session, self.settings, number)

    def sweep(self) -> int:
        """Send what is due, announced or not; answers how many letters left."""
        from foundation.letter_office import deliver_due  # reason: the same

        with make_session(self._connect()) as session:
            return deliver_due(session, self.settings, LETTERS_A_SWEEP)

    def close(self) -> None:
        """Close what this thread has open."""
        self.queue.storage.close()
        if self._engine is not None:
            self._engine.dispose()

    def _connect(self) -> Engine:
        if self._engine is None:
            self._engine = make_engine(self.settings.database_url)
        return self._engine


def make_queue(url: str) -> Huey:
    """The queue behind JOBS_URL: sqlite:///path, redis://…, rediss://… or postgresql://…"""
    from huey import Huey, PostgresHuey, RedisHuey  # loaded only where jobs are used

    scheme = urlsplit(url).scheme
    if scheme in {"redis", "rediss"}:
        return RedisHuey(QUEUE_NAME, url=url, results=False)
    if scheme == "postgresql":
        return PostgresHuey(QUEUE_NAME, dsn=url, results=False)
    return Huey(QUEUE_NAME, storage_class=_sqlite_storage(), filename=url.removeprefix("sqlite:///"), results=False)


def _sqlite_storage() -> type[Any]:
    from huey.storage import SqliteStorage  # loaded only where jobs are used

    class RepairedSqliteStorage(SqliteStorage):  # type: ignore[misc]  # huey ships no types
        """Huey's storage on the same SQLite library as the database: two libraries in one process can break locks."""

        integrity_error = SQLITE.IntegrityError
        operational_error = SQLITE.OperationalError

        def _create_connection(self) -> Any:
            connection = SQLITE.connect(self.filename, timeout=self._timeout, check_same_thread=False)
            connection.isolation_level = None
            self._set_journal_mode(connection)
            connection.execute("PRAGMA synchronous=NORMAL")
            return connection

    return RepairedSqliteStorage


@cache
def _tasks_of(settings: Settings) -> Tasks:
    return Tasks(settings)
