"""Notes among organisers: who can be mentioned, who is told, who reads them; an applicant never does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for, enrol
from accounts.user import User
from events.fairs.fair import Fair
from events.places.locality import Locality
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.notes.colleagues import Colleague, colleagues_at, named_in
from exhibitors.applications.notes.note_mention import NoteMention, notes_of, unread_mentions
from exhibitors.applications.notes.write_note import LONGEST_NOTE, find_note, say_read, take_note_back, write_note
from exhibitors.applications.review.application_review import ReviewNote
from exhibitors.applications.review.review_round import ReviewRound
from exhibitors.applications.review.score_applications import stand_aside
from exhibitors.applications.review.set_up_review import place_reviewer
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_fair_role,
    a_member,
    a_producer,
    a_submitted_application,
    an_open_fair,
    an_organiser,
)
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

Write = Callable[..., ReviewNote]


@pytest.fixture
def application(play: Play, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    return play(a_submitted_application, fair, player)


@pytest.fixture
def reviewer(store: Session, organiser: OrganiserPlayer) -> User:
    user = a_member(store, organiser, Role.REVIEWER, "cham@organisers.example").user
    user.name = "Vũ Thị Chăm"
    store.commit()
    return user


@pytest.fixture
def write(store: Session, organiser: OrganiserPlayer, application: BoothApplication) -> Write:
    def make(words: str, *mentioned: int) -> ReviewNote:
        note = write_note(store, organiser.actor, application, words, mentioned, base_url=BASE_URL)
        store.flush()
        return note

    return make


def letters_of(session: Session, user: User) -> list[OutboxLetter]:
    sent = sa.select(OutboxLetter).where(OutboxLetter.recipient == user.email).order_by(OutboxLetter.id)
    return list(session.scalars(sent))


def colleagues(session: Session, organiser: OrganiserPlayer, application: BoothApplication) -> list[str]:
    return [one.name for one in colleagues_at(session, organiser.actor, application)]


@pytest.mark.parametrize("words", ["@Vũ Thị Chăm xem giúp", "nhờ @vu thi cham, gấp", "@VŨ THỊ CHĂM"])
def test_who_is_named_or_picked_is_told_by_letter_and_on_the_desk(
    store: Session, write: Write, reviewer: User, application: BoothApplication, words: str
) -> None:
    write(words)
    write("Xem phiếu kiểm nghiệm", reviewer.id)
    letters = letters_of(store, reviewer)
    assert [letter.application_id for letter in letters] == [application.id] * 2
    assert all(f"/applications/{application.code}/notes" in letter.body for letter in letters)
    assert not any("kiểm nghiệm" in letter.body for letter in letters)
    actor = actor_for(store, reviewer)
    assert [one.code for one in unread_mentions(store, actor)] == [application.code] * 2
    assert [note.is_unread for note in notes_of(store, actor, application)] == [True, True]
    assert say_read(store, actor, application) == 2
    store.flush()
    assert unread_mentions(store, actor) == []
    assert [note.mentioned for note in notes_of(store, actor, application)] == [[reviewer.name]] * 2


def test_a_note_that_mentions_nobody_sends_nothing(store: Session, write: Write, reviewer: User) -> None:
    before = len(store.scalars(sa.select(OutboxLetter.id)).all())
    write("a@b.vn, @Vũ Thị Chămm và @Vũ")
    assert len(store.scalars(sa.select(OutboxLetter.id)).all()) == before


def test_only_those_to_whom_the_application_is_open_can_be_mentioned(
    store: Session, fair: Fair, organiser: OrganiserPlayer, application: BoothApplication, reviewer: User, write: Write
) -> None:
    limited = a_member(store, organiser, Role.LIMITED, "khu@organisers.example")
    limited.user.name = "Lò Văn Khu"
    foreign = an_organiser(store, "Ban tổ chức Móng Cái", "btc@mongcai.example")
    assert colleagues(store, organiser, application) == [reviewer.name]
    a_fair_role(store, limited, fair, Role.READER, zone="A")
    assert colleagues(store, organiser, application) == [limited.user.name, reviewer.name]
    for number in (foreign.user.id, application.producer.organisation_id + 1000, organiser.user.id):
        with pytest.raises(Refused, match="mention_impossible"):
            write("Xem giúp", number)
    stand_aside(store, actor_for(store, reviewer), application, "Người nhà")
    assert colleagues(store, organiser, application) == [limited.user.name]
    with pytest.raises(Refused, match="mention_impossible"):
        write("Xem giúp", reviewer.id)
    write(f"@{reviewer.name} xem giúp")
    assert letters_of(store, reviewer) == []


SAID = {
    "recused_same_unit": (403, "Bạn thuộc cơ sở này nên không chấm"),
    "recused_same_place": (422, "Bạn cùng xã, phường với cơ sở này nên không chấm"),
}


@pytest.mark.parametrize("tie", SAID)
def test_whoever_belongs_to_the_unit_or_its_commune_reads_no_note_writes_none_and_is_not_mentioned(
    visit: Callable[..., Visitor],
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    application: BoothApplication,
    reviewer: User,
    write: Write,
    tie: str,
) -> None:
    write("Giữ kín nhé")
    if tie == "recused_same_unit":
        enrol(store, reviewer, application.producer.organisation, Role.READER)
    else:
        home = store.get_one(Locality, application.producer.locality_id)
        place_reviewer(store, organiser.actor, fair, reviewer.id, home)
    actor = actor_for(store, reviewer)
    assert notes_of(store, actor, application) == []
    assert colleagues(store, organiser, application) == []
    with pytest.raises(Refused, match=tie):
        write_note(store, actor, application, "Tôi nghĩ", base_url=BASE_URL)
    number, here = application.id, f"/organise/fairs/{fair.slug}/applications/{application.code}"
    browser = visit(reviewer.email)
    pages = browser.get(here).text + browser.get(f"{here}/notes").text
    assert ("Giữ kín nhé" in pages, 'name="words"' in pages) == (False, False)
    browser.get(f"/organise/fairs/{fair.slug}/applications")
    answer = browser.post(f"{here}/notes/new", words="Tôi nghĩ")
    assert (answer.status_code, SAID[tie][1] in answer.text) == (SAID[tie][0], True)
    tried = sa.select(AuditEntry.thing_id).where(AuditEntry.what == "review.turned_away")
    assert store.scalars(tried).all() == [number]


def test_whoever_scores_blind_cannot_be_mentioned(
    store: Session, fair: Fair, organiser: OrganiserPlayer, application: BoothApplication, reviewer: User
) -> None:
    manager = a_member(store, organiser, Role.MANAGER, "ql@organisers.example")
    assert reviewer.name in colleagues(store, organiser, application)
    rules = {"own_score_first": True, "recuses_by_locality": True, "by_median": False}
    store.add(ReviewRound(fair_id=fair.id, is_blind=True, **rules))
    store.flush()
    assert colleagues(store, organiser, application) == [manager.user.name]


def test_what_was_mentioned_leaves_the_desk_of_who_stands_aside_afterwards(
    store: Session, write: Write, reviewer: User, application: BoothApplication
) -> None:
    write("Xem giúp", reviewer.id)
    stand_aside(store, actor_for(store, reviewer), application, "Người nhà")
    store.flush()
    assert unread_mentions(store, actor_for(store, reviewer)) == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "internal_note_empty"),
        ("  \n", "internal_note_empty"),
        ("x" * (LONGEST_NOTE + 1), "internal_note_too_long"),
    ],
)
def test_note_says_something_and_not_too_much(
    write: Write, in_words: Callable[[Refused], tuple[str, str]], words: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        write(words)
    assert all(in_words(refused.value))


def test_only_the_author_takes_a_note_back(
    store: Session, write: Write, organiser: OrganiserPlayer, reviewer: User, application: BoothApplication
) -> None:
    note = write("Xem giúp", reviewer.id)
    with pytest.raises(Refused, match="note_of_another"):
        take_note_back(store, actor_for(store, reviewer), application, note)
    take_note_back(store, organiser.actor, application, note)
    assert notes_of(store, organiser.actor, application) == []
    assert store.scalars(sa.select(NoteMention)).all() == []


def test_a_note_written_anew_is_told_again(
    store: Session, write: Write, organiser: OrganiserPlayer, reviewer: User, application: BoothApplication
) -> None:
    take_note_back(store, organiser.actor, application, write("Xem giups", reviewer.id))
    write("Xem giúp", reviewer.id)  # the database may give it the number of the one that is gone
    assert len(letters_of(store, reviewer)) == 2


def test_a_note_is_found_at_its_own_application_alone(
    store: Session, write: Write, organiser: OrganiserPlayer, application: BoothApplication
) -> None:
    other = a_submitted_application(
        store,
        an_open_fair(store, organiser, booths=2, name="Khác"),
        a_producer(store, "HTX Cô Tô", "coto@units.example"),
    )
    note = write("Xem giúp")
    assert find_note(store, application, note.id) is note
    assert find_note(store, other, note.id) is None


def test_names_that_begin_alike_are_told_apart() -> None:
    two = [Colleague(1, "Lê An"), Colleague(2, "Lê An Bình")]
    assert named_in("@Lê An Bình", two) == {1, 2}
    assert named_in("@Lê Anh", two) == set()


def test_notes_are_written_and_read_without_scripts(
    store: Session,
    fair: Fair,
    organiser: OrganiserPlayer,
    player: ProducerPlayer,
    reviewer: User,
    application: BoothApplication,
    visit: Callable[..., Visitor],
) -> None:
    address = f"/organise/fairs/{fair.slug}/applications/{application.code}/notes"
    author = visit(organiser.user.email)
    author.get(address)
    refused = author.post(f"{address}/new", words="Gọi lại cho chị Sáu", mentioned=["999999"])
    assert refused.status_code == 422
    assert "Gọi lại cho chị Sáu" in refused.text
    assert author.post(f"{address}/new", words="Gọi lại cho chị Sáu", mentioned=[str(reviewer.id)]).status_code == 303
    reader = visit(reviewer.email)
    assert application.code in reader.get("/organise").text
    assert "Gọi lại cho chị Sáu" in reader.get(address).text
    assert reader.post(f"{address}/read").status_code == 303
    assert "Ghi chú nhắc đến bạn" not in reader.get("/organise").text
    unit = visit(player.user.email)
    for place in (address, f"/applications/{application.code}", f"/applications/{application.code}/messages"):
        assert "Gọi lại cho chị Sáu" not in unit.get(place).text
