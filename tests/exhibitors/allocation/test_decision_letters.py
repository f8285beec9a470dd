"""Letters of decisions: a fair's own words, what they will say, holding, changing, discarding and letting go."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.allocation.decision_letters.hold_letters import (
    discard_letter,
    edit_letter,
    hold_letter,
    release_held,
    release_letter,
)
from exhibitors.allocation.decision_letters.preview_letters import letters_to_come, sample_letter
from exhibitors.allocation.letter_words.decision_text import KINDS, LANGUAGES, DecisionText
from exhibitors.allocation.letter_words.decision_words import usual_words
from exhibitors.allocation.letter_words.placeholders import filled, has_stray_brace, placeholders_in
from exhibitors.allocation.letter_words.write_decision_text import (
    drop_decision_text,
    objections_to,
    write_decision_text,
)
from exhibitors.allocation.publish_decisions import publish_decisions, usual_day_to_confirm
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.cancel_application import cancel_application
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.screen_applications import reinstate, stage_decision
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.days import format_when
from foundation.outbox import OutboxLetter, letters_due
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application
from tests.exhibitors.conftest import Visitor

OWN = {"subject": "Tin vui cho {producer}", "body": "Đơn {code}: xác nhận trước {confirm_by} tại {link}"}


@pytest.fixture
def accepted(store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """An application whose acceptance is noted."""
    application = a_submitted_application(store, fair, player)
    stage_decision(store, organiser.actor, application, Decision.ACCEPT)
    store.commit()
    return application


def publish(store: Session, organiser: OrganiserPlayer, fair: Fair, **more: bool) -> OutboxLetter:
    """The one letter about the decision."""
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(store, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL, **more)
    store.commit()
    return store.scalars(sa.select(OutboxLetter).where(OutboxLetter.kind.in_(KINDS))).one()


NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)


@given(st.text(max_size=80), st.dictionaries(NAMES, st.text(max_size=9), max_size=6))
def test_text_is_filled_once_and_what_a_fact_says_is_not_read_again(text: str, facts: dict[str, str]) -> None:
    sly = {name: "{" + name + "}" for name in facts}
    plain = text.replace("{", "(").replace("}", ")")
    assert filled(plain, facts) == plain
    written = plain + "".join(f"{{{name}}}" for name in facts)
    assert filled(written, sly) == plain + "".join(sly.values())
    assert filled(written, facts) == plain + "".join(facts.values())
    assert placeholders_in(written) == list(facts)


@pytest.mark.parametrize("text", ["{", "a } b", "{code", "{{code}}", "{a\nb}"])
def test_brace_that_stands_alone_is_noticed(text: str) -> None:
    assert has_stray_brace(text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_to_begin_from_are_in_order_and_can_be_shown(
    store: Session, fair: Fair, kind: str, language: str
) -> None:
    subject, body = usual_words(kind, language)
    assert objections_to(kind, subject, body) == []
    shown = sample_letter(fair, kind, language, subject, body)
    assert "{" not in "".join(shown)


@pytest.mark.parametrize(
    ("kind", "typed", "faults"),
    [
        ("accepted", {"subject": ""}, [("subject", "words_missing")]),
        ("accepted", {"subject": "{ten}"}, [("subject", "placeholder_unknown")]),
        ("accepted", {"subject": "{}"}, [("subject", "placeholder_unknown")]),
        ("accepted", {"subject": "x" * 201}, [("subject", "words_too_long")]),
        ("accepted", {"body": "{link} {confirm_by"}, [("body", "brace_alone"), ("body", "placeholder_needed")]),
        ("accepted", {"body": "{reason} {link} {confirm_by}"}, [("body", "placeholder_unknown")]),
        ("rejected", {"body": "{link}"}, [("body", "placeholder_needed")]),
        (
            "rejected",
            {"subject": "", "body": ""},
            [("subject", "words_missing"), ("body", "words_missing")],
        ),
        ("accepted", {"body": "{code.__class__} {link} {confirm_by}"}, [("body", "placeholder_unknown")]),
    ],
)
def test_words_that_would_not_do_are_refused_all_at_once(
    store: Session,
    organiser: OrganiserPlayer,
    fair: Fair,
    kind: str,
    typed: dict[str, str],
    faults: list[tuple[str, str]],
) -> None:
    words = OWN | typed
    assert [(field, one.reason) for field, one in objections_to(kind, words["subject"], words["body"])] == faults
    with pytest.raises(Refused) as refused:
        write_decision_text(store, organiser.actor, fair, kind, "vi", **words)
    assert refused.value.reason == faults[0][1]


def test_colleague_overwrites_nothing_in_silence(store: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    def write(version: int) -> DecisionText:
        return write_decision_text(store, organiser.actor, fair, "accepted", "vi", **OWN, expected_version=version)

    assert write(0).version == 1
    with pytest.raises(Refused) as refused:
        write(0)
    assert refused.value.reason == "words_stale"
    with pytest.raises(Refused) as unknown:
        write_decision_text(store, organiser.actor, fair, "expired", "vi", **OWN)
    assert unknown.value.reason == "words_unknown"


def test_letter_goes_in_the_fairs_own_words_and_in_the_usual_ones_after_they_are_dropped(
    store: Session, organiser: OrganiserPlayer, fair: Fair, accepted: BoothApplication
) -> None:
    own = write_decision_text(store, organiser.actor, fair, "accepted", "vi", **OWN)
    letter, words = letters_to_come(store, accepted, BASE_URL)[0]
    assert words[0] == "Tin vui cho HTX Miến dong Bình Liêu"
    assert format_when(clock.local_moment(usual_day_to_confirm(fair), time(17)), "vi") in words[1]
    drop_decision_text(store, organiser.actor, fair, own)
    assert letters_to_come(store, accepted, BASE_URL)[0][1][0].startswith("Quý đơn vị được nhận tham gia")
    write_decision_text(store, organiser.actor, fair, "accepted", "vi", **OWN)
    sent = publish(store, organiser, fair)
    assert (sent.subject, sent.recipient) == (words[0], letter.recipient)
    assert f"/applications/{accepted.code}" in sent.body


def test_held_letter_waits_is_changed_and_leaves_when_let_go(
    store: Session, organiser: OrganiserPlayer, fair: Fair, accepted: BoothApplication
) -> None:
    letter = publish(store, organiser, fair, hold_letters=True)
    assert accepted.state == "accepted"
    assert letter.id not in {one.id for one in letters_due(store)}
    edit_letter(store, organiser.actor, letter, subject=" Tin  vui ", body="Lời riêng")
    assert (letter.subject, letter.body) == ("Tin vui", "Lời riêng\n")
    with pytest.raises(Refused) as refused:
        edit_letter(store, organiser.actor, letter, subject="", body="x")
    assert refused.value.reason == "words_missing"
    assert release_held(store, organiser.actor, fair) == 1
    assert letter.id in {one.id for one in letters_due(store)}
    assert release_held(store, organiser.actor, fair) == 0
    hold_letter(store, organiser.actor, letter)
    release_letter(store, organiser.actor, letter)
    assert letter.held_at is None


def test_colleague_who_changed_a_held_letter_is_not_overwritten_and_the_trail_keeps_both_words(
    visit: Callable[..., Visitor], store: Session, organiser: OrganiserPlayer, fair: Fair, accepted: BoothApplication
) -> None:
    letter = publish(store, organiser, fair, hold_letters=True)
    number, before = letter.id, letter.subject
    here, one = f"/organise/fairs/{fair.slug}/letters/{number}/words", visit("btc@halong.example")
    seen = {name: re.findall(r'name="version"[^>]*value="(\w+)"', one.get(here).text)[0] for name in ("one", "two")}
    assert one.post(here, subject="Lời một", body="Một", version=seen["one"]).status_code == 303
    late = one.post(here, subject="Lời hai", body="Hai", version=seen["two"])
    assert (late.status_code, "Lời một" in late.text, 'value="Lời hai"' in late.text) == (422, True, True)
    again = re.findall(r'name="version"[^>]*value="(\w+)"', late.text)[0]
    assert one.post(here, subject="Lời hai", body="Hai", version=again).status_code == 303
    store.expire_all()
    assert store.get_one(OutboxLetter, number).subject == "Lời hai"
    entries = store.scalars(sa.select(AuditEntry).where(AuditEntry.what == "letter.edit").order_by(AuditEntry.id)).all()
    words = [((entry.old or {})["subject"], (entry.new or {})["subject"]) for entry in entries]
    assert words == [(before, "Lời một"), ("Lời một", "Lời hai")]


def test_discarded_letter_never_leaves_and_one_that_has_left_stays_as_it_was(
    store: Session, organiser: OrganiserPlayer, fair: Fair, accepted: BoothApplication
) -> None:
    letter = publish(store, organiser, fair)
    with pytest.raises(Refused) as refused:
        discard_letter(store, organiser.actor, letter)
    assert refused.value.reason == "letter_not_held"
    hold_letter(store, organiser.actor, letter)
    discard_letter(store, organiser.actor, letter)
    assert release_held(store, organiser.actor, fair) == 0
    assert letter.id not in {one.id for one in letters_due(store)}
    reasons = []
    letter.discarded_at, letter.sent_at = None, clock.now()
    for act in (hold_letter, release_letter, discard_letter):
        with pytest.raises(Refused) as gone:
            act(store, organiser.actor, letter)
        reasons.append(gone.value.reason)
    assert reasons == ["letter_gone"] * 3


@pytest.mark.parametrize("what", ["cancelled", "withdrawn", "brought back", "decided anew"])
def test_held_letter_that_is_no_longer_true_never_leaves(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, what: str
) -> None:
    application = a_submitted_application(store, fair, player)
    first = Decision.ACCEPT if what in {"cancelled", "withdrawn"} else Decision.REJECT
    code = ReasonCode.NO_ROOM if first is Decision.REJECT else None
    stage_decision(store, organiser.actor, application, first, reason="Hết gian", reason_code=code)
    letter = publish(store, organiser, fair, hold_letters=True)
    if what == "cancelled":
        cancel_application(store, organiser.actor, application, reason="Vi phạm", base_url=BASE_URL)
    elif what == "withdrawn":
        withdraw_application(store, player.actor, application, base_url=BASE_URL)
    else:
        reinstate(store, organiser.actor, application, reason="Xét lại")
    if what == "decided anew":
        stage_decision(store, organiser.actor, application, Decision.ACCEPT)
        confirm_by = clock.now() + timedelta(days=7)
        publish_decisions(store, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL, hold_letters=True)
    assert letter.discarded_at is not None
    release_held(store, organiser.actor, fair)
    due = {one.kind for one in letters_due(store)} - {"receipt"}
    told = {
        "cancelled": {"place_cancelled"},
        "withdrawn": {"withdrawn"},
        "brought back": set(),
        "decided anew": {"accepted"},
    }
    assert due == told[what]


def test_reason_with_braces_arrives_as_it_was_written(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer
) -> None:
    application = a_submitted_application(store, fair, player)
    said = {"reason": "Hết {chỗ} {link}", "reason_code": ReasonCode.NO_ROOM}
    stage_decision(store, organiser.actor, application, Decision.REJECT, **said)
    write_decision_text(store, organiser.actor, fair, "rejected", "vi", subject="Trả lời", body="{reason} | {link}")
    assert publish(store, organiser, fair).body.startswith("Hết {chỗ} {link} | http")


def test_pages_preview_hold_change_and_let_go(
    visit: Callable[..., Visitor], store: Session, fair: Fair, accepted: BoothApplication
) -> None:
    here, browser = f"/organise/fairs/{fair.slug}", visit("btc@halong.example")
    browser.get(f"{here}/letter-words/accepted/vi")
    wrong = browser.post(f"{here}/letter-words/accepted/vi", subject="{ten}", body="", version="0", do="save")
    assert wrong.status_code == 422
    assert wrong.text.count('class="msg"') == 2
    shown = browser.post(f"{here}/letter-words/accepted/vi", **OWN, version="0", do="preview")
    assert "Tin vui cho HTX Minh Họa" in shown.text
    assert browser.post(f"{here}/letter-words/accepted/vi", **OWN, version="0", do="save").status_code == 303
    stale = browser.post(f"{here}/letter-words/accepted/vi", **OWN, version="0", do="save")
    assert stale.status_code == 422
    assert "Tin vui cho HTX Miến dong Bình Liêu" in browser.get(f"{here}/publish/{accepted.code}/letter").text
    browser.get(f"{here}/publish")
    day = (clock.today() + timedelta(days=5)).isoformat()
    seen = str(accepted.id)
    assert browser.post(f"{here}/publish", confirm_by=day, seen=seen, hold_letters="y").status_code == 303
    letter = store.scalars(sa.select(OutboxLetter.id).where(OutboxLetter.held_at.is_not(None))).one()
    store.commit()
    listed = browser.get(f"{here}/letters?view=held").text
    assert "1 thư đang được giữ lại." in listed
    unit = "HTX Miến dong Bình Liêu"
    assert unit in browser.get(f"{here}/letters?q=mien+dong").text
    assert unit in browser.get(f"{here}/letters/{letter}").text
    assert unit not in browser.get(f"{here}/letters?q=banh+gai").text
    assert unit not in browser.get(f"{here}/letters?q=%25%25").text
    assert browser.post(f"{here}/letters/{letter}/words", subject="Mới", body="").status_code == 422
    assert browser.post(f"{here}/letters/{letter}/words", subject="Mới", body="Xin chào").status_code == 303
    assert "Mới" in browser.get(f"{here}/letters/{letter}").text
    assert browser.post(f"{here}/letters/release").status_code == 303
    store.expire_all()
    assert store.get_one(OutboxLetter, letter).held_at is None


def test_mailbox_shows_no_letter_that_is_held(
    visit: Callable[..., Visitor], store: Session, organiser: OrganiserPlayer, fair: Fair, accepted: BoothApplication
) -> None:
    letter = publish(store, organiser, fair, hold_letters=True)
    assert letter.subject not in visit().get("/mailbox").text
    assert visit().get(f"/mailbox/{letter.id}").status_code == 404
