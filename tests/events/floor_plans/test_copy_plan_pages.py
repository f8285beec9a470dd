"""A layout that cannot be copied to a fair: every reason is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from events.floor_plans.draw_floor_plan import add_zone_with_rows
from tests.cast import OrganiserPlayer, a_draft_fair, booths_of
from tests.events.floor_plans.test_list_plan_pages import a_list

if TYPE_CHECKING:
    from tests.events.conftest import OrganiserBrowser


def test_copy_that_is_refused_names_every_booth_that_is_there_already(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair, plan, path = a_list(session, player)
    add_zone_with_rows(session, player.actor, plan, code="M", name_vi="Khu M", booths=36, per_row=12)
    other = a_draft_fair(session, player, name="Hội chợ Thu")
    there, codes = other.slug, [booth.code for booth in booths_of(session, fair)]
    session.commit()
    copy = path.replace("/list", "/copy")
    assert desk.send(copy, {"fair": there}, form_on=path).status_code == 303
    told = desk.send(f"/en{copy}", {"fair": there}, form_on=path)
    note = told.text.split('data-t="bad"')[1].split('aria-labelledby="h-check"')[0]
    assert (told.status_code, len(codes), [code for code in codes if code not in note]) == (422, 39, [])
    assert f"and {note.count('<li>') - 5} further reasons" in note
