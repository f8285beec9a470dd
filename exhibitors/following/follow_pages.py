"""Audience: anyone. Following by e-mail (/follow …): ask, confirm from the mailbox, stop with one press."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.even_answers import even_answer
from accounts.link_doors import may_post_letter, private_page
from accounts.sign_up_form import EmailForm
from exhibitors.following import wording  # noqa: F401 - registers its sentences
from exhibitors.following.follow import FollowFamily, LinkKind
from exhibitors.following.follow_by_email import ask_to_follow, confirm_follow, stop_following
from exhibitors.following.follow_doors import follow_or_page, message_page, settings_now
from exhibitors.following.followed_things import followed_name
from foundation.audience import Audience, Pages, audience_suffices, found
from foundation.flask_database import current_session
from foundation.languages import current_language

pages = Pages("follow", __name__, audience=Audience.ANYONE, url_prefix="/follow")
FOLDER = "exhibitors/following/follow"


@pages.page(f"/<any({', '.join(FollowFamily)}):family>/<key>", may=audience_suffices, methods=("GET", "POST"))
def ask(family: str, key: str) -> ResponseReturnValue:
    """The address of the mailbox; the answer is the same whether it follows already or not."""
    session = current_session()
    name = found(followed_name(session, FollowFamily(family), key))
    form = EmailForm.from_request()
    if form.validate_posted():
        with even_answer():
            if may_post_letter("follow", form.email.data):
                ask_to_follow(
                    session,
                    email=form.email.data,
                    family=FollowFamily(family),
                    key=key,
                    language=current_language(),
                    secret=settings_now().secret_key,
                    base_url=settings_now().base_url,
                )
                session.commit()
        return redirect(url_for("follow.sent"), 303)
    page = render_template(f"{FOLDER}/ask.html", form=form, name=name)
    return page, 422 if form.errors else 200


@pages.page("/sent", may=audience_suffices)
def sent() -> ResponseReturnValue:
    """What to do now: open the letter."""
    return render_template(
        "foundation/message.html",
        title=_("Look in your mailbox"),
        text=_(
            "A letter with a link is on its way. You follow nothing before you open the link and press the button. "
            "It works for two days."
        ),
        icon="mail-check",
        tone="ok",
    )


@pages.page("/confirm/<token>", may=audience_suffices, methods=("GET", "POST"))
def confirm(token: str) -> ResponseReturnValue:
    """A button to press: programs that open links in letters confirm nothing."""
    follow = follow_or_page(token, LinkKind.CONFIRM)
    name = found(followed_name(current_session(), FollowFamily(follow.family), follow.key))
    if request.method != "POST":
        return private_page(render_template(f"{FOLDER}/confirm.html", name=name, follow=follow))
    confirm_follow(current_session(), follow)
    current_session().commit()
    stop_token = follow.token(LinkKind.STOP, settings_now().secret_key)
    return private_page(render_template(f"{FOLDER}/following.html", name=name, token=stop_token))


@pages.page("/stop/<token>", may=audience_suffices, methods=("GET", "POST"))
def stop(token: str) -> ResponseReturnValue:
    """One press, from the letter or from the mail program itself (RFC 8058); `everything` stops all of the address."""
    follow = follow_or_page(token, LinkKind.STOP)
    if request.method != "POST":
        name = followed_name(current_session(), FollowFamily(follow.family), follow.key)
        return private_page(render_template(f"{FOLDER}/stop.html", name=name, follow=follow, token=token))
    stop_following(current_session(), follow, everything="everything" in request.form)
    current_session().commit()
    return message_page(
        _("No more letters"), _("You have stopped following. What we do not need any more has been deleted.")
    )


# A mail program that presses the button for somebody has no page of ours and so no token; the address is the secret.
pages.record_once(lambda state: state.app.extensions["csrf"].exempt(stop))
