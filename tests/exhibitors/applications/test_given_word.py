"""Pledge and consents: one unticked box a purpose, kept with version and moment, seen by both sides, taken back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.given_word import (
    CONSENTS,
    VERSIONS,
    GivenWord,
    Purpose,
    give_words,
    withdraw_consent,
    words_given,
)
from exhibitors.applications.given_word_wording import PURPOSE_WORDS, TEXTS
from foundation import clock
from foundation.bilingual import LANGUAGES
from foundation.languages import speaking
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, ProducerPlayer, a_submitted_application


def given(store: Session, application: Any) -> list[tuple[str, int, bool]]:
    return [(row.purpose, row.text_version, row.withdrawn_at is None) for row in words_given(store, application)]


def test_every_text_in_force_has_words(app: Flask) -> None:
    assert set(PURPOSE_WORDS) == set(Purpose) == set(VERSIONS)
    assert [key for key in VERSIONS.items() if key not in TEXTS] == []


def test_text_of_a_version_never_changes(app: Flask) -> None:
    """Whoever edits a text adds a version: what was agreed to must stay readable as it was."""
    digests = {}
    with app.test_request_context():
        for (purpose, version), words in TEXTS.items():
            texts = []
            for language in LANGUAGES:
                with speaking(language):
                    texts.append(str(words))
            digests[f"{purpose.value} {version}"] = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
    assert digests == {
        "pledge 1": "a98ac8f52c3e",
        "photos 1": "9a613013e013",
        "buyers 1": "4f8b1056792c",
        "next_fairs 1": "80a758ad671a",
    }


def test_sending_keeps_the_pledge_and_only_what_was_ticked(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    application = a_submitted_application(store, fair, player)
    assert given(store, application) == [("pledge", 1, True)]
    row = words_given(store, application)[0]
    assert row.given_by_id == player.user.id
    assert row.given_at <= clock.now()


def test_consent_is_given_once_withdrawn_and_given_again(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    application = a_submitted_application(store, fair, player)
    give_words(store, player.actor, application, {Purpose.PHOTOS, Purpose.BUYERS})
    give_words(store, player.actor, application, {Purpose.PHOTOS})
    withdraw_consent(store, player.actor, application, Purpose.PHOTOS)
    withdraw_consent(store, player.actor, application, Purpose.PHOTOS)
    give_words(store, player.actor, application, {Purpose.PHOTOS})
    assert given(store, application) == [
        ("pledge", 1, True),
        ("photos", 1, False),
        ("photos", 1, True),
        ("buyers", 1, True),
    ]
    with pytest.raises(Refused) as refused:
        withdraw_consent(store, player.actor, application, Purpose.PLEDGE)
    assert refused.value.reason == "pledge_stands"


def test_new_version_of_a_text_is_agreed_to_anew(
    store: Session, fair: Fair, player: ProducerPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = a_submitted_application(store, fair, player)
    monkeypatch.setitem(VERSIONS, Purpose.PLEDGE, 2)
    give_words(store, player.actor, application, {Purpose.PLEDGE})
    assert given(store, application) == [("pledge", 2, True)]


def test_database_keeps_one_standing_word_a_purpose(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    application = a_submitted_application(store, fair, player)
    store.add(GivenWord(application_id=application.id, purpose="pledge", text_version=1, given_at=clock.now()))
    with pytest.raises(IntegrityError):
        store.flush()


def test_pages_show_both_sides_and_no_box_is_ticked_before(
    store: Session,
    visit: Callable[..., Any],
    fair: Fair,
    organiser: OrganiserPlayer,
    player: ProducerPlayer,
) -> None:
    goods = str(player.producer.products[0].id)
    slug, unit = fair.slug, visit(player.user.email)
    unit.post(f"/apply/{slug}", products=goods, anywhere="y", booths_wanted="1", version="0")
    page = unit.get(f"/apply/{slug}/review").text
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)
    assert len(boxes) == 2 + len(CONSENTS)
    assert [box for box in boxes if "checked" in box] == []
    found = re.search(r'name="version"[^>]* value="(\d+)"', page)
    assert found
    without = unit.post(f"/apply/{slug}/review", rules_accepted="y", version=found[1])
    assert (without.status_code, 'id="pledge_given-error"' in without.text) == (422, True)
    sent = unit.post(f"/apply/{slug}/review", rules_accepted="y", pledge_given="y", agrees_buyers="y", version=found[1])
    assert sent.status_code == 303
    code = sent.location.rsplit("/", 1)[1]
    address = f"/applications/{code}/consents"
    desk = visit(organiser.user.email)
    for page in (unit.get(address).text, desk.get(f"/organise/fairs/{slug}/applications/{code}").text):
        assert [words in page for words in ("Liên hệ cho người mua", "Bản số 1")] == [True, True]
        assert "rút lại" not in page.split("Thay đổi sự đồng ý")[0]
    assert unit.post(f"{address}/change", purpose="buyers", do="withdraw").status_code == 303
    for page in (unit.get(address).text, desk.get(f"/organise/fairs/{slug}/applications/{code}").text):
        assert "rút lại" in page.split("Thay đổi sự đồng ý")[0]
    unit.post(f"{address}/change", purpose="photos", do="give")
    unit.post(f"{address}/change", purpose="pledge", do="withdraw")
    store.rollback()
    rows = {(row.purpose, row.withdrawn_at is None) for row in store.query(GivenWord)}
    assert rows == {("pledge", True), ("buyers", False), ("photos", True)}
