"""A form sent twice makes one thing, also when both arrive at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import Organisation, OrganisationKind
from foundation.actor import Actor
from foundation.database import make_session
from foundation.made_once import make_once, new_form_token

ANNA, BINH = Actor(user_id=1), Actor(user_id=2)


def make(session: Session, name: str = "Ban tổ chức") -> Organisation:
    made = Organisation(kind=OrganisationKind.ORGANISER, name_vi=name)
    session.add(made)
    return made


def test_same_token_gives_the_same_thing(session: Session) -> None:
    token = new_form_token()
    first, second = (make_once(session, ANNA, token, Organisation, lambda: make(session)) for _ in range(2))
    assert (first[0] is second[0], first[1], second[1]) == (True, True, False)


def test_tokens_belong_to_who_sends_them(session: Session) -> None:
    token = new_form_token()
    made = [make_once(session, actor, token, Organisation, lambda: make(session))[1] for actor in (ANNA, BINH)]
    assert made == [True, True]


def test_what_was_removed_is_made_anew(session: Session) -> None:
    token = new_form_token()
    gone, _ = make_once(session, ANNA, token, Organisation, lambda: make(session))
    session.delete(gone)
    session.flush()
    assert make_once(session, ANNA, token, Organisation, lambda: make(session))[1] is True


def test_without_a_token_it_is_simply_made(session: Session) -> None:
    for token in ("", "x" * 44):
        assert make_once(session, ANNA, token, Organisation, lambda: make(session))[1] is True


def test_sent_eight_times_at_once_makes_one(engine: sa.Engine) -> None:
    token, ready = new_form_token(), Barrier(8)

    def send(_: int) -> int:
        ready.wait()
        with make_session(engine) as session:
            made, _ = make_once(session, ANNA, token, Organisation, lambda: make(session))
            session.commit()
            return made.id

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(send, range(8)))
    with make_session(engine) as session:
        assert (len(numbers), session.scalar(sa.select(sa.func.count(Organisation.id)))) == (1, 1)
