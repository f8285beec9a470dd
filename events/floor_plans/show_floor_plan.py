"""Questions about one plan: its zones and booths as they stand, who holds them, and what is wrong with the drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from events.fairs.fair import Fair, FairVenue
from events.fairs.permissions import desk_fairs
from events.floor_plans.booth_holders import holders_of_booths
from events.floor_plans.floor_plan import Booth, BoothSwitch, FloorPlan, Zone
from events.floor_plans.plan_checks import PlanFault, check_plan
from events.floor_plans.plan_document import FIELDS, PLAIN_OF_BOOTH, booth_values, plan_as_document, plan_values
from events.floor_plans.plan_fixture import PlanFixture
from foundation.actor import Actor
from foundation.bilingual import Bilingual
from foundation.database import read_rows

MOST_FAIRS = 60
ZONES_DRAWN = (
    select(Zone.key, *(getattr(Zone, name) for name in FIELDS["zone"]))
    .where(Zone.plan_id == bindparam("plan_id"))
    .order_by(Zone.code)
)
FIXTURES_DRAWN = (
    select(PlanFixture.key, *(getattr(PlanFixture, name) for name in FIELDS["fixture"]))
    .where(PlanFixture.plan_id == bindparam("plan_id"))
    .order_by(PlanFixture.id)
)
BOOTHS_DRAWN = (
    select(
        Booth.id, Booth.key, Zone.key, Booth.switch, Booth.reason, *(getattr(Booth, name) for name in PLAIN_OF_BOOTH)
    )
    .join(Zone, Zone.id == Booth.zone_id)
    .where(Booth.plan_id == bindparam("plan_id"), Booth.switch != BoothSwitch.REMOVED.value)
    .order_by(Zone.code, Booth.code)
)


@dataclass(frozen=True, slots=True)
class BoothOnPlan:
    """A booth as plans and lists show it, in metres; `state` is a word of the plan, `label` who stands there."""

    code: str
    x_m: float
    y_m: float
    width_m: float
    depth_m: float
    zone_code: str
    state: str
    label: str = ""
    reason: str = ""
    rotation: int = 0

    @property
    def is_held(self) -> bool:
        """Whether somebody stands there."""
        return bool(self.label)


@dataclass(frozen=True, slots=True)
class ZoneOnPlan:
    """A zone with its booths by code, removed ones too."""

    id: int
    code: str
    name: Bilingual
    booths: Sequence[BoothOnPlan]


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """Everything there is to see of a plan."""

    width_m: float
    depth_m: float
    zones: Sequence[ZoneOnPlan]
    plan: FloorPlan
    fixtures: Sequence[PlanFixture]

    @property
    def document(self) -> Mapping[str, Any]:
        """The whole plan as data; put together when asked."""
        return plan_as_document(self.plan)

    @property
    def faults(self) -> list[PlanFault]:
        """What is wrong with the drawing; worked out when asked."""
        return check_plan(self.document)

    @property
    def outline(self) -> Sequence[Sequence[int]]:
        """The corners of the hall in centimetres; none where it is the whole ground."""
        return self.plan.outline

    @property
    def booths(self) -> list[BoothOnPlan]:
        """The booths that are drawn."""
        return [booth for zone in self.zones for booth in zone.booths if booth.state != BoothSwitch.REMOVED]

    def booth(self, code: str) -> BoothOnPlan | None:
        """The booth with this code, be it removed."""
        return next((booth for zone in self.zones for booth in zone.booths if booth.code == code), None)


def plan_sheet(
    session: Session, plan: FloorPlan, only_zones: frozenset[int] | None = None, hidden: frozenset[int] = frozenset()
) -> PlanSheet:
    """The plan as it stands, with all zones or some; the number of queries does not grow with the booths.

    `hidden`: as in `holders_of_booths`.
    """
    statement = select(Zone).where(Zone.plan_id == plan.id).options(selectinload(Zone.booths)).order_by(Zone.code)
    zones = [zone for zone in session.scalars(statement) if only_zones is None or zone.id in only_zones]
    holders = holders_of_booths(session, [booth.id for zone in zones for booth in zone.booths], hidden)

    def stand(booth: Booth, zone: Zone) -> BoothOnPlan:
        holder = holders.get(booth.id)
        state = holder.state if holder else "free" if booth.switch == BoothSwitch.OPEN else booth.switch
        label = holder.name if holder else ""
        place = (booth.x_m, booth.y_m, booth.width_m, booth.depth_m)
        return BoothOnPlan(booth.code, *place, zone.code, state, label, booth.reason, booth.rotation)

    sheets = [
        ZoneOnPlan(zone.id, zone.code, zone.name, [stand(booth, zone) for booth in zone.booths]) for zone in zones
    ]
    return PlanSheet(plan.width_m, plan.depth_m, sheets, plan, plan.fixtures)


def plan_at(session: Session, place: FairVenue) -> FloorPlan | None:
    """The first plan of this venue of the fair, if one has been begun."""
    here = select(FloorPlan).where(FloorPlan.fair_venue_id == place.id)
    return session.scalar(here.order_by(FloorPlan.position, FloorPlan.id).limit(1))


def find_plan(session: Session, fair: Fair, plan_id: int) -> FloorPlan | None:
    """The plan with its zones, booths and fixtures, if it belongs to this fair; four queries whatever its size."""
    statement = select(FloorPlan).where(FloorPlan.id == plan_id, FloorPlan.fair_id == fair.id)
    whole = selectinload(FloorPlan.zones).selectinload(Zone.booths)
    return session.scalar(statement.options(whole, selectinload(FloorPlan.fixtures)))


def find_ground(session: Session, fair: Fair, plan_id: int) -> FloorPlan | None:
    """The plan alone, if it belongs to this fair; what stands on it is not read yet."""
    return session.scalar(select(FloorPlan).where(FloorPlan.id == plan_id, FloorPlan.fair_id == fair.id))


@dataclass(frozen=True, slots=True)
class DrawnPlan:
    """A plan as the editor takes it: its document, and who holds which booth and how firmly, by the booth's key."""

    document: dict[str, Any]
    held: dict[str, dict[str, str]]


def read_drawing(session: Session, plan: FloorPlan, hidden: frozenset[int] = frozenset()) -> DrawnPlan:
    """The same as `plan_as_document`, from plain rows: 2,000 booths as nouns would cost three times as much."""
    of_plan = {"plan_id": plan.id}
    zones = [dict(row) for row in session.connection().execute(ZONES_DRAWN, of_plan).mappings()]
    fixtures = [dict(row) for row in session.connection().execute(FIXTURES_DRAWN, of_plan).mappings()]
    keys, booths = {}, []
    for booth_id, key, zone_key, switch, reason, *plain in read_rows(session, BOOTHS_DRAWN, of_plan):
        keys[booth_id] = key
        booths.append({"key": key, **booth_values(zone_key, switch, reason, plain)})
    held = {
        keys[booth_id]: {"name": holder.name, "state": holder.state}
        for booth_id, holder in holders_of_booths(session, list(keys), hidden).items()
    }
    document = {"plan": plan_values(plan), "zones": zones, "booths": booths, "fixtures": fixtures}
    return DrawnPlan(document, held)


def find_zone(session: Session, fair: Fair, zone_id: int) -> Zone | None:
    """The zone, if it lies on a plan of this fair."""
    statement = select(Zone).join(FloorPlan).where(FloorPlan.fair_id == fair.id, Zone.id == zone_id)
    return session.scalar(statement.options(selectinload(Zone.booths)))


def find_booths(session: Session, plan: FloorPlan, codes: Sequence[str]) -> list[Booth]:
    """The booths of this plan with these codes, in order of codes."""
    statement = select(Booth).where(Booth.plan_id == plan.id, Booth.code.in_(codes)).order_by(Booth.code)
    return list(session.scalars(statement))


def free_zone_code(session: Session, fair: Fair) -> str:
    """The first letter that no zone of the fair bears; empty when all are taken."""
    taken = set(session.scalars(select(Zone.code).join(FloorPlan).where(FloorPlan.fair_id == fair.id)))
    return next((letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in taken), "")


def fairs_of_desk(session: Session, actor: Actor) -> list[Fair]:
    """The fairs on one's desk, newest first: where a layout may go."""
    statement = select(Fair).where(desk_fairs(actor)).order_by(Fair.year.desc(), Fair.id.desc()).limit(MOST_FAIRS)
    return list(session.scalars(statement))
