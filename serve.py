"""The production server in one command: web workers, the jobs beside them, one clear sentence when it cannot start."""

from __future__ import annotations

import foundation.garbage  # first: none is looked for while all the rest is imported

# isort: split
import http.client
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask.cli import ScriptInfo
from sqlalchemy import exists, select

from accounts.user import User
from app import create_app
from exhibitors.allocation.answer_offer import expire_offers
from exhibitors.allocation.proposals.lottery_draw import commit_due_draws
from exhibitors.allocation.proposals.work_on_proposal import MAKE_PROPOSAL, work_on_proposal, work_on_waiting
from exhibitors.allocation.waiting_list.automatic_offers import offer_automatically
from exhibitors.allocation.waiting_list.remind_of_offers import remind_of_offers
from exhibitors.applications.let_changes_lapse import let_changes_lapse, remind_of_changes
from exhibitors.applications.reminders.remind_producers import remind_of_drafts, tell_of_calls, warn_of_endings
from exhibitors.following.follow_by_email import forget_unconfirmed
from exhibitors.following.tell_followers import tell_followers
from foundation import clock, jobs
from foundation.database import make_engine, make_session
from foundation.neighbours import refuse_silent_neighbours, warn_of_silent_mail
from foundation.settings import Settings, SettingsFault
from foundation.slow_clients import WaitingRoom
from foundation.template_environment import compile_templates, keep_compiled_templates
from foundation.web_server import STOP_SECONDS, CannotServe, refuse_closed_folder, refuse_taken_port, web_server
from pages import page_modules

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from sqlalchemy.orm import Session

READY_WITHIN_SECONDS = 30
COMPILED_TEMPLATES = "compiled-templates"


def main(arguments: Sequence[str]) -> int:
    """Serve until stopped by Ctrl-C or SIGTERM; answers the exit code.

    With `--prepare` only look whether folder and port are free, migrate, and unless `--empty` is given fill an empty
    database with demonstration data, which others than this machine never get; with `--prepare-first` do the same in a
    child process, then serve.
    """
    try:
        settings = Settings.from_environment()
        demonstration = "--empty" not in arguments and settings.is_loopback
        refuse_closed_folder(settings.data_dir)
        refuse_taken_port(settings.host, settings.port)
        refuse_silent_neighbours(settings)
        page_modules()  # once for all processes: the forked ones share what is imported by now
        foundation.garbage.gather_from_now_on()
        if "--prepare" in arguments:
            prepare(settings, demonstration=demonstration)
            return 0
        if "--prepare-first" in arguments and (failed := prepare_in_child(settings, demonstration=demonstration)):
            return failed
        refuse_strangers_to_demonstration(settings)
        if warning := warn_of_silent_mail(settings):
            print(warning, file=sys.stderr)
    except SettingsFault as fault:
        print(*fault.faults, sep="\n", file=sys.stderr)
        return 1
    except CannotServe as fault:
        print(fault, file=sys.stderr)
        return 1
    serve(settings)
    return 0


def prepare(settings: Settings, *, demonstration: bool) -> None:
    """Compile the templates and bring the database up to date (`flask db upgrade`, `prepare`, `demo --first-run`)."""
    from commands import add_commands  # reason: workers carry no commands
    from foundation.schema_migrations import migrate_to_newest  # reason: workers must not carry the migration tool

    app = create_app(settings)
    keep_compiled_templates(app, settings.data_dir / COMPILED_TEMPLATES)
    compile_templates(app)
    add_commands(app)
    migrate_to_newest(app)
    commands = [["prepare"], *([["demo", "--first-run"]] if demonstration else [])]
    with app.app_context():
        for command in commands:
            app.cli.main(command, "flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))


def prepare_in_child(settings: Settings, *, demonstration: bool) -> int:
    """Prepare in a forked process; answers its exit code. What is imported serves both: a second of every start. The
    parent stays as lean as if nothing had been prepared.
    """
    child = multiprocessing.get_context("fork").Process(
        target=prepare, args=(settings,), kwargs={"demonstration": demonstration}
    )
    child.start()
    child.join()
    return abs(child.exitcode or 0)


def serve(settings: Settings) -> None:
    """Run web workers, the jobs process and the announcer; returns when all have ended."""
    keeper = JobsKeeper(settings)
    announcer = multiprocessing.Process(target=announce, args=(settings,), daemon=True)
    server = web_server("serve", settings.host, settings.port, settings.web_concurrency)
    server.on_startup(keeper.start)
    server.on_startup(announcer.start)
    try:
        server.serve(target_loader=load_app, wrap_loader=False)
    finally:
        keeper.stop()
        if announcer.is_alive():
            announcer.terminate()


def load_app() -> WSGIApplication:
    """The app as a worker serves it. Ctrl-C reaches it through its parent, who would take its own end for a crash."""
    os.setpgid(0, 0)
    end_with_parent()
    settings = Settings.from_environment()
    app = create_app(settings)
    keep_compiled_templates(app, settings.data_dir / COMPILED_TEMPLATES)
    foundation.garbage.gather_from_now_on()
    return WaitingRoom(app.wsgi_app)


def end_with_parent() -> None:
    """Let this child process end when its parent was killed, instead of holding the port and the queue."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait_and_end() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait_and_end, name="end-with-parent", daemon=True).start()


def refuse_strangers_to_demonstration(settings: Settings) -> None:
    """Raises CannotServe when others could reach a database that holds demonstration accounts."""
    if not settings.is_loopback and demonstration_accounts_exist(settings):
        raise CannotServe(
            f"Cơ sở dữ liệu có tài khoản dùng thử nên không mở ra ngoài máy này (HOST={settings.host})"
            " / The database holds demonstration accounts, so only HOST=127.0.0.1 is served."
            " Dùng thật / For real use: DATA_DIR=… ./run --empty"
        )


def demonstration_accounts_exist(settings: Settings) -> bool:
    """Whether any account in the database was made for demonstration."""
    engine = make_engine(settings.database_url)
    try:
        with make_session(engine) as session:
            return bool(session.scalar(select(exists().where(User.is_demonstration.is_(True)))))
    finally:
        engine.dispose()


class JobsKeeper:
    """Keeps one jobs process alive beside the web workers."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stopping = threading.Event()
        self.process: multiprocessing.Process | None = None

    def start(self) -> None:
        """Start the process and watch over it."""
        self._spawn()
        threading.Thread(target=self._watch, name="jobs-keeper", daemon=True).start()

    def stop(self) -> None:
        """End the process: gently, then for good."""
        self.stopping.set()
        if self.process is not None:
            self.process.terminate()
            self.process.join(STOP_SECONDS)
            self.process.kill()

    def _spawn(self) -> None:
        self.process = multiprocessing.Process(target=work_on_jobs, args=(self.settings,), daemon=True)
        self.process.start()

    def _watch(self) -> None:
        while self.process is not None:
            self.process.join()
            if self.stopping.wait(1.0):
                return
            print("jobs process ended unexpectedly; starting it again", file=sys.stderr)
            self._spawn()


def work_on_jobs(settings: Settings) -> None:
    """The jobs process; in a group of its own, so that Ctrl-C reaches it through its parent alone."""
    os.setpgid(0, 0)
    os.nice(5)  # whoever waits for a page comes first
    end_with_parent()
    chores = [
        let_offers_expire,
        let_unmade_changes_lapse,
        offer_what_fell_free,
        remind_units,
        remind_producers,
        commit_to_draws,
        answer_proposals,
        write_to_followers,
    ]
    jobs.work_until_stopped(settings, each_minute=chores, errands={MAKE_PROPOSAL: make_proposal})


def make_proposal(session: Session, settings: Settings, proposal_id: int) -> None:
    """An errand of the jobs process: answer one proposal that was just asked for."""
    work_on_proposal(session, proposal_id)


def answer_proposals(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: proposals that no errand has begun, and those of a process that died."""
    work_on_waiting(session)


def write_to_followers(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: what is new goes to who follows it, and unconfirmed addresses are forgotten."""
    forget_unconfirmed(session, clock.now())
    tell_followers(session, clock.now(), secret=settings.secret_key, base_url=settings.base_url)


def commit_to_draws(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: every open call has the commitment of its draw on the fair's page."""
    commit_due_draws(session)


def remind_units(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: letters to whoever has not answered an offer that lapses soon."""
    remind_of_offers(session, clock.now(), base_url=settings.base_url)


def remind_producers(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: drafts left lying, certificates and papers that end, calls that opened."""
    remind_of_drafts(session, clock.now(), base_url=settings.base_url)
    warn_of_endings(session, clock.today(), secret=settings.secret_key, base_url=settings.base_url)
    tell_of_calls(session, secret=settings.secret_key, base_url=settings.base_url)


def offer_what_fell_free(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: free booths go to the waiting list where the organiser has chosen that."""
    offer_automatically(session, clock.now(), base_url=settings.base_url)


def let_unmade_changes_lapse(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: applications whose changes were not made in time withdraw, reminded a day before."""
    let_changes_lapse(session, clock.now(), base_url=settings.base_url)
    remind_of_changes(session, clock.now(), base_url=settings.base_url)


def let_offers_expire(session: Session, settings: Settings) -> None:
    """A chore of the jobs process: offers whose confirm-by moment has passed lapse."""
    expire_offers(session, clock.now(), base_url=settings.base_url)


def announce(settings: Settings) -> None:
    """Wait until the server answers, then print where, and the demonstration accounts if there are any."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    give_up = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < give_up and os.getppid() != 1:
        if is_ready(host, settings):
            print(f"\nGian Hàng: {settings.base_url}\n(Ctrl-C: dừng / stop)", flush=True)
            with suppress(FileNotFoundError):
                print((settings.data_dir / "demo-accounts.txt").read_text(encoding="utf-8"), flush=True)
            return
        time.sleep(0.05)
    print("Máy chủ chưa trả lời / The server does not answer: see the messages above.", file=sys.stderr, flush=True)


def is_ready(host: str, settings: Settings) -> bool:
    """Whether /readyz answers 200 over the network."""
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": urlsplit(settings.base_url).netloc})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
