"""The installation's organising bodies: made with an invited owner, renamed, closed, opened; administrators alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.administer_organisations import (
    close_organisation,
    create_organiser,
    rename_organisation,
    reopen_organisation,
)
from accounts.invitation import Invitation
from accounts.make_organiser import make_admin
from accounts.organisation import Organisation, actor_for
from accounts.organisation_register import register_page, where_person_belongs
from accounts.sign_up import register_person
from events.fairs.organise_fair import cancel_fair
from foundation import clock
from foundation.actor import SYSTEM, Role
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.accounts.conftest import Visitor
from tests.cast import BASE_URL, PASSWORD, a_draft_fair, a_member, a_producer, an_open_fair, an_organiser

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskCliRunner


def create(session: Session, name: str = "Trung tâm Xúc tiến", email: str = "giamdoc@x.example") -> Organisation:
    return create_organiser(
        session, SYSTEM, name_vi=name, name_en="", contact="", owner_email=email, language="vi", base_url=BASE_URL
    )


def reason_of(act: Callable[[], object]) -> str:
    try:
        act()
    except Refused as refusal:
        return refusal.reason
    return "done"


def test_new_body_has_an_invited_owner_and_no_member(session: Session) -> None:
    create(session)
    row = register_page(session, 1).rows[0]
    assert (row.organisation.name_vi, row.members, row.owners, row.invited) == ("Trung tâm Xúc tiến", 0, 0, 1)
    assert session.scalars(sa.select(Invitation.role)).all() == ["owner"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (" ", "organisation_name_missing"),
        ("trung  tam xuc tien", "organisation_name_taken"),
        ("x" * 201, "organisation_name_too_long"),
        ("x" * 200, "done"),
    ],
)
def test_name_is_checked_when_made_and_when_changed(session: Session, name: str, reason: str) -> None:
    create(session)
    other = create(session, "Sở Công Thương", "so@x.example")
    assert reason_of(lambda: create(session, name, "ba@x.example")) == reason
    renamed = "y" * 200 if reason == "done" else name
    assert (
        reason_of(lambda: rename_organisation(session, SYSTEM, other, name_vi=renamed, name_en="", contact=""))
        == reason
    )


def test_own_name_may_be_kept(session: Session) -> None:
    made = create(session)
    rename_organisation(session, SYSTEM, made, name_vi="TRUNG TÂM xúc tiến", name_en="Centre", contact="0203")
    assert (made.name_vi, made.name_en, made.contact) == ("TRUNG TÂM xúc tiến", "Centre", "0203")


def test_body_with_a_fair_that_is_not_over_stays_open(session: Session) -> None:
    player = an_organiser(session)
    fair = an_open_fair(session, player)
    a_draft_fair(session, player, name="Nháp")
    with pytest.raises(Refused) as refusal:
        close_organisation(session, SYSTEM, player.organisation)
    assert (refusal.value.reason, refusal.value.facts) == ("organisation_at_work", {"fairs": 1})
    with clock.as_of(clock.now() + timedelta(days=70)):
        assert reason_of(lambda: close_organisation(session, SYSTEM, player.organisation)) == "done"
    reopen_organisation(session, SYSTEM, player.organisation)
    cancel_fair(session, player.actor, fair, reason="Bão")
    assert reason_of(lambda: close_organisation(session, SYSTEM, player.organisation)) == "done"


def test_closed_body_is_read_only_and_opens_again(session: Session) -> None:
    player = an_organiser(session)
    number = player.organisation.id
    close_organisation(session, SYSTEM, player.organisation)
    assert actor_for(session, player.user).organiser_roles == {number: Role.READER}
    reopen_organisation(session, SYSTEM, player.organisation)
    assert actor_for(session, player.user).organiser_roles == {number: Role.OWNER}
    whats = session.scalars(sa.select(AuditEntry.what).where(AuditEntry.what.startswith("organisation.")))
    assert list(whats) == ["organisation.close", "organisation.reopen"]


def test_person_is_found_by_address_with_every_membership(session: Session) -> None:
    player, other = an_organiser(session), an_organiser(session, "An Khác", "khac@x.example")
    member = a_member(session, player, Role.REVIEWER, "lan@x.example")
    a_producer(session, email="htx@x.example")
    user, rows = where_person_belongs(session, " LAN@x.example")
    assert (user, [(row.organisation.name_vi, row.role) for row in rows]) == (
        member.user,
        [("Ban tổ chức Hạ Long", "reviewer")],
    )
    assert [row.role for row in where_person_belongs(session, other.user.email)[1]] == ["owner"]
    assert (where_person_belongs(session, "ai@x.example"), where_person_belongs(session, "")) == ((None, []),) * 2


def test_register_asks_the_same_number_of_queries_for_one_and_thirty(session: Session) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        session.flush()
        session.expunge_all()
        sa.event.listen(session.get_bind(), "before_cursor_execute", note)
        assert [row.organisation.name_vi for row in register_page(session, 1).rows]
        sa.event.remove(session.get_bind(), "before_cursor_execute", note)
        return len(seen)

    create(session)
    one = queries()
    for number in range(29):
        create(session, f"Đơn vị {number}", f"{number}@x.example")
    assert (queries(), one) == (one, 2)


def test_administrator_is_made_from_the_command_line(
    app: Flask, runner: FlaskCliRunner, store: Session, look: Callable[..., object]
) -> None:
    register_person(store, email="qt@x.example", name="Quản Trị", password=PASSWORD, confirmed=True)
    store.commit()
    with app.app_context():
        assert runner.invoke(args=["make-admin", "qt@x.example"]).exit_code == 0
        failed = runner.invoke(args=["make-admin", "ai@x.example"])
    assert look(lambda session: where_person_belongs(session, "qt@x.example")[0].is_admin) is True
    assert (failed.exit_code, "person_unknown" in failed.output) == (1, True)


def test_administrator_makes_renames_closes_and_opens_a_body(visitor: Visitor, store: Session) -> None:
    register_person(store, email="qt@x.example", name="Quản Trị", password=PASSWORD, confirmed=True)
    make_admin(store, email="qt@x.example")
    store.commit()
    visitor.sign_in("qt@x.example")
    base = "/en/admin/organisations"
    refused = visitor.send(f"{base}/new", f"{base}/new", name_vi="", name_en="Centre", email="khong", language="vi")
    assert (refused.status_code, 'value="Centre"' in refused.text, refused.text.count('<li><a href="#')) == (
        422,
        True,
        2,
    )
    made = visitor.send(f"{base}/new", f"{base}/new", name_vi="Sở", email="so@x.example", language="vi")
    assert made.status_code == 303
    number = made.location.split("/")[-2]
    assert "so@x.example" in visitor.get(made.location).text
    one = f"{base}/{number}"
    assert visitor.send(one, one, name_vi="Sở Công Thương", contact="0203").status_code == 303
    assert visitor.send(f"{one}/close", f"{one}/close").status_code == 303
    assert "Closed" in visitor.get(base).text
    assert "Nobody has this address" in visitor.get(f"{base}?q=ai@x.example").text
    assert "Quản Trị" in visitor.get(f"{base}?q=QT@x.example").text
    visitor.send(f"{one}/reopen", one)
    assert "Close the organisation" in visitor.get(one).text
