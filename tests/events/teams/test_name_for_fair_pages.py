"""The team's page of a fair at a browser without scripts."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Zone
from events.teams.fair_role import FairRole
from foundation.actor import Role
from tests.cast import OrganiserPlayer, a_draft_fair, a_member, a_zone
from tests.events.conftest import OrganiserBrowser


def a_fair(session: Session, player: OrganiserPlayer) -> tuple[Fair, Zone]:
    fair = a_draft_fair(session, player)
    zone = a_zone(session, player, fair, "A", 2)
    session.commit()
    return fair, zone


def test_somebody_is_named_for_a_zone_and_the_role_taken_back(
    session: Session, player: OrganiserPlayer, desk: OrganiserBrowser
) -> None:
    fair, zone = a_fair(session, player)
    page = f"/en/organise/fairs/{fair.slug}/team"
    typed = {"email": "lan@halong.example", "role": "reviewer", "zone": str(zone.id), "language": "vi"}
    assert desk.send(f"{page}/name", typed, form_on=page).status_code == 303
    shown = desk.get(page).text
    assert ("lan@halong.example" in shown, "invited, has not answered yet" in shown) == (True, True)
    number = session.scalars(select(FairRole.id)).one()
    session.rollback()
    assert desk.send(f"{page}/{number}/end", {}, form_on=page).status_code == 303
    assert session.scalar(select(func.count(FairRole.id))) == 0


def test_refused_name_keeps_what_was_typed_and_names_every_fault(
    session: Session, player: OrganiserPlayer, desk: OrganiserBrowser
) -> None:
    fair, _ = a_fair(session, player)
    page = f"/en/organise/fairs/{fair.slug}/team"
    answer = desk.send(f"{page}/name", {"email": "khong", "role": "owner", "zone": "987654"}, form_on=page)
    assert (answer.status_code, 'value="khong"' in answer.text) == (422, True)
    assert answer.text.count('<li><a href="#') == 4


def test_reader_sees_who_works_there_and_names_nobody(session: Session, player: OrganiserPlayer, app: object) -> None:
    fair, _ = a_fair(session, player)
    reader = a_member(session, player, Role.READER, "doc@halong.example")
    session.commit()
    browser = OrganiserBrowser(app, reader.user.email)
    page = f"/en/organise/fairs/{fair.slug}/team"
    shown = browser.get(page)
    assert (shown.status_code, "Assign somebody" in shown.text) == (200, False)
    assert browser.send(f"{page}/name", {"email": "x@x.example", "role": "reader"}, form_on=page).status_code == 404


def test_stranger_finds_no_team_of_the_fair(
    session: Session, player: OrganiserPlayer, stranger: OrganiserBrowser
) -> None:
    fair, _ = a_fair(session, player)
    assert stranger.get(f"/organise/fairs/{fair.slug}/team").status_code == 404
