"""A fair's details name the series of which it is an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from events.fairs.editions import editions_of
from tests.cast import OrganiserPlayer, a_draft_fair
from tests.events.fairs.test_organise_fair_pages import change_of

if TYPE_CHECKING:
    from tests.events.conftest import OrganiserBrowser


def test_details_name_and_choose_the_series_of_a_fair(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    first, second = (a_draft_fair(session, player, name=f"Hội chợ {year}") for year in (2026, 2027))
    session.commit()
    named = {"series_name_vi": "Hội chợ Xuân", "series_name_en": "Spring fair"}
    assert desk.send(f"/organise/fairs/{first.slug}/edit", change_of(desk, first) | named).status_code == 303
    page = desk.get(f"/organise/fairs/{second.slug}/edit").text
    assert '<option value="Hội chợ Xuân">' in page
    chosen = {"series_name_vi": "Hội chợ Xuân"}
    assert desk.send(f"/organise/fairs/{second.slug}/edit", change_of(desk, second) | chosen).status_code == 303
    session.expire_all()
    assert first.series is second.series is not None
    assert [each.name for each in editions_of(session, first)] == [second.name]
    session.commit()
    lonely = {"series_name_vi": "", "series_name_en": "Spring fair"}
    refused = desk.send(f"/en/organise/fairs/{first.slug}/edit", change_of(desk, first) | lonely)
    assert refused.status_code == 422
    assert '<a href="#series_name_vi">Series, in Vietnamese: Enter the name that all editions' in refused.text
    assert 'value="Spring fair"' in refused.text
    assert (
        desk.send(
            f"/organise/fairs/{first.slug}/edit", change_of(desk, first) | {**lonely, "series_name_en": ""}
        ).status_code
        == 303
    )
    session.expire_all()
    assert first.series is None
