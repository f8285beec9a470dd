"""Write a comment on the allocation, mention colleagues, say that one has read, take a comment back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.user import User
from events.fairs.fair import Fair
from events.fairs.permissions import may_read_desk
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal
from exhibitors.allocation.proposals.comments.letters import comment_told
from exhibitors.allocation.proposals.comments.plan_comment import CommentMention, PlanComment, is_named, names_of
from exhibitors.applications.notes.colleagues import Colleague, named_in
from exhibitors.applications.notes.note_mention import mark_read
from exhibitors.applications.review.organisers_of_fair import organisers_beside
from exhibitors.applications.review.who_reviews import asides_at
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.folding import nfc
from foundation.outbox import post
from foundation.refusal import Refused

LONGEST_COMMENT = 2000
MOST_COMMENTS = 500


def write_comment(
    session: Session,
    actor: Actor,
    about: Fair | AllocationProposal,
    words: str,
    mentioned: Collection[int] = (),
    *,
    base_url: str,
) -> PlanComment:
    """Keep a comment on the fair's board or on a proposal and tell whoever is mentioned: picked, or named after an @.

    Refuses comment_empty, comment_too_long, too_many_comments, comment_names_unit where the writer stands aside from a
    unit that is named, and comment_mention_impossible for whoever may not read it, for the same reason or another.
    """
    fair = about if isinstance(about, Fair) else about.fair
    told = nfc(words.strip())
    if not told:
        raise Refused("comment_empty")
    if len(told) > LONGEST_COMMENT:
        raise Refused("comment_too_long", most=LONGEST_COMMENT)
    count = select(func.count(PlanComment.id)).where(PlanComment.fair_id == fair.id)
    if (session.scalar(count) or 0) >= MOST_COMMENTS:
        raise Refused("too_many_comments", most=MOST_COMMENTS)
    if is_named(names_of(session, actor.stands_aside), told):
        raise Refused("comment_names_unit")
    readers = readers_of(session, actor, fair, told)
    if not set(mentioned) <= {one.id for one in readers}:
        raise Refused("comment_mention_impossible")
    proposal = about if isinstance(about, AllocationProposal) else None
    comment = PlanComment(
        fair_id=fair.id,
        proposal_id=proposal.id if proposal else None,
        user_id=actor.user_id,
        written_at=clock.now(),
        words=told,
    )
    session.add(comment)
    session.flush()
    numbers = sorted(set(mentioned) | named_in(told, readers))
    session.add_all(CommentMention(comment_id=comment.id, user_id=number) for number in numbers)
    facts = {"number": proposal.number if proposal else None, "mentioned": numbers}
    record(session, actor, "comment.write", comment, fair_id=fair.id, new=facts)
    for person in session.scalars(select(User).where(User.id.in_(numbers)).order_by(User.id)):
        post(session, comment_told(fair, proposal, (actor.name, base_url), person))
    return comment


def readers_of(session: Session, actor: Actor, fair: Fair, words: str = "") -> Sequence[Colleague]:
    """Colleagues who read everything of the fair, by name, and who may read these words: whoever stands aside from a
    unit that they name may not. Three queries.
    """
    readers = [one for one in organisers_beside(session, actor, fair) if may_read_desk(one, fair)]
    aside = asides_at(session, fair.id) if words else {}
    return [
        Colleague(one.user_id, one.name)
        for one in readers
        if not is_named(names_of(session, aside.get(one.user_id, ())), words)
    ]


def find_comment(session: Session, fair: Fair, comment_id: int) -> PlanComment | None:
    """The comment, if it is about this very fair."""
    comment = session.get(PlanComment, comment_id)
    return comment if comment is not None and comment.fair_id == fair.id else None


def take_comment_back(session: Session, actor: Actor, comment: PlanComment) -> None:
    """Remove one's own comment with its mentions. Refuses comment_of_another."""
    if comment.user_id != actor.user_id:
        raise Refused("comment_of_another")
    session.delete(comment)
    session.flush()
    record(session, actor, "comment.take_back", comment, fair_id=comment.fair_id)


def say_comments_read(session: Session, actor: Actor, fair: Fair) -> int:
    """Say that one has read every comment at the fair that mentions one; answers how many there were."""
    here = select(PlanComment.id).where(PlanComment.fair_id == fair.id)
    return mark_read(session, actor, CommentMention, CommentMention.comment_id.in_(here))
