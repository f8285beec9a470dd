"""The demonstration: a household has filed at fairs of every stage, so that each page of a producer shows something."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.user import find_user
from demonstration.first_run import add_staged_fair, fill_first_run
from demonstration.household import NAME
from demonstration.people import HOUSEHOLD
from demonstration.staged_fair import Stage
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.my_unit import my_unit
from exhibitors.producers.producer import Producer, ProducerKind
from foundation.file_store import FileStore
from tests.cast import BASE_URL, PASSWORD

if TYPE_CHECKING:
    from flask import Flask

ADDRESS = re.compile(r'href="(/(?:applications|producer)[^"#]*)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def household_of(session: Session) -> Producer:
    """The unit that the household's account keeps."""
    return session.scalars(select(Producer).where(Producer.name_vi == NAME)).one()


def states_of(session: Session, producer: Producer) -> list[str]:
    """Where its applications stand."""
    query = select(BoothApplication.state).where(BoothApplication.producer_id == producer.id)
    return sorted(session.scalars(query))


def test_first_run_has_a_household_with_a_draft_changes_asked_an_offer_and_a_booth(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    fill_first_run(session, FileStore(tmp_path), password=PASSWORD, base_url=BASE_URL)
    unit = household_of(session)
    assert (unit.kind, unit.tax_code, unit.contact_email) == (ProducerKind.HOUSEHOLD, "", "")
    assert unit.contact_phone.startswith("+84")
    assert states_of(session, unit) == ["accepted", "confirmed", "draft", "needs_changes"]
    tasks = {row.task.value for row in my_unit(session, unit.id).missing}
    assert tasks >= {"send_draft", "make_changes", "answer_offer", "renew_certificate", "renew_paper"}
    session.commit()
    browser = app.test_client()
    token = TOKEN.findall(browser.get("/sign-in").text)[0]
    signed_in = {"email": HOUSEHOLD[0], "password": PASSWORD, "csrf_token": token}
    assert browser.post("/sign-in", data=signed_in).status_code == 303
    own_page = browser.get("/producer").text
    addresses = set(ADDRESS.findall(own_page))
    assert len([one for one in addresses if one.startswith("/applications/")]) >= 3
    assert {browser.get(address).status_code for address in addresses} <= {200, 303}


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (Stage.CALL, "draft"),
        (Stage.SCREENING, "needs_changes"),
        (Stage.ALLOCATED, "accepted"),
        (Stage.OPEN, "confirmed"),
        (Stage.OVER, "confirmed"),
    ],
)
def test_staged_fair_has_the_household_as_far_as_its_stage(session: Session, stage: Stage, state: str) -> None:
    for seed in (1, 2):
        add_staged_fair(session, stage=stage, booths=8, applications=3, seed=seed, base_url=BASE_URL)
    assert states_of(session, household_of(session)) == [state, state]
    assert session.scalar(select(func.count(Producer.id)).where(Producer.name_vi == NAME)) == 1
    person = find_user(session, HOUSEHOLD[0])
    assert (person is not None and person.is_demonstration) is True
