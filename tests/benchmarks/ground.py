"""The ground that is measured on: as many fairs, booths and exhibitors as the bars name, made through the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.sign_up import register_person
from demonstration.made_up import make_up_producers
from demonstration.people import Cast, make_cast
from demonstration.staged_fair import FairBuilder, FairPlan, Stage
from events.calendars import revise_entries
from events.fairs.fair import Fair, FairKind
from events.fairs.organise_fair import change_fair, create_fair, details_version, publish_fair
from events.places.locality import Locality
from events.places.venue import Venue
from exhibitors.producers.producer import ProducerKind, ProductGroup
from exhibitors.producers.register_producer import add_product, register_producer
from foundation import clock
from foundation.actor import Actor, Role
from foundation.bilingual import Bilingual
from foundation.database import make_engine, make_session
from tests.benchmarks.many_products import write_products

FEED_EVENTS = 200
LARGE_FEED_EVENTS = 1000
EXHIBITORS = 20
MANY_EXHIBITORS = 300
SUBMITTERS = 8
FOLLOWER = revise_entries.revise_changed
"""Named so that fairs made here stand in calendars, whoever imports this."""
SUMMARY = "Miến dong Bình Liêu, chả mực Hạ Long và hơn hai mươi gian hàng của các huyện. " * 2
SHORT_SUMMARY = "Hội chợ."
"""A thousand events fit into a feed of 900 KB when they say no more than this."""
SEARCHES = ("/search?q=mien+dong", "/search?q=a", "/search?q=mienn+dogn", "/search?q=mien&stars=4&district=binh-lieu")
"""What is looked for among 20,000 products: words of many, a letter of nearly all, mistyped words, and with filters."""
KIND = FairKind.CONNECTION_PROGRAMME
"""A kind that the demonstration has none of: its feed holds exactly the fairs made here."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Addresses of what is measured at the product, and who applies there; the large ones only when asked for."""

    fair: str
    feed: str
    accounts: tuple[Account, ...]
    crowded_fair: str = ""
    large_feed: str = ""
    searches: tuple[str, ...] = ()


def lay_ground(folder: Path, *, large: bool = False) -> Ground:
    """Add to the demonstration data in the folder's SQLite database: 200 fairs of one kind, one with 20 booths and as
    many confirmed exhibitors, eight producers. With `large` also a fair with 300 exhibitors, 1,000 events in all and
    20,000 products.
    """
    with _session(folder) as session:
        builder = GroundBuilder(session, make_cast(session), session.scalars(select(Venue)).all()[-1])
        builder.plain_fairs(FEED_EVENTS, KIND)
        fair = builder.fair_with_exhibitors(EXHIBITORS)
        accounts = builder.producers(SUBMITTERS)
        crowded_fair = ""
        if large:
            builder.plain_fairs(LARGE_FEED_EVENTS - FEED_EVENTS, FairKind.CONFERENCE, SHORT_SUMMARY)
            crowded_fair = f"/fairs/{builder.fair_with_exhibitors(MANY_EXHIBITORS)}"
        session.commit()
        if large:
            write_products(session)
    feed = f"/calendar/kinds/{KIND.replace('_', '-')}.ics"
    large_feed, searches = ("/calendar/quang-ninh.ics", SEARCHES) if large else ("", ())
    return Ground(f"/fairs/{fair}", feed, accounts, crowded_fair, large_feed, searches)


def edit_one_fair(folder: Path) -> None:
    """Give the latest of the plain fairs another name, as an organiser does, in a process of its own.

    The latest, for a feed that is full leaves the earliest ones out.
    """
    with _session(folder) as session:
        fair = session.scalars(select(Fair).where(Fair.kind == KIND).order_by(Fair.first_day.desc()).limit(1)).one()
        sayings = {name: getattr(fair, name) for name in ("kind", "summary_vi", "first_day", "last_day", "year")}
        venues = [place.venue_id for place in fair.venues]
        name = f"{fair.name_vi} (sửa)"
        organiser = make_cast(session).organiser
        change_fair(
            session, organiser, fair, expected_version=details_version(fair), name_vi=name, venue_ids=venues, **sayings
        )
        session.commit()


@contextmanager
def _session(folder: Path) -> Iterator[Session]:
    engine = make_engine(f"sqlite:///{folder / 'gian-hang.db'}")
    try:
        with make_session(engine) as session:
            yield session
    finally:
        engine.dispose()


@dataclass(slots=True)
class GroundBuilder:
    """Makes fairs with the demonstration's cast."""

    session: Session
    cast: Cast
    venue: Venue

    def plain_fairs(self, count: int, kind: FairKind, summary: str = SUMMARY) -> None:
        """Published fairs of four days each, spread over a year and a half that began half a year ago."""
        for number in range(count):
            first_day = clock.today() - timedelta(days=180) + timedelta(days=number * 540 // count)
            fair = create_fair(
                self.session,
                self.cast.organiser,
                organisation_id=self.cast.department.id,
                kind=kind,
                name_vi=f"Hội chợ minh họa số {number + 1}",
                name_en=f"Demonstration fair {number + 1}",
                summary_vi=summary,
                first_day=first_day,
                last_day=first_day + timedelta(days=3),
                venue_ids=[self.venue.id],
                is_demonstration=True,
            )
            publish_fair(self.session, self.cast.organiser, fair)

    def fair_with_exhibitors(self, count: int) -> str:
        """A fair that is open today with `count` booths, each with its confirmed exhibitor; answers its slug."""
        random = Random(count)  # noqa: S311 - shapes demonstration data
        plan = FairPlan(
            name=Bilingual(f"Hội chợ minh họa {count} gian", f"Demonstration fair of {count} booths"),
            summary=Bilingual(SUMMARY),
            stage=Stage.OPEN,
            booths=count,
            applications=count,
            first_day=clock.today() - timedelta(days=2),
        )
        applicants = make_up_producers(self.session, self.cast.keeper, count, random, clock.today())
        builder = FairBuilder(self.session, self.cast, plan, self.venue, random, "http://127.0.0.1")
        return builder.build(applicants).slug

    def producers(self, count: int) -> tuple[Account, ...]:
        """Confirmed people with a unit and a product each, who can apply at once."""
        locality = self.session.scalars(select(Locality).limit(1)).one()
        group = self.session.scalars(select(ProductGroup).limit(1)).one()
        accounts = tuple(Account(f"co-so-{n}@bench.example", f"mat-khau-{n}-cho-phep-do") for n in range(count))
        for number, account in enumerate(accounts):
            user = register_person(
                self.session,
                email=account.email,
                name=f"Chủ cơ sở minh họa {number}",
                password=account.password,
                confirmed=True,
                is_demonstration=True,
            )
            producer = register_producer(
                self.session,
                None,
                user=user,
                kind=ProducerKind.HOUSEHOLD,
                name_vi=f"Hộ kinh doanh Minh Họa Đo {number}",
                locality_id=locality.id,
                contact_person="Người minh họa",
                contact_email=account.email,
                is_demonstration=True,
            )
            actor = Actor(user.id, user.name, producer_roles={producer.organisation_id: Role.OWNER})
            add_product(self.session, actor, producer, group_id=group.id, name_vi="Miến dong", is_demonstration=True)
        return accounts
