"""Comments on the board and on a proposal: who writes, who is told, who reads, and what stands aside hides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import actor_for, enrol
from accounts.user import User
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from exhibitors.allocation.proposals.comments.plan_comment import (
    CommentMention,
    PlanComment,
    comments_on,
    unread_comments,
)
from exhibitors.allocation.proposals.comments.write_comment import (
    LONGEST_COMMENT,
    find_comment,
    readers_of,
    say_comments_read,
    take_comment_back,
    write_comment,
)
from exhibitors.allocation.recent_changes import recent_changes
from exhibitors.applications.review.review_round import ReviewRound
from exhibitors.applications.review.score_applications import stand_aside
from exhibitors.applications.review.who_reviews import what_is_hidden
from foundation.actor import Actor, Role
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, a_fair_role, a_member, an_open_fair, an_organiser
from tests.exhibitors.allocation.conftest import Screening
from tests.exhibitors.allocation.proposals.conftest import a_proposal
from tests.exhibitors.conftest import Visitor
from tests.scenes import Play

Write = Callable[..., PlanComment]


@pytest.fixture
def proposal(play: Play, accepted: Screening) -> AllocationProposal:
    return play(a_proposal, accepted)


@pytest.fixture
def reviewer(store: Session, screening: Screening) -> User:
    user = a_member(store, screening.organiser, Role.REVIEWER, "cham@organisers.example").user
    user.name = "Vũ Thị Chăm"
    store.commit()
    return user


@pytest.fixture
def write(store: Session, screening: Screening) -> Write:
    def make(words: str, *mentioned: int, about: AllocationProposal | None = None) -> PlanComment:
        actor, thing = screening.organiser.actor, about or screening.fair
        made = write_comment(store, actor, thing, words, mentioned, base_url=BASE_URL)
        store.flush()
        return made

    return make


def as_they_are(session: Session, user: User) -> Actor:
    """With what they stand aside from, as the request loads them."""
    return what_is_hidden(session, actor_for(session, user))


def letters_to(session: Session, user: User) -> list[OutboxLetter]:
    sent = sa.select(OutboxLetter).where(OutboxLetter.recipient == user.email).order_by(OutboxLetter.id)
    return list(session.scalars(sent))


def test_who_is_picked_or_named_is_told_by_letter_and_on_the_desk(
    store: Session, write: Write, reviewer: User, screening: Screening, proposal: AllocationProposal
) -> None:
    write("@vu thi cham dãy A có ổn không?", about=proposal)
    write("Cổng chính cần một đơn vị năm sao", reviewer.id)
    write("Không nhắc ai")
    letters = letters_to(store, reviewer)
    assert [letter.fair_id for letter in letters] == [screening.fair.id] * 2
    assert f"/organise/fairs/{screening.fair.slug}/comments?proposal={proposal.number}" in letters[0].body
    assert not any("năm sao" in letter.body or "dãy A" in letter.body for letter in letters)
    actor = as_they_are(store, reviewer)
    assert [one.proposal for one in unread_comments(store, actor)] == [None, proposal.number]
    shown = comments_on(store, actor, screening.fair)
    assert [(one.mentioned, one.is_unread) for one in shown.rows] == [([reviewer.name], True)] * 2 + [([], False)]
    assert list(shown.proposals.values()) == [proposal.number]
    assert [one.words[:3] for one in comments_on(store, actor, screening.fair, proposal).rows] == ["@vu"]
    assert say_comments_read(store, actor, screening.fair) == 2
    store.flush()
    assert unread_comments(store, actor) == []


def test_a_comment_written_anew_is_told_again(
    store: Session, write: Write, reviewer: User, screening: Screening
) -> None:
    take_comment_back(store, screening.organiser.actor, write("Dãy A cos ổn không?", reviewer.id))
    write("Dãy A có ổn không?", reviewer.id)  # the database may give it the number of the one that is gone
    assert len(letters_to(store, reviewer)) == 2


def test_only_those_who_read_the_whole_fair_are_mentioned(
    store: Session, write: Write, reviewer: User, screening: Screening
) -> None:
    limited = a_member(store, screening.organiser, Role.LIMITED, "khu@organisers.example")
    a_fair_role(store, limited, screening.fair, Role.READER, zone="A")
    foreign = an_organiser(store, "Ban tổ chức Móng Cái", "btc@mongcai.example")

    def readers() -> list[str]:
        return [one.name for one in readers_of(store, screening.organiser.actor, screening.fair)]

    assert readers() == [reviewer.name]
    for number in (limited.user_id, foreign.user.id, screening.producers[0].user.id, screening.organiser.user.id):
        with pytest.raises(Refused, match="comment_mention_impossible"):
            write("Xem giúp", number)
    assert store.scalars(sa.select(PlanComment)).all() == []
    rules = {"own_score_first": True, "recuses_by_locality": True, "by_median": False}
    store.add(ReviewRound(fair_id=screening.fair.id, is_blind=True, **rules))
    store.flush()
    assert readers() == []


@pytest.mark.parametrize("why", ["said", "member"])
@pytest.mark.parametrize("name", ["code", "unit"])
def test_what_names_a_unit_stays_hidden_from_who_stands_aside(
    store: Session, write: Write, reviewer: User, screening: Screening, name: str, why: str
) -> None:
    application = screening.applications[0]
    called = (application.code or "").lower() if name == "code" else "htx mien dong BÌNH LIÊU"
    write(f"Đưa {called} ra cổng", reviewer.id)
    write("Dãy A hơi chật", reviewer.id)
    if why == "said":
        stand_aside(store, actor_for(store, reviewer), application, "Người nhà")
    else:
        enrol(store, reviewer, application.producer.organisation, Role.MANAGER)
    store.flush()
    actor = as_they_are(store, reviewer)
    shown = comments_on(store, actor, screening.fair)
    assert ([one.words for one in shown.rows], shown.hidden) == (["Dãy A hơi chật"], 1)
    assert len(unread_comments(store, actor)) == 1
    with pytest.raises(Refused, match="comment_mention_impossible"):
        write(f"{called} lấy A01?", reviewer.id)
    before = len(letters_to(store, reviewer))
    write(f"@{reviewer.name} xem {called}")
    assert len(letters_to(store, reviewer)) == before
    with pytest.raises(Refused, match="comment_names_unit"):
        write_comment(store, actor, screening.fair, f"{called} nên ở B", base_url=BASE_URL)
    write_comment(store, actor, screening.fair, "Dãy B rộng hơn", base_url=BASE_URL)


@pytest.mark.parametrize(
    ("words", "reason"),
    [("", "comment_empty"), (" \n", "comment_empty"), ("x" * (LONGEST_COMMENT + 1), "comment_too_long")],
)
def test_a_comment_says_something_and_not_too_much(
    write: Write, in_words: Callable[[Refused], tuple[str, str]], words: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        write(words)
    assert all(in_words(refused.value))


def test_only_the_author_takes_a_comment_back_and_the_trail_tells_of_both(
    store: Session, write: Write, reviewer: User, screening: Screening
) -> None:
    comment = write("Xem giúp", reviewer.id)
    other = an_open_fair(store, screening.organiser, booths=2, name="Khác")
    assert find_comment(store, screening.fair, comment.id) is comment
    assert find_comment(store, other, comment.id) is None
    with pytest.raises(Refused, match="comment_of_another"):
        take_comment_back(store, actor_for(store, reviewer), comment)
    take_comment_back(store, screening.organiser.actor, comment)
    assert store.scalars(sa.select(CommentMention)).all() == []
    told = [change.what for change in recent_changes(store, [screening.fair.id], 2)]
    assert told == ["comment.take_back", "comment.write"]


def test_comments_are_written_and_read_without_scripts(
    store: Session,
    screening: Screening,
    reviewer: User,
    proposal: AllocationProposal,
    visit: Callable[..., Visitor],
) -> None:
    desk, number, colleague = f"/organise/fairs/{screening.fair.slug}", proposal.number, str(reviewer.id)
    author = visit(screening.organiser.user.email)
    author.get(f"{desk}/comments?proposal={number}")
    refused = author.post(f"{desk}/comments/new?proposal={number}", words="A01 cho ai?", mentioned=["999999"])
    assert (refused.status_code, "A01 cho ai?" in refused.text) == (422, True)
    assert author.post(f"{desk}/comments/new?proposal={number}", words=" ").status_code == 422
    assert author.post(f"{desk}/comments/new", words="x", mentioned=["zz"]).status_code == 422
    for wrong in ("0", "77", "-1", "1e3", "x" * 400, "9" * 40):
        assert author.get(f"{desk}/comments?proposal={wrong}").status_code == 404
    twice = {"words": "A01 cho ai?", "mentioned": [colleague], "once": "t" * 32}
    for _time in range(2):
        kept = author.post(f"{desk}/comments/new?proposal={number}", **twice)
        assert (kept.status_code, kept.location) == (303, f"{desk}/comments?proposal={number}")
    assert store.scalar(sa.select(sa.func.count(PlanComment.id))) == 1
    store.commit()
    reader = visit(reviewer.email)
    assert f"{desk}/comments?proposal={number}" in reader.get("/organise").text
    for page in (f"{desk}/comments", f"{desk}/proposals/{number}"):
        assert "A01 cho ai?" in reader.get(page).text
    assert f"{desk}/comments" in reader.get(f"{desk}/booths").text
    assert reader.post(f"{desk}/comments/read").status_code == 303
    assert "Ghi chú nhắc đến bạn" not in reader.get("/organise").text
    back = f"{desk}/comments/{store.scalars(sa.select(PlanComment.id)).one()}/take-back"
    store.commit()
    assert reader.post(back).status_code == 303
    assert "A01 cho ai?" in author.get(f"{desk}/comments").text
    assert author.post(back).status_code == 303
    assert "A01 cho ai?" not in author.get(f"{desk}/comments").text
