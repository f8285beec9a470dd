"""Following through the pages: twice yes, one press out, nothing left behind."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.following.follow import Follow, FollowFamily, LinkKind, find_follow
from exhibitors.following.follow_by_email import ask_to_follow, forget_unconfirmed
from foundation import clock
from foundation.letter_office import as_message
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL, a_producer
from tests.refused import Refusal

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

EMAIL = "an.nguyen@khach.example"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def visitor(app: Flask, session: Session) -> FlaskClient:
    """Somebody without an account; there is a producer to follow."""
    a_producer(session)
    session.commit()
    return app.test_client()


def send(client: FlaskClient, path: str, **typed: str) -> int:
    token = TOKEN.search(client.get(path).text)
    return client.post(path, data={**typed, "csrf_token": token.group(1) if token else ""}).status_code


def link_in(session: Session, kind: LinkKind) -> str:
    session.expire_all()
    follow = session.scalars(select(Follow)).one()
    path = f"/follow/{kind.value}/{follow.token(kind, session.info['secret'])}"
    session.commit()  # what only reads would hold up what writes
    return path


@pytest.fixture
def following(app: Flask, visitor: FlaskClient, session: Session) -> FlaskClient:
    """The visitor, having asked and confirmed."""
    session.info["secret"] = app.extensions["settings"].secret_key
    assert send(visitor, "/follow/kinds/fair", email=EMAIL) == 303
    session.commit()
    assert send(visitor, link_in(session, LinkKind.CONFIRM)) == 200
    session.commit()
    return visitor


def test_nothing_is_followed_before_the_link_of_the_letter(app: Flask, visitor: FlaskClient, session: Session) -> None:
    session.info["secret"] = app.extensions["settings"].secret_key
    assert send(visitor, "/follow/kinds/fair", email=EMAIL) == 303
    letter = session.scalars(select(OutboxLetter)).one()
    assert (letter.kind, letter.recipient) == ("confirm_follow", EMAIL)
    path = link_in(session, LinkKind.CONFIRM)
    assert path in letter.body
    session.commit()
    assert EMAIL in visitor.get(path).text
    assert session.scalars(select(Follow.confirmed_at)).one() is None
    session.commit()
    assert send(visitor, path) == 200
    session.expire_all()
    assert session.scalars(select(Follow.confirmed_at)).one() is not None


def test_same_wish_again_is_answered_alike_and_kept_once(following: FlaskClient, session: Session) -> None:
    assert send(following, "/follow/kinds/fair", email=EMAIL.upper()) == 303
    assert len(session.scalars(select(Follow)).all()) == 1


def test_mail_program_stops_with_one_bare_post_and_nothing_is_left(
    app: Flask, following: FlaskClient, session: Session
) -> None:
    path = link_in(session, LinkKind.STOP)
    session.commit()
    answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    session.expire_all()
    assert session.scalars(select(Follow)).all() == []
    assert session.scalars(select(OutboxLetter).where(OutboxLetter.recipient == EMAIL)).all() == []
    session.commit()
    assert app.test_client().post(path).status_code == 410


def test_link_that_is_only_opened_stops_nothing(following: FlaskClient, session: Session) -> None:
    page = following.get(link_in(session, LinkKind.STOP))
    assert (page.status_code, page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == (
        200,
        "no-referrer",
        "no-store",
    )
    session.expire_all()
    assert len(session.scalars(select(Follow)).all()) == 1


def test_everything_of_the_address_stops_at_once(following: FlaskClient, session: Session) -> None:
    path = link_in(session, LinkKind.STOP)
    session.commit()
    assert send(following, "/follow/everything/all", email=EMAIL) == 303
    assert send(following, path, everything="1") == 200
    session.expire_all()
    assert session.scalars(select(Follow)).all() == []


@pytest.mark.parametrize("token", ["not-a-token", "1", "1-", "99999999999-a", "1-" + "0" * 64, "١-a"])
def test_false_link_opens_nothing(following: FlaskClient, token: str) -> None:
    assert [following.get(f"/follow/{kind}/{token}").status_code for kind in ("confirm", "stop")] == [410, 410]
    assert following.post(f"/follow/stop/{token}", data={"everything": "1"}).status_code == 410


def test_link_of_one_kind_does_not_do_for_the_other(following: FlaskClient, session: Session) -> None:
    path = link_in(session, LinkKind.CONFIRM).replace("confirm", "stop")
    assert following.get(path).status_code == 410


def test_wish_that_nobody_confirms_is_forgotten_after_two_days(session: Session) -> None:
    a_producer(session)
    facts = {"family": FollowFamily.KINDS, "key": "fair", "language": "vi", "secret": "s", "base_url": BASE_URL}
    wish = ask_to_follow(session, email=EMAIL, **facts)
    token = wish.token(LinkKind.CONFIRM, "s")
    assert find_follow(session, token, LinkKind.CONFIRM, ["new", "s"]) is wish
    assert forget_unconfirmed(session, clock.now() + timedelta(days=1)) == 0
    wish.asked_at -= timedelta(days=2, minutes=1)
    assert find_follow(session, token, LinkKind.CONFIRM, ["s"]) is None
    assert forget_unconfirmed(session, clock.now()) == 1
    assert (session.scalars(select(Follow)).all(), session.scalars(select(OutboxLetter)).all()) == ([], [])


def test_letter_names_the_way_out_in_its_headers(app: Flask) -> None:
    facts = {"id": 1, "kind": "fair_news", "recipient": EMAIL, "language": "vi", "subject": "Tin", "body": "Tin"}
    letter = OutboxLetter(**facts, created_at=clock.now(), unsubscribe_url=f"{BASE_URL}/follow/stop/1-a")
    message = as_message(letter, app.extensions["settings"])
    assert message["List-Unsubscribe"] == f"<{BASE_URL}/follow/stop/1-a>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    letter.unsubscribe_url = ""
    assert as_message(letter, app.extensions["settings"])["List-Unsubscribe"] is None


def test_wrong_address_comes_back_with_what_was_typed(visitor: FlaskClient) -> None:
    token = TOKEN.search(visitor.get("/follow/kinds/fair").text)
    assert token is not None
    answer = visitor.post("/follow/kinds/fair", data={"email": "an.khach", "csrf_token": token.group(1)})
    assert (answer.status_code, 'value="an.khach"' in answer.text) == (422, True)


@pytest.mark.parametrize("path", ["kinds/circus", "fairs/khong-co", "producers/khong-co", "products/x", "venues/9"])
def test_what_is_not_there_cannot_be_followed(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(f"/follow/{path}").status_code == 404


def test_nothing_to_follow_is_refused_in_words(session: Session, refused: Refusal) -> None:
    a_producer(session)
    facts = {"family": FollowFamily.KINDS, "key": "circus", "language": "vi", "secret": "s", "base_url": BASE_URL}
    assert refused(lambda: ask_to_follow(session, email=EMAIL, **facts)) == (
        "nothing_to_follow",
        "Không có gì mang tên đó để theo dõi.",
        "There is nothing of that name to follow.",
    )


def test_subscribe_pages_lead_to_it(visitor: FlaskClient, session: Session) -> None:
    assert 'href="/follow/everything/all"' in visitor.get("/calendar/subscribe").text
    assert 'href="/follow/kinds/fair"' in visitor.get("/calendar/subscribe/kinds/fair").text


def test_whoever_has_just_confirmed_can_have_it_all_as_a_calendar(
    app: Flask, visitor: FlaskClient, session: Session
) -> None:
    session.info["secret"] = app.extensions["settings"].secret_key
    assert "ten minutes" in visitor.get("/en/follow/kinds/fair").text
    assert send(visitor, "/follow/kinds/fair", email=EMAIL) == 303
    session.commit()
    path = link_in(session, LinkKind.CONFIRM)
    stop = link_in(session, LinkKind.STOP)
    session.commit()
    token = TOKEN.search(visitor.get(path).text)
    assert token is not None
    page = visitor.post(path, data={"csrf_token": token.group(1)}).text
    assert f'action="{stop.replace("/follow/stop/", "/follow/calendar/")}"' in page
    made = visitor.post(stop.replace("/follow/stop/", "/follow/calendar/"), data={"csrf_token": token.group(1)})
    assert "/calendar/following/" in made.text
