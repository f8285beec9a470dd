"""Rules in versions: written, read, never changed; the next edition begins with the ones in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from events.fairs.clone_fair import clone_fair
from events.fairs.fair import Fair
from events.fairs.fair_rules import LONGEST_RULES, FairRules, rules_in_force, versions_of, write_rules
from events.fairs.organise_fair import publish_fair
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair
from tests.scenes import Play

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    return play(a_draft_fair, player)


def test_new_text_is_a_new_version(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    first = write_rules(session, player.actor, fair, body_vi="Niêm yết giá.", expected_number=0)
    same = write_rules(session, player.actor, fair, body_vi=" Niêm yết giá. ", expected_number=1)
    second = write_rules(session, player.actor, fair, body_vi="Niêm yết giá. Không sang gian.", expected_number=1)
    assert (same is first, second.number, first.body_vi) == (True, 2, "Niêm yết giá.")
    assert [one.number for one in versions_of(session, fair)] == [2, 1]
    assert rules_in_force(session, fair) is second


@pytest.mark.parametrize(
    ("body", "number", "reason"),
    [
        ({"body_vi": " "}, 0, "rules_missing"),
        ({"body_vi": "x" * (LONGEST_RULES + 1)}, 0, "text_too_long"),
        ({"body_vi": "x", "body_en": "x" * (LONGEST_RULES + 1)}, 0, "text_too_long"),
        ({"body_vi": "x"}, 1, "set_up_changed_meanwhile"),
    ],
)
def test_wrong_rules_are_refused(
    session: Session, player: OrganiserPlayer, fair: Fair, body: dict[str, str], number: int, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        write_rules(session, player.actor, fair, **body, expected_number=number)
    assert refused.value.reason == reason


def test_next_edition_begins_with_the_rules_in_force(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    for number, body in enumerate(("Một", "Hai")):
        write_rules(session, player.actor, fair, body_vi=body, expected_number=number)
    made = clone_fair(session, player.actor, fair, first_day=date(2028, 1, 1), name_vi="Mới", series_name_vi="Chuỗi")
    assert [(one.number, one.body_vi) for one in versions_of(session, made)] == [(1, "Hai")]


def test_page_previews_saves_and_keeps_what_was_typed(desk: OrganiserBrowser, session: Session, fair: Fair) -> None:
    address = f"/organise/fairs/{fair.slug}/rules"
    typed = {"body_vi": "- Niêm yết **giá**", "body_en": "", "version": "0"}
    preview = desk.send(address, {**typed, "do": "preview"})
    assert (preview.status_code, "<li>Niêm yết <strong>giá</strong></li>" in preview.text) == (200, True)
    assert session.scalar(sa.select(sa.func.count(FairRules.id))) == 0
    session.commit()
    assert desk.send(address, {**typed, "do": "save"}).status_code == 303
    for prefix, sentence in (("", "Người khác vừa lưu ở đây"), ("/en", "Somebody else saved here")):
        late = desk.send(prefix + address, {**typed, "body_vi": "Muộn", "do": "save"})
        assert (late.status_code, sentence in late.text, "Muộn</textarea>" in late.text) == (422, True, True)
    for prefix, sentence in (("", "Hãy viết nội quy bằng tiếng Việt."), ("/en", "Write the rules in Vietnamese.")):
        empty = desk.send(prefix + address, {**typed, "body_vi": "", "version": "1", "do": "save"})
        assert (empty.status_code, sentence in empty.text) == (422, True)


def test_everybody_reads_rules_of_a_public_fair(
    desk: OrganiserBrowser, stranger: OrganiserBrowser, session: Session, player: OrganiserPlayer, fair: Fair
) -> None:
    address = f"/fairs/{fair.slug}/rules"
    assert desk.get(address).status_code == 404  # none written
    for number, body in enumerate(("Bản đầu", "Bản hai")):
        write_rules(session, player.actor, fair, body_vi=body, expected_number=number)
    session.commit()
    assert (desk.get(address).status_code, stranger.get(address).status_code) == (200, 404)
    publish_fair(session, player.actor, fair)
    session.commit()
    assert "Bản hai" in stranger.get(address).text
    old = stranger.get(f"{address}?version=1").text
    assert ("Bản đầu" in old, "Đã có bản mới hơn đang áp dụng." in old) == (True, True)
    assert stranger.get(f"{address}?version=9").status_code == 404
    assert address in stranger.get(f"/fairs/{fair.slug}").text
