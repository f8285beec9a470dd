"""Binds the browser's session to a person (the only file that knows Flask-Login)."""

from __future__ import annotations

from datetime import timedelta
from functools import cache, cached_property
from typing import Any

from flask import Flask, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from accounts.organisation import Membership, Organisation, actor_for, actor_of
from accounts.sign_in import end_one_session, end_sessions, open_session
from accounts.user import CLOCK_DRIFT, IS_LIVE, MAY_ACT, SESSION_LIFE, SignedInSession, User, hash_token
from foundation import clock
from foundation.actor import Actor
from foundation.database import read_rows
from foundation.flask_database import current_session

login_manager = LoginManager()


class SignedInPerson:
    """What Flask-Login carries: the actor value, the token of this browser and, once somebody asks, the row of its
    session with the person's.
    """

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, session_id: int, actor: Actor, token: str) -> None:
        self.session_id = session_id
        self.actor = actor
        self.token = token

    def get_id(self) -> str:
        """The token; the database holds its hash, so that signing out works on the server."""
        return self.token

    @cached_property
    def signed_in(self) -> SignedInSession:
        """This browser's session; most pages only ask what the actor may."""
        with_person = joinedload(SignedInSession.user)
        return current_session().get_one(SignedInSession, self.session_id, options=[with_person])


def know_people(app: Flask) -> None:
    """Set `g.actor` before every request; a visitor without a cookie costs no query."""
    app.config["PERMANENT_SESSION_LIFETIME"] = SESSION_LIFE
    login_manager.session_protection = None
    login_manager.init_app(app)
    # There is no "remember me": its hook would read the session of every answer, and feeds would vary by cookie.
    app.after_request_funcs[None].remove(login_manager._update_remember_cookie)  # noqa: SLF001 - it offers no switch
    login_manager.user_loader(_load_person)

    @app.before_request
    def find_actor() -> None:
        g.actor = None
        if app.config["SESSION_COOKIE_NAME"] in request.cookies and "_user_id" in session:
            g.actor = current_user.actor if current_user.is_authenticated else None


@cache
def _person_of_token() -> Select[Any]:
    """Who a token stands for, if its session is live and they may act: the session's number, themselves, and a row for
    each membership, one without any. Built once: what is asked before every answer costs half when its statement is
    not made anew.
    """
    return (
        select(SignedInSession.id, User.id, User.name, User.is_admin)
        .add_columns(Membership.organisation_id, Membership.role, Organisation.kind, Organisation.closed_at)
        .join(User, User.id == SignedInSession.user_id)
        .outerjoin(Membership, Membership.user_id == User.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(SignedInSession.token_hash == bindparam("token_hash"), *IS_LIVE, *MAY_ACT)
    )


def _load_person(token: str) -> SignedInPerson | None:
    database, now = current_session(), clock.now()
    given = {"token_hash": hash_token(token), "now": now, "soon": now + CLOCK_DRIFT}
    rows = read_rows(database, _person_of_token(), given)
    if not rows:
        return None
    session_id, user_id, name, is_admin = rows[0][:4]
    person = Actor(user_id, name, is_admin=is_admin)
    return SignedInPerson(session_id, actor_of(database, person, [row[4:] for row in rows]), token)


def begin_session(database: Session, user: User, device: str) -> None:
    """Sign a person in in this browser under a new session; whatever the browser's session held is dropped."""
    signed_in, token = open_session(database, user, device=device)
    session.clear()
    session.permanent = True
    login_user(SignedInPerson(signed_in.id, actor_for(database, user), token))
    g.actor = current_user.actor


def end_session(database: Session) -> None:
    """Sign out: the row is ended, so a copied cookie is worth nothing."""
    if current_user.is_authenticated:
        end_one_session(database, current_user.actor, current_user.signed_in)
    logout_user()
    session.clear()
    g.actor = None


def end_all_sessions(database: Session, user: User, *, but_this: bool = False) -> int:
    """End every session of a person (of this browser only if not `but_this`); answers how many ended."""
    kept = current_user.signed_in if but_this and current_user.is_authenticated else None
    return end_sessions(database, current_user.actor, user, but=kept)


def current_person() -> User:
    """The signed-in person's row, on pages whose audience is signed in."""
    user: User = current_user.signed_in.user
    return user


def current_signed_in_session() -> SignedInSession:
    """This browser's own row."""
    signed_in: SignedInSession = current_user.signed_in
    return signed_in


def recently_signed_in(within: timedelta = timedelta(minutes=15)) -> bool:
    """Whether the password was given a short while ago in this browser."""
    return bool(clock.now() - current_user.signed_in.created_at <= within)
