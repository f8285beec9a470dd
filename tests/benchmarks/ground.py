"""The ground that is measured on: as many fairs, booths and exhibitors as the bars name, made through the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from demonstration.made_up import make_up_producers
from demonstration.people import Cast, make_cast
from demonstration.staged_fair import FairBuilder, FairPlan, Stage
from events.fairs.fair import FairKind
from events.fairs.organise_fair import create_fair, publish_fair
from events.places.venue import Venue
from foundation import clock
from foundation.bilingual import Bilingual
from foundation.database import make_engine, make_session

FEED_EVENTS = 200
LARGE_FEED_EVENTS = 1000
EXHIBITORS = 20
MANY_EXHIBITORS = 300
SUMMARY = "Miến dong Bình Liêu, chả mực Hạ Long và hơn hai mươi gian hàng của các huyện. " * 2
KIND = FairKind.CONNECTION_PROGRAMME
"""A kind that the demonstration has none of: its feed holds exactly the fairs made here."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Addresses of what is measured at the product."""

    fair: str
    feed: str
    list: str = "/fairs"
    crowded_fair: str = ""
    large_feed: str = ""
    edited_fair: str = ""


def lay_ground(folder: Path, *, large: bool = False) -> Ground:
    """Add to the demonstration data in the folder's SQLite database: 200 fairs of one kind, and one with 20 booths and
    as many confirmed exhibitors. With `large` also a fair with 300 exhibitors, and fairs up to 1,000 events.
    """
    engine = make_engine(f"sqlite:///{folder / 'gian-hang.db'}")
    try:
        with make_session(engine) as session:
            builder = GroundBuilder(session, make_cast(session), session.scalars(select(Venue)).first())
            feed = f"/calendar/kinds/{KIND.replace('_', '-')}.ics"
            slugs = list(builder.plain_fairs(FEED_EVENTS, KIND))
            fair = builder.fair_with_exhibitors(EXHIBITORS)
            ground = Ground(fair=f"/fairs/{fair}", feed=feed, edited_fair=f"/fairs/{slugs[0]}")
            session.commit()
            return ground
    finally:
        engine.dispose()


@dataclass(slots=True)
class GroundBuilder:
    """Makes fairs with the demonstration's cast."""

    session: Session
    cast: Cast
    venue: Venue

    def plain_fairs(self, count: int, kind: FairKind) -> Iterator[str]:
        """Published fairs of four days each, one beginning every day or two from half a year ago on; answers slugs."""
        for number in range(count):
            first_day = clock.today() - timedelta(days=180) + timedelta(days=number * 540 // count)
            fair = create_fair(
                self.session,
                self.cast.organiser,
                organisation_id=self.cast.department.id,
                kind=kind,
                name_vi=f"Hội chợ minh họa số {number + 1}",
                name_en=f"Demonstration fair {number + 1}",
                summary_vi=SUMMARY,
                first_day=first_day,
                last_day=first_day + timedelta(days=3),
                venue_ids=[self.venue.id],
                is_demonstration=True,
            )
            publish_fair(self.session, self.cast.organiser, fair)
            yield fair.slug

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
