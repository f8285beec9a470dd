"""One letter to those whom the queue's filters leave: whom it reaches, what it says, once, and who may read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.group_letters import write_group_letter as module
from exhibitors.allocation.group_letters.write_group_letter import GroupWords, write_group_letter
from exhibitors.applications.booth_application import BoothApplication
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter, letters_due
from foundation.refusal import Refused
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    a_producer,
    a_submitted_application,
    an_open_fair,
)
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

WORDS = GroupWords("Tới {producer}", "Đơn {code}: mời họp tại {venues}, {days}. {link}")
ENGLISH = replace(WORDS, subject_en="To {producer}", body_en="Application {code} at {fair}")


def two_applied(store: Session, fair: Fair) -> tuple[BoothApplication, BoothApplication]:
    """Two units that have applied; somebody of the second reads English."""
    players = [a_producer(store, f"HTX {name}", f"{name.lower()}@units.example") for name in ("Miến", "Chè")]
    players[1].user.language = "en"
    players[1].producer.name_en = "Tea Cooperative"
    first, second = (a_submitted_application(store, fair, player) for player in players)
    return first, second


@pytest.fixture
def two(play: Play, fair: Fair) -> tuple[BoothApplication, BoothApplication]:
    """Two units that have applied; somebody of the second reads English."""
    return play(two_applied, fair)


def send(store: Session, organiser: OrganiserPlayer, fair: Fair, ids: list[int], **more: Any) -> int:
    facts: dict[str, Any] = {"words": WORDS, "once": "a", "base_url": BASE_URL} | more
    return write_group_letter(store, organiser.actor, fair, facts.pop("words"), ids, **facts)


def written(store: Session) -> list[OutboxLetter]:
    found = sa.select(OutboxLetter).where(OutboxLetter.kind == "group_letter").order_by(OutboxLetter.application_id)
    return list(store.scalars(found))


def test_each_unit_reads_its_own_facts_in_its_language(
    store: Session, organiser: OrganiserPlayer, fair: Fair, two: tuple[BoothApplication, BoothApplication]
) -> None:
    assert send(store, organiser, fair, [one.id for one in two], words=ENGLISH) == 2
    first, second = written(store)
    assert (first.subject, first.language, first.recipient) == ("Tới HTX Miến", "vi", "miến@units.example")
    assert two[0].code in first.body
    assert (second.subject, second.language) == ("To Tea Cooperative", "en")
    assert second.body == f"Application {two[1].code} at {fair.name.local('en')}\n"
    assert {first.id, second.id} <= {one.id for one in letters_due(store)}
    entry = store.scalars(sa.select(AuditEntry).where(AuditEntry.what == "letter.write_group")).one()
    assert entry.new is not None
    assert (entry.fair_id, entry.actor_id, entry.new["letters"]) == (fair.id, organiser.user.id, 2)
    assert entry.new["applications"] == sorted(one.code for one in two)


def test_whoever_reads_english_reads_the_vietnamese_where_there_is_no_other(
    store: Session, organiser: OrganiserPlayer, fair: Fair, two: tuple[BoothApplication, BoothApplication]
) -> None:
    send(store, organiser, fair, [two[1].id])
    assert [(one.subject, one.language) for one in written(store)] == [("Tới HTX Chè", "vi")]


def test_same_form_sent_twice_writes_once_and_another_form_writes_again(
    store: Session, organiser: OrganiserPlayer, fair: Fair, two: tuple[BoothApplication, BoothApplication]
) -> None:
    ids = [one.id for one in two]
    assert [send(store, organiser, fair, ids, once=once) for once in ("a", "a", "b")] == [2, 0, 2]
    assert len(written(store)) == 4


def test_nobody_is_written_to_who_is_of_another_fair_a_draft_or_too_near(
    store: Session, organiser: OrganiserPlayer, fair: Fair, two: tuple[BoothApplication, BoothApplication]
) -> None:
    elsewhere = a_submitted_application(
        store, an_open_fair(store, organiser, name="Hội chợ khác"), a_producer(store, "HTX Xa", "xa@units.example")
    )
    near = replace(organiser.actor, stands_aside=frozenset({two[0].id}))
    two[1].submitted_at = None
    store.flush()
    for actor, application in ((organiser.actor, elsewhere), (near, two[0]), (organiser.actor, two[1])):
        with pytest.raises(Refused) as refused:
            write_group_letter(store, actor, fair, WORDS, [application.id], once="c", base_url=BASE_URL)
        assert refused.value.reason == "nobody_to_write_to"
    assert written(store) == []


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"subject_vi": ""}, [("subject_vi", "words_missing")]),
        ({"subject_vi": "{ten}"}, [("subject_vi", "placeholder_unknown")]),
        ({"body_vi": "{}"}, [("body_vi", "placeholder_unknown")]),
        ({"body_vi": "{reason}"}, [("body_vi", "placeholder_unknown")]),
        ({"body_vi": "{code"}, [("body_vi", "brace_alone")]),
        ({"body_vi": "x" * 5001}, [("body_vi", "words_too_long")]),
        ({"body_en": "Hello"}, [("subject_en", "words_missing")]),
        ({"subject_en": "Hello"}, [("body_en", "words_missing")]),
    ],
)
def test_words_that_would_not_do_are_refused(
    store: Session,
    organiser: OrganiserPlayer,
    fair: Fair,
    two: tuple[BoothApplication, BoothApplication],
    typed: dict[str, str],
    faults: list[tuple[str, str]],
) -> None:
    words = replace(WORDS, **typed)
    assert [(field, one.reason) for field, one in words.objections()] == faults
    with pytest.raises(Refused) as refused:
        send(store, organiser, fair, [two[0].id], words=words)
    assert refused.value.reason == faults[0][1]


def test_more_than_one_transaction_bears_is_refused(
    store: Session, organiser: OrganiserPlayer, fair: Fair, two: tuple[BoothApplication, BoothApplication]
) -> None:
    with pytest.raises(Refused) as refused:
        send(store, organiser, fair, list(range(module.MOST_UNITS + 1)))
    assert refused.value.reason == "group_too_large"


def test_pages_write_to_exactly_those_filtered_and_both_sides_read_it(
    visit: Callable[..., Visitor], store: Session, fair: Fair, two: tuple[BoothApplication, BoothApplication]
) -> None:
    base, browser = f"/organise/fairs/{fair.slug}", visit("btc@halong.example")
    asked = f"q={two[0].code}"
    assert f"{base}/group-letter?{asked}" in browser.get(f"{base}/applications?{asked}").text
    shown = browser.get(f"{base}/group-letter?{asked}").text
    assert (two[0].code in shown, two[1].code in shown, f'value="{two[0].id}"' in shown) == (True, False, True)
    typed = {"subject_vi": "Mời họp", "body_vi": "Đơn {code}: họp lúc 9 giờ.", "seen": str(two[0].id), "once": "t"}
    wrong = browser.post(f"{base}/group-letter", **typed | {"body_vi": "{ten}"}, do="send")
    assert (wrong.status_code, "{ten}" in wrong.text) == (422, True)
    look = browser.post(f"{base}/group-letter", **typed, do="preview")
    assert (look.status_code, "Đơn GH-ABC234: họp lúc 9 giờ." in look.text) == (200, True)
    assert written(store) == []
    store.rollback()
    for _ in range(2):
        assert browser.post(f"{base}/group-letter", **typed, do="send", hold_letters="y").status_code == 303
    store.expire_all()
    (letter,) = written(store)
    assert (letter.application_id, letter.held_at is None) == (two[0].id, False)
    code, words = two[0].code, f"Đơn {two[0].code}: họp lúc 9 giờ."
    store.rollback()
    unit = visit("miến@units.example")
    assert "Mời họp" not in unit.get(f"/applications/{code}").text
    assert "Mời họp" in browser.get(f"{base}/applications/{code}").text
    browser.get(f"{base}/letters")
    assert browser.post(f"{base}/letters/release").status_code == 303
    assert words in unit.get(f"/applications/{code}").text


def test_page_without_anybody_leads_back_to_the_filter(
    visit: Callable[..., Visitor], fair: Fair, two: tuple[BoothApplication, BoothApplication]
) -> None:
    base, browser = f"/organise/fairs/{fair.slug}", visit("btc@halong.example")
    shown = browser.get(f"{base}/group-letter?q=khong-co").text
    assert (two[0].code in shown, 'name="body_vi"' in shown) == (False, False)
    assert browser.post(f"{base}/group-letter", subject_vi="A", body_vi="B", seen="", do="send").status_code == 422
