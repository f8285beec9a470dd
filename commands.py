"""The roof's commands: thin wrappers around verbs and tools."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from accounts.make_organiser import make_admin, make_organiser
from demonstration.first_run import add_staged_fair, fill_first_run, is_empty, load_reference_data
from demonstration.people import write_accounts_note
from demonstration.staged_fair import Stage
from events.calendars.revise_entries import revise_all
from exhibitors.allocation.answer_offer import expire_offers
from exhibitors.allocation.optimiser.command import allocate, allocation
from exhibitors.calendars.revise_stands import revise_all_stands
from exhibitors.producers.producer import key_names
from foundation import clock
from foundation.audit_command import audit
from foundation.backup import back_up
from foundation.flask_database import current_session, db
from foundation.keep_files import sweep_files
from foundation.refusal import Refused
from foundation.settings import Settings
from foundation.upload_form import current_store


def add_commands(app: Flask) -> None:
    """Register every command of the program."""
    if os.environ.get("FLASK_RUN_FROM_CLI"):
        from foundation.schema_migrations import bind_migrations  # reason: workers must not carry the migration tool

        bind_migrations(app)
    commands = (
        *(demo, prepare, make_organiser_command, make_admin_command, expire_offers_command),
        *(allocate, allocation, backup, sweep_files_command, audit, bench),
    )
    for command in commands:
        app.cli.add_command(command)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@click.command("prepare")
def prepare() -> None:
    """Load localities and product groups, write calendar entries anew; doing it again changes nothing."""
    session = current_session()
    load_reference_data(session)
    key_names(session)
    revise_all(session)
    revise_all_stands(session)
    session.commit()


@click.command("demo")
@click.option("--first-run", is_flag=True, help="Fill an empty database, make the accounts and their password.")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), default=Stage.CALL.value)
@click.option("--booths", type=click.IntRange(1, 2500), default=48)
@click.option("--applications", type=click.IntRange(0, 10_000), default=40)
@click.option("--seed", type=int, default=1)
def demo(first_run: bool, stage: str, booths: int, applications: int, seed: int) -> None:
    """Build demonstration data through the verbs."""
    session, settings = current_session(), _settings()
    if first_run:
        if not is_empty(session):
            return
        password = secrets.token_urlsafe(9)
        fill_first_run(session, current_store(), password=password, base_url=settings.base_url)
        session.commit()
        write_accounts_note(settings.data_dir, password)
        return
    fair = add_staged_fair(
        session,
        stage=Stage(stage),
        booths=booths,
        applications=applications,
        seed=seed,
        base_url=settings.base_url,
    )
    session.commit()
    click.echo(f"{settings.base_url}/fairs/{fair.slug}")


@click.command("make-organiser")
@click.argument("email")
@click.option("--organisation", required=True, help="Name of the organising body, made when it is not there yet.")
@click.password_option(help="At least 8 characters.")
def make_organiser_command(email: str, organisation: str, password: str) -> None:
    """Give a person the first account of an organising body."""
    session = current_session()
    try:
        make_organiser(session, email=email, organisation_name=organisation, password=password)
    except Refused as refusal:
        raise click.ClickException(f"refused: {refusal.reason} {refusal.facts or ''}") from refusal
    session.commit()


@click.command("make-admin")
@click.argument("email")
def make_admin_command(email: str) -> None:
    """Let a person who has an account administer the organisations of this installation."""
    session = current_session()
    try:
        make_admin(session, email=email)
    except Refused as refusal:
        raise click.ClickException(f"refused: {refusal.reason}") from refusal
    session.commit()


@click.command("expire-offers")
def expire_offers_command() -> None:
    """Let offers lapse whose confirm-by moment has passed (a job does this every minute)."""
    session = current_session()
    expired = expire_offers(session, clock.now(), base_url=_settings().base_url)
    session.commit()
    click.echo(f"{len(expired)} offers expired")


@click.command("bench")
@click.option("--requests", type=click.IntRange(20, 20_000), default=900)
@click.option("--large", is_flag=True, help="Also a feed of 1,000 events, 300 exhibitors, 20,000 products.")
def bench(requests: int, large: bool) -> None:
    """Measure this product beside a plain Flask app, in CPU for each request; ends with code 1 for a missed bar."""
    from tests.benchmarks.compare import run_benchmarks  # reason: measuring tools are no part of what runs

    if run_benchmarks(requests=requests, large=large, out=click.echo):
        raise SystemExit(1)


@click.command("backup")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(path: Path) -> None:
    """Write a whole copy of the SQLite database to PATH while the server runs."""
    try:
        back_up(db.engine, path)
    except Refused as refusal:
        raise click.ClickException(f"refused: {refusal.reason} {refusal.facts}") from refusal


@click.command("sweep-files")
@with_appcontext
def sweep_files_command() -> None:
    """Remove bytes of uploads that never became a file: a process was ended in the middle."""
    click.echo(f"{sweep_files(current_session(), current_store())} stray files removed")
