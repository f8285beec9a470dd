"""What the allocation board shows: who needs booths, who has some, and the plans with their holders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from events.fairs.fair import Fair, FairVenue
from events.fairs.waiting_counts import counts_what_waits
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan
from events.places.regions import place_code, region_of
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment
from exhibitors.allocation.booth_states import BoothStanding, booth_states
from exhibitors.allocation.exhibitor_directory import shown_product
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.drawn_plan import DrawnBooth
from exhibitors.applications.held_booths import HeldBooth, booths_held_by
from exhibitors.producers.producer import Producer


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An application that takes part or is about to, with the booths it holds; `group` colours the plan."""

    application: BoothApplication
    booths: Sequence[HeldBooth]
    group: str

    @property
    def lacks(self) -> int:
        """How many booths it still needs."""
        return max(0, self.application.booths_wanted - len(self.booths))


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """One venue's plan with every booth as it stands."""

    plan: FloorPlan
    standings: Sequence[BoothStanding]

    def drawn(self, rows: Sequence[BoardRow], chosen: BoothApplication | None) -> list[DrawnBooth]:
        """The booths for the plan macro; free ones that the chosen one wished for, or their zone, are marked open."""
        known = {row.application.code: row for row in rows}
        wishes = chosen.wishes if chosen else []
        zones = {wish.zone_id for wish in wishes if wish.booth_id is None}
        booths = {wish.booth_id for wish in wishes}
        return [
            _draw(
                standing,
                known.get(standing.application_code),
                is_wished=standing.booth.zone_id in zones or standing.booth.id in booths,
            )
            for standing in self.standings
        ]


def board_rows(session: Session, fair: Fair) -> list[BoardRow]:
    """Accepted, confirmed, staged for acceptance, or holding a booth; those who still lack a booth come first."""
    applications = _in_order(
        session,
        select(BoothApplication.id)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothApplication.fair_id == fair.id, _on_board())
        .order_by(Producer.sort_key, BoothApplication.id),
    )
    held = booths_held_by(session, [application.id for application in applications])
    rows = [_row(application, held.get(application.id, ())) for application in applications]
    return sorted(rows, key=lambda row: row.lacks == 0)


def waiting_rows(session: Session, fair: Fair) -> list[BoardRow]:
    """Units on the waiting list that hold no booth yet, who waits longest first."""
    holding = select(BoothAssignment.application_id).where(BoothAssignment.state != AssignmentState.RELEASED)
    waiting = _in_order(
        session,
        select(BoothApplication.id)
        .where(
            BoothApplication.fair_id == fair.id,
            BoothApplication.state == ApplicationState.WAITLISTED,
            BoothApplication.id.not_in(holding),
        )
        .order_by(BoothApplication.decided_at, BoothApplication.id),
    )
    return [_row(application, ()) for application in waiting]


@counts_what_waits
def count_without_booth(session: Session, fair: Fair) -> Mapping[str, int]:
    """How many of those that take part or are about to still lack a booth; one query."""
    held = (
        select(func.count())
        .where(BoothAssignment.application_id == BoothApplication.id, BoothAssignment.state != AssignmentState.RELEASED)
        .scalar_subquery()
    )
    query = select(func.count(BoothApplication.id)).where(
        BoothApplication.fair_id == fair.id, _on_board(), held < BoothApplication.booths_wanted
    )
    return {"allocation": session.scalar(query) or 0}


def board_plans(
    session: Session, fair: Fair, zones: frozenset[int] | None = None, hidden: frozenset[int] = frozenset()
) -> list[BoardPlan]:
    """The plans of the fair in the order of its venues, with the booths of all zones or of some; `hidden` applications
    are not named.

    Two queries and one for each venue.
    """
    plans = session.scalars(
        select(FloorPlan)
        .join(FairVenue, FairVenue.id == FloorPlan.fair_venue_id)
        .where(FloorPlan.fair_id == fair.id)
        .options(selectinload(FloorPlan.zones), selectinload(FloorPlan.fixtures), contains_eager(FloorPlan.fair_venue))
        .order_by(FairVenue.position)
    )
    standings = {plan: booth_states(session, plan, hidden) for plan in plans}
    return [
        BoardPlan(plan, [standing for standing in all_ if zones is None or standing.booth.zone_id in zones])
        for plan, all_ in standings.items()
    ]


def find_row(session: Session, fair: Fair, code: str) -> BoardRow | None:
    """The application with this code if it was handed in at this very fair, with its booths."""
    found = _in_order(
        session,
        select(BoothApplication.id).where(
            BoothApplication.fair_id == fair.id,
            BoothApplication.code == code,
            BoothApplication.submitted_at.is_not(None),
        ),
    )
    if not found:
        return None
    (application,) = found
    return _row(application, booths_held_by(session, [application.id]).get(application.id, ()))


def find_booth(session: Session, fair: Fair, code: str) -> Booth | None:
    """The booth with this code if it stands on a plan of this very fair and was not removed."""
    return session.scalar(
        select(Booth)
        .join(FloorPlan, FloorPlan.id == Booth.plan_id)
        .where(FloorPlan.fair_id == fair.id, Booth.code == code, Booth.switch != BoothSwitch.REMOVED)
        .order_by(Booth.id)
        .limit(1)
    )


def group_of(application: BoothApplication) -> str:
    """The product group that colours it: that of the best product it brings, "" without any."""
    products = [good.product for good in application.goods]
    best = max(products, key=lambda product: (product.stars or 0, -product.id), default=None)
    return shown_product(best).group if best else ""


def _on_board() -> ColumnElement[bool]:
    holding = select(BoothAssignment.application_id).where(BoothAssignment.state != AssignmentState.RELEASED)
    staged = and_(
        BoothApplication.state == ApplicationState.IN_REVIEW, BoothApplication.pending_decision == Decision.ACCEPT
    )
    taking_part = BoothApplication.state.in_([ApplicationState.ACCEPTED, ApplicationState.CONFIRMED])
    return or_(staged, taking_part, BoothApplication.id.in_(holding))


def _in_order(session: Session, wanted: Select[int]) -> list[BoothApplication]:
    """The applications whose ids are wanted, with all that the board shows: whole ones are read by one statement, which
    takes half a megabyte of every worker.
    """
    ids = session.scalars(wanted).all()
    if not ids:
        return []
    producer = joinedload(BoothApplication.producer)
    shown = (
        producer.joinedload(Producer.locality),
        producer.joinedload(Producer.district),
        selectinload(BoothApplication.wishes).joinedload(ZoneWish.zone),
        selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product),
    )
    found = {
        one.id: one
        for one in session.scalars(select(BoothApplication).where(BoothApplication.id.in_(ids)).options(*shown))
    }
    return [found[key] for key in ids]


def _row(application: BoothApplication, booths: Sequence[HeldBooth]) -> BoardRow:
    return BoardRow(application, booths, group_of(application))


def _draw(standing: BoothStanding, row: BoardRow | None, *, is_wished: bool) -> DrawnBooth:
    booth = standing.booth
    place = row.application.producer.place if row else ""
    state = "open" if standing.state == "free" and is_wished else standing.state
    return DrawnBooth(
        code=booth.code,
        zone_code=booth.zone.code,
        x_m=booth.x_m,
        y_m=booth.y_m,
        width_m=booth.width_m,
        depth_m=booth.depth_m,
        state=state,
        group=row.group if row else "",
        region=region_of(place),
        place_code=place_code(place),
        label=standing.holder,
        rotation=booth.rotation,
    )
