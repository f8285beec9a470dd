"""What the application form is filled in from: products with their certificates, zones, plans, and what is saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload

from events.fairs.fair import Fair, FairVenue
from events.floor_plans.booth_type import BoothType, booth_types_of
from events.floor_plans.floor_plan import FloorPlan, Zone
from exhibitors.applications.asked_of_applicant import AskedOfApplicant, asked_of, asked_of_somebody
from exhibitors.applications.asked_points import is_opened, open_objections
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.fascia import usual_fascia
from exhibitors.applications.product_choice import why_not_brought
from exhibitors.applications.unit_tasks import CertificateState, certificate_state
from exhibitors.applications.wished_places import booths_held
from exhibitors.calls.call_terms import CallTerms, ZoneCall, terms_of, window_of, zone_calls_of
from exhibitors.calls.call_window import CallWindow, Standing
from exhibitors.calls.known_units import known_units, present_key
from exhibitors.producers.dossier.dossier_paper import papers_of_unit
from exhibitors.producers.producer import Producer, Product
from foundation import clock
from foundation.refusal import Refused


@dataclass(frozen=True, slots=True)
class ApplicationSheet:
    """One fair seen by one producer."""

    fair: Fair
    producer: Producer
    application: BoothApplication | None
    products: Sequence[Product]
    zones: Sequence[Zone]
    plans: Sequence[FloorPlan]
    venues: Mapping[int, str]
    booth_types: Sequence[BoothType]
    terms: CallTerms
    zone_calls: Mapping[int, ZoneCall]
    unit_objections: Sequence[Refused]
    asked: AskedOfApplicant
    held: frozenset[int]
    """Ids of booths that are held, as far as anybody was told."""

    def opens(self, name: str) -> bool:
        """Whether this part of the form may be changed now."""
        return is_opened(self.application, name)

    @property
    def asked_left(self) -> list[Refused]:
        """What is missing of questions and papers, as far as it may be mended now."""
        found = self.asked.objections()
        return open_objections(self.application, found) if self.application else found

    def brought(self, chosen: Collection[int]) -> list[Product]:
        """Those of the products chosen (ids) that can be brought to this fair."""
        return [product for product in self.products if product.id in chosen and self.why_not(product) is None]

    @property
    def wished_booths(self) -> dict[str, int]:
        """The booths that the draft wishes for, code → rank, for the plan."""
        wishes = self.application.wishes if self.application else []
        return {wish.booth.code: wish.rank for wish in wishes if wish.booth}

    @property
    def needs_code(self) -> bool:
        """Whether the producer still has to enter an invitation code."""
        return self.terms.is_by_invitation and (self.application is None or self.application.invitation_id is None)

    @property
    def standing(self) -> Standing:
        """What sending it now would mean at the fair as a whole."""
        return window_of(self.fair, self.terms).standing(clock.now())

    @property
    def zones_with_own_call(self) -> list[tuple[Zone, CallWindow, Standing]]:
        """Zones that open or close otherwise than the fair, with where they stand now."""
        outer, moment = window_of(self.fair, self.terms), clock.now()
        own = [
            (zone, self.zone_calls[zone.id].window.inside(outer)) for zone in self.zones if zone.id in self.zone_calls
        ]
        return [(zone, window, window.standing(moment)) for zone, window in own]

    @property
    def day(self) -> date:
        """The day on which certificates must hold: the fair's last one; today while no date is set."""
        return self.fair.last_day or clock.today()

    @property
    def default_fascia(self) -> str:
        """What is printed unless something else is typed."""
        return usual_fascia(self.producer.name_vi)

    def certificate(self, product: Product) -> CertificateState:
        """The state of a product's certificate on the fair's last day."""
        return certificate_state(product, self.day)

    def is_valid(self, product: Product) -> bool:
        """Whether the product's certificate holds on the fair's last day."""
        return self.certificate(product) in {CertificateState.HOLDS, CertificateState.ENDS_SOON}

    def why_not(self, product: Product) -> Refused | None:
        """Why the product cannot be chosen for this fair."""
        return why_not_brought(product, self.day, needs_certificate=self.terms.conditions.needs_certificate)


def application_sheet(
    session: Session, fair: Fair, producer: Producer, application: BoothApplication | None
) -> ApplicationSheet:
    """Load the sheet with a fixed number of queries."""
    plans = session.scalars(
        select(FloorPlan)
        .join(FairVenue, FairVenue.id == FloorPlan.fair_venue_id)
        .where(FloorPlan.fair_id == fair.id)
        .options(selectinload(FloorPlan.zones).selectinload(Zone.booths), contains_eager(FloorPlan.fair_venue))
        .order_by(FairVenue.position)
    ).all()
    products = session.scalars(
        select(Product).where(Product.producer_id == producer.id).order_by(Product.name_vi)
    ).all()
    venues = {plan.id: plan.fair_venue.venue.name_vi for plan in plans}
    zones = [zone for plan in plans for zone in plan.zones]
    terms = terms_of(session, fair)
    unit = known_units(session, fair.last_day, [producer.id])[producer.id]
    return ApplicationSheet(
        fair,
        producer,
        application,
        products,
        zones,
        plans,
        venues,
        booth_types=booth_types_of(session, fair),
        terms=terms,
        zone_calls=zone_calls_of(session, fair),
        unit_objections=terms.conditions.objections(unit, ()),
        asked=asked_of(session, application)
        if application
        else _asked_at_first(session, fair, producer, zones, products),
        held=booths_held(session, [booth.id for zone in zones for booth in zone.booths]),
    )


def _asked_at_first(
    session: Session, fair: Fair, producer: Producer, zones: Sequence[Zone], products: Sequence[Product]
) -> AskedOfApplicant:
    """What a unit like this one is asked before it has a draft: with all its products, for any zone."""
    groups = {present_key(product.group.key) for product in products}
    dossier = papers_of_unit(session, producer.id)
    return asked_of_somebody(session, fair, producer.kind, groups, [zone.code for zone in zones], dossier=dossier)
