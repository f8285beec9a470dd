"""Audience: organisers. What they say to each other about the board and its proposals (/organise/fairs/…/comments)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from events.fairs.fair import Fair, find_fair
from events.fairs.permissions import may_read_desk
from events.fairs.workbench import workbench_of
from exhibitors.allocation.permissions import may_comment
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, find_proposal
from exhibitors.allocation.proposals.comments.plan_comment import PlanComment, comments_on
from exhibitors.allocation.proposals.comments.write_comment import (
    find_comment,
    readers_of,
    say_comments_read,
    take_comment_back,
    write_comment,
)
from exhibitors.allocation.proposals.comments.write_comment_form import CommentForm
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.made_once import make_once
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.settings import Settings

pages = Pages("write_comment", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
FOLDER = "exhibitors/allocation/proposals/comments"
_MENTIONS = frozenset({"comment_mention_impossible"})
MOST_PROPOSALS = 100_000


@pages.page("/fairs/<slug>/comments", may=may_read_desk)
def comments(slug: str) -> ResponseReturnValue:
    """What was said about the allocation, or (`proposal`) about one proposal; whoever screens the fair writes here."""
    fair = _asked(slug)
    return _page(fair, _about(fair), _form(fair))


@pages.page("/fairs/<slug>/comments/new", may=may_comment, methods=("POST",))
def write(slug: str) -> ResponseReturnValue:
    """Keep a comment and tell whoever is mentioned in it."""
    session, actor, fair = current_session(), signed_in_actor(), _asked(slug)
    about, form = _about(fair), _form(fair)
    settings: Settings = current_app.extensions["settings"]

    def make() -> PlanComment:
        words, picked = form.words.data or "", form.mentioned.data or []
        return write_comment(session, actor, about or fair, words, picked, base_url=settings.base_url)

    if form.validate_posted():
        try:
            make_once(session, actor, form.once.data or "", PlanComment, make)
        except Refused as refusal:
            session.rollback()
            form.fault("mentioned" if refusal.reason in _MENTIONS else "words", refusal_words(refusal))
        else:
            number = about.number if about else None
            session.commit()
            return redirect(url_for(".comments", slug=slug, proposal=number), 303)
    fair = _asked(slug)
    return _page(fair, _about(fair), form)


@pages.page("/fairs/<slug>/comments/read", may=may_read_desk, methods=("POST",))
def read(slug: str) -> ResponseReturnValue:
    """Say that one has read what one was mentioned in."""
    say_comments_read(current_session(), signed_in_actor(), _asked(slug))
    current_session().commit()
    return redirect(url_for(".comments", slug=slug), 303)


@pages.page("/fairs/<slug>/comments/<int(max=2147483647):comment_id>/take-back", may=may_comment, methods=("POST",))
def take_back(slug: str, comment_id: int) -> ResponseReturnValue:
    """Remove one's own comment."""
    session = current_session()
    comment = found(find_comment(session, _asked(slug), comment_id))
    try:
        take_comment_back(session, signed_in_actor(), comment)
    except Refused as refusal:
        session.rollback()
        flash(refusal_words(refusal), "bad")
    else:
        session.commit()
        flash(_("The comment is gone."), "ok")
    return redirect(url_for(".comments", slug=slug), 303)


def _asked(slug: str) -> Fair:
    fair = found(find_fair(current_session(), slug))
    demand(fair)
    return fair


def _about(fair: Fair) -> AllocationProposal | None:
    """The proposal named in the address, None for the board; one that is not there is nothing."""
    asked = request.args.get("proposal", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and int(asked[:7]) < MOST_PROPOSALS):
        raise NotFound
    return found(find_proposal(current_session(), fair, int(asked[:7])))


def _form(fair: Fair) -> CommentForm:
    return CommentForm.beside(readers_of(current_session(), signed_in_actor(), fair))


def _page(fair: Fair, about: AllocationProposal | None, form: CommentForm) -> ResponseReturnValue:
    session, actor = current_session(), signed_in_actor()
    page = render_template(
        f"{FOLDER}/comments.html",
        fair=fair,
        about=about,
        comments=comments_on(session, actor, fair, about),
        form=form,
        may_write=may_comment(actor, fair),
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors else 200
