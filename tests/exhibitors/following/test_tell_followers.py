"""Who follows is told once of what was announced, changed or cancelled, in their language, and of nothing else."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import cancel_fair, open_call, postpone_fair, publish_fair, restore
from events.programme.plan_programme import add_item, remove_item
from exhibitors.allocation.booth_assignment import assignments_of
from exhibitors.allocation.place_on_booth import move_to_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.following.follow import Follow, FollowFamily
from exhibitors.following.follow_by_email import ask_to_follow, confirm_follow
from exhibitors.following.letters import KINDS
from exhibitors.following.news_round import SETTLES_WITHIN
from exhibitors.following.tell_followers import tell_followers
from foundation import clock
from foundation.outbox import OutboxLetter
from tests.cast import (
    BASE_URL,
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_draft_fair,
    a_producer,
    a_zone,
    an_open_fair,
    booths_of,
)

SECRET = "the secret of the tests"


def follows(
    session: Session, family: FollowFamily, key: str, email: str = "an@khach.example", language: str = "vi"
) -> Follow:
    """Somebody who has followed since yesterday."""
    wish = ask_to_follow(
        session, email=email, family=family, key=key, language=language, secret=SECRET, base_url=BASE_URL
    )
    confirm_follow(session, wish)
    wish.confirmed_at = clock.now() - timedelta(days=1)
    session.commit()
    return wish


def told(session: Session, minutes: float = SETTLES_WITHIN / timedelta(minutes=1) + 1) -> list[tuple[str, str]]:
    """Let the job run twice after so many minutes; recipients and subjects of the letters it wrote."""
    session.commit()
    before = set(session.scalars(select(OutboxLetter.id)))
    for _ in range(2):
        tell_followers(session, clock.now() + timedelta(minutes=minutes), secret=SECRET, base_url=BASE_URL)
        session.commit()
    news = select(OutboxLetter).where(OutboxLetter.kind.in_(KINDS)).order_by(OutboxLetter.id)
    return [(one.recipient, one.subject) for one in session.scalars(news) if one.id not in before]


def published(session: Session, organiser: OrganiserPlayer) -> Fair:
    """A fair that has just been announced."""
    fair = a_draft_fair(session, organiser, name="Hội chợ Xuân")
    a_zone(session, organiser, fair)
    publish_fair(session, organiser.actor, fair)
    return fair


def test_life_of_a_fair_is_told_step_by_step_and_each_step_once(session: Session, organiser: OrganiserPlayer) -> None:
    a_producer(session)
    follows(session, FollowFamily.EVERYTHING, "all")
    fair = published(session, organiser)
    assert told(session, minutes=1) == []
    assert told(session) == [("an@khach.example", "Hội chợ mới: Hội chợ Xuân")]
    fair.summary_vi = "Nhiều món ngon"
    assert told(session) == []
    open_call(session, organiser.actor, fair)
    assert told(session) == [("an@khach.example", "Nhận đăng ký gian hàng: Hội chợ Xuân")]
    assert fair.last_day is not None
    fair.last_day += timedelta(days=1)
    session.commit()
    fair.last_day += timedelta(days=1)
    assert told(session) == [("an@khach.example", "Thay đổi: Hội chợ Xuân")]
    postpone_fair(session, organiser.actor, fair, reason="Bão")
    assert told(session) == [("an@khach.example", "Hoãn: Hội chợ Xuân")]
    cancel_fair(session, organiser.actor, fair, reason="Bão to")
    assert told(session) == [("an@khach.example", "Đã hủy: Hội chợ Xuân")]
    restore(session, organiser.actor, fair)
    assert told(session) == [("an@khach.example", "Tổ chức trở lại: Hội chợ Xuân")]


def test_one_who_follows_in_many_ways_gets_one_letter_in_their_language(
    session: Session, organiser: OrganiserPlayer
) -> None:
    a_producer(session)
    fair = a_draft_fair(session, organiser, name="Hội chợ Xuân")
    venue = fair.venues[0].venue
    for family, key in (
        (FollowFamily.KINDS, fair.kind.replace("_", "-")),
        (FollowFamily.VENUES, str(venue.id)),
        (FollowFamily.LOCALITIES, venue.locality.code),
        (FollowFamily.DISTRICTS, venue.locality.district.slug),
    ):
        follows(session, family, key, language="en")
        follows(session, family, key, email=f"{family.value}@khach.example")
    follows(session, FollowFamily.KINDS, "conference", email="khac@khach.example")
    publish_fair(session, organiser.actor, fair)
    letters = told(session)
    assert sorted(recipient for recipient, _ in letters) == [
        "an@khach.example",
        "districts@khach.example",
        "kinds@khach.example",
        "localities@khach.example",
        "venues@khach.example",
    ]
    assert ("an@khach.example", f"New fair: {fair.name_en}") in letters


def test_unconfirmed_and_later_followers_get_nothing(session: Session, organiser: OrganiserPlayer) -> None:
    a_producer(session)
    fair = published(session, organiser)
    session.commit()
    facts = {"family": FollowFamily.FAIRS, "key": fair.slug, "language": "vi"}
    ask_to_follow(session, email="chua@khach.example", **facts, secret=SECRET, base_url=BASE_URL)
    late = ask_to_follow(session, email="sau@khach.example", **facts, secret=SECRET, base_url=BASE_URL)
    confirm_follow(session, late)
    late.confirmed_at = clock.now() + timedelta(minutes=2)
    assert told(session) == []


def stand(session: Session, organiser: OrganiserPlayer) -> tuple[Fair, ProducerPlayer, BoothApplication]:
    """A producer with a confirmed booth."""
    player = a_producer(session)
    fair = an_open_fair(session, organiser)
    return fair, player, a_confirmed_application(session, organiser, player, fair)


def test_stand_is_told_when_it_comes_moves_and_goes(session: Session, organiser: OrganiserPlayer) -> None:
    fair, player, application = stand(session, organiser)
    product = player.producer.products[0]
    follows(session, FollowFamily.PRODUCERS, player.producer.slug)
    follows(session, FollowFamily.PRODUCTS, str(product.id), email="binh@khach.example")
    assert product.group is not None
    follows(session, FollowFamily.GROUPS, product.group.key, email="chi@khach.example")
    name = player.producer.name_vi
    code, other = booths_of(session, fair)[0].code, booths_of(session, fair)[3].code
    everybody = ("an@khach.example", "binh@khach.example", "chi@khach.example")
    announced = [(one, f"Hội chợ mới: {fair.name_vi}") for one in everybody]
    assert told(session) == announced + [(one, f"Gian {code}, {fair.name_vi}: {name}") for one in everybody]
    (held,) = assignments_of(session, application.id)
    move_to_booth(session, organiser.actor, held, booths_of(session, fair)[3], reason="Cột điện")
    assert told(session) == []
    publish_decisions(session, organiser.actor, fair, confirm_by=clock.now() + timedelta(days=7), base_url=BASE_URL)
    assert told(session) == [(one, f"Chuyển sang gian {other}, {fair.name_vi}: {name}") for one in everybody[:2]]
    withdraw_application(session, player.actor, application, reason="Mất mùa", base_url=BASE_URL)
    assert told(session) == [(one, f"Không còn bán hàng tại {fair.name_vi}: {name}") for one in everybody[:2]]


def test_cancelled_fair_is_told_to_who_follows_a_producer_there(session: Session, organiser: OrganiserPlayer) -> None:
    fair, player, _ = stand(session, organiser)
    follows(session, FollowFamily.PRODUCERS, player.producer.slug)
    told(session)
    cancel_fair(session, organiser.actor, fair, reason="Bão")
    assert told(session) == [("an@khach.example", f"Đã hủy: {fair.name_vi}")]


def test_letter_holds_the_way_out_and_no_organiser_sees_it(session: Session, organiser: OrganiserPlayer) -> None:
    a_producer(session)
    follow = follows(session, FollowFamily.EVERYTHING, "all")
    published(session, organiser)
    told(session)
    letter = session.scalars(select(OutboxLetter).where(OutboxLetter.kind == "fair_news")).one()
    assert letter.unsubscribe_url.startswith(f"{BASE_URL}/follow/stop/{follow.id}-")
    assert (letter.unsubscribe_url in letter.body, letter.fair_id, letter.application_id) == (True, None, None)


def test_programme_is_told_to_who_follows_the_fair_itself(session: Session, organiser: OrganiserPlayer) -> None:
    a_producer(session)
    fair = published(session, organiser)
    day = fair.first_day
    assert day is not None
    follows(session, FollowFamily.FAIRS, fair.slug)
    follows(session, FollowFamily.EVERYTHING, "all", email="binh@khach.example")
    session.commit()
    assert len(told(session)) == 2
    words = {"title_vi": "Hát then", "place_vi": "Sân khấu"}
    item = add_item(session, organiser.actor, fair, kind="performance", day=day, starts_at=time(19), **words)
    assert told(session, minutes=1) == []
    assert told(session) == [("an@khach.example", "Chương trình thay đổi: Hội chợ Xuân")]
    item.text_vi = "Nghệ nhân Bình Liêu"
    assert told(session) == []
    item.is_cancelled = True
    assert told(session) == [("an@khach.example", "Chương trình thay đổi: Hội chợ Xuân")]
    last = session.scalars(select(OutboxLetter).order_by(OutboxLetter.id.desc()).limit(1)).one()
    assert "19:00: Hát then (Sân khấu). ĐÃ HỦY" in last.body.replace("\u00a0", " ")
    assert last.unsubscribe_url
    remove_item(session, organiser.actor, item)
    assert told(session) == [("an@khach.example", "Chương trình thay đổi: Hội chợ Xuân")]


def test_what_happens_to_the_fair_is_not_told_again_as_programme(session: Session, organiser: OrganiserPlayer) -> None:
    a_producer(session)
    fair = published(session, organiser)
    assert fair.first_day is not None
    words = {"title_vi": "Hát then"}
    add_item(session, organiser.actor, fair, kind="performance", day=fair.first_day, starts_at=time(19), **words)
    follows(session, FollowFamily.FAIRS, fair.slug)
    assert [subject for _, subject in told(session)] == ["Hội chợ mới: Hội chợ Xuân"]
    cancel_fair(session, organiser.actor, fair, reason="Bão")
    assert [subject for _, subject in told(session)] == ["Đã hủy: Hội chợ Xuân"]
    restore(session, organiser.actor, fair)
    assert [subject for _, subject in told(session)] == ["Tổ chức trở lại: Hội chợ Xuân"]
    assert told(session) == []
