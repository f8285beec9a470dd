"""A fair of any size at any stage of its life, built through the verbs at the days they would have happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from sqlalchemy.orm import Session

from demonstration.household import begin_draft, send_back, talk_about
from demonstration.made_up import MadeUpProducer
from demonstration.people import Cast
from events.fairs.fair import Fair, FairKind
from events.fairs.organise_fair import close_call, create_fair, open_call, publish_fair
from events.floor_plans.draw_floor_plan import add_zone_with_rows, ensure_plan
from events.floor_plans.floor_plan import Zone, zones_of
from events.places.venue import Venue
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.proposals.lottery_draw import commit_draw
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import ApplicationState, Decision
from exhibitors.applications.apply_for_booth import save_application, start_application, submit_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.product_choice import why_not_brought
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.actor import SYSTEM, Actor, Role
from foundation.bilingual import Bilingual

ZONES = (
    ("A", Bilingual("Bánh, quà và đồ uống", "Cakes, gifts and drinks")),
    ("B", Bilingual("Hải sản và biển đảo", "Seafood and islands")),
    ("C", Bilingual("Nông sản và miền Đông", "Farm produce and the east")),
    ("D", Bilingual("Thủ công và dược liệu", "Crafts and herbs")),
)
PER_ROW = 12
LARGEST_ZONE = 99


class Stage(StrEnum):
    """How far the fair's life has come."""

    CALL = "call"
    SCREENING = "screening"
    ALLOCATED = "allocated"
    OPEN = "open"
    OVER = "over"


FIRST_DAY_FROM_TODAY = {Stage.CALL: 60, Stage.SCREENING: 35, Stage.ALLOCATED: 14, Stage.OPEN: -2, Stage.OVER: -40}
STAGES = list(Stage)
STAGE_WORDS = {
    Stage.CALL: Bilingual("đang nhận đơn", "taking applications"),
    Stage.SCREENING: Bilingual("đang xét đơn", "screening"),
    Stage.ALLOCATED: Bilingual("đã phân gian", "allocated"),
    Stage.OPEN: Bilingual("đang diễn ra", "open now"),
    Stage.OVER: Bilingual("đã kết thúc", "over"),
}


@dataclass(frozen=True, slots=True)
class FairPlan:
    """What to build; sizes are counts of booths and of applications."""

    name: Bilingual
    summary: Bilingual
    stage: Stage
    booths: int
    applications: int
    first_day: date
    days: int = 6
    closed_days: tuple[date, ...] = ()
    date_state: str = "fixed"
    kind: FairKind = FairKind.FAIR


@dataclass(slots=True)
class FairBuilder:
    """Lives a fair's life up to its stage; each step happens on its own pretended day."""

    session: Session
    cast: Cast
    plan: FairPlan
    venue: Venue
    random: Random
    base_url: str
    household: MadeUpProducer | None = None
    """Files last, and comes as far as the stage says; where the call is on it has a draft."""

    @property
    def call_opens(self) -> datetime:
        """Ten weeks before the first day, or a week ago when the call must be open today."""
        opens = clock.local_moment(self.plan.first_day - timedelta(days=70), time(8))
        return min(opens, clock.now() - timedelta(days=7)) if self.plan.stage is Stage.CALL else opens

    @property
    def call_closes(self) -> datetime:
        """Three weeks before the first day."""
        return clock.local_moment(self.plan.first_day - timedelta(days=21), time(17))

    def build(self, applicants: list[MadeUpProducer]) -> Fair:
        """Create, announce, and go on as far as the stage says."""
        opens, closes, now = self.call_opens, self.call_closes, clock.now()
        reached = STAGES.index(self.plan.stage)
        with clock.as_of(opens - timedelta(days=7)):
            fair = self.announce(opens, closes)
        with clock.as_of(opens):
            open_call(self.session, self.cast.organiser, fair)
            commit_draw(self.session, SYSTEM, fair)
        household = [self.household] if self.household and reached > STAGES.index(Stage.CALL) else []
        applying = [*applicants[: self.plan.applications], *household]
        filed = self.file_applications(fair, applying, opens, min(closes, now))
        if self.household and not household:
            begin_draft(self.session, self.household, fair)
        if reached >= STAGES.index(Stage.SCREENING):
            with clock.as_of(min(closes, now)):
                close_call(self.session, self.cast.organiser, fair)
            with clock.as_of(min(closes + timedelta(days=2), now)):
                self.screen(filed, everyone=reached > STAGES.index(Stage.SCREENING))
        if reached >= STAGES.index(Stage.ALLOCATED):
            with clock.as_of(min(closes + timedelta(days=4), now)):
                self.allocate(fair, filed)
            with clock.as_of(min(closes + timedelta(days=5), now)):
                self.answer(filed, everyone=reached > STAGES.index(Stage.ALLOCATED))
        if self.household and self.plan.stage is Stage.SCREENING:
            talk_about(self.session, self.cast, self.household, filed[-1], self.base_url)
            send_back(self.session, self.cast, filed[-1], self.base_url)
        return fair

    def announce(self, opens: datetime, closes: datetime) -> Fair:
        """Create the fair, draw its plan and publish it."""
        plan = self.plan
        fair = create_fair(
            self.session,
            self.cast.organiser,
            organisation_id=self.cast.department.id,
            kind=plan.kind,
            name_vi=plan.name.vi,
            name_en=plan.name.en,
            summary_vi=plan.summary.vi,
            summary_en=plan.summary.en,
            date_state=plan.date_state,
            first_day=plan.first_day,
            last_day=plan.first_day + timedelta(days=plan.days - 1),
            closed_days=plan.closed_days,
            call_opens_at=opens,
            call_closes_at=closes,
            answer_by=clock.local_day(closes) + timedelta(days=5),
            venue_ids=[self.venue.id],
            is_demonstration=True,
        )
        self.draw(fair)
        publish_fair(self.session, self.cast.organiser, fair)
        return fair

    def draw(self, fair: Fair) -> None:
        """Zones of equal size until all booths stand."""
        floor = ensure_plan(
            self.session, self.cast.organiser, fair, fair.venues[0], width_m=PER_ROW * 3 + 6, depth_m=20
        )
        remaining, share = self.plan.booths, min(LARGEST_ZONE, max(1, -(-self.plan.booths // len(ZONES))))
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if remaining <= 0:
                return
            name = dict(ZONES).get(letter, Bilingual("Khu mở rộng", "Extension"))
            add_zone_with_rows(
                self.session,
                self.cast.organiser,
                floor,
                code=letter,
                name_vi=name.vi,
                name_en=name.en,
                booths=min(share, remaining),
                per_row=PER_ROW,
            )
            remaining -= share

    def file_applications(
        self, fair: Fair, applicants: list[MadeUpProducer], opens: datetime, until: datetime
    ) -> list[BoothApplication]:
        """Every applicant files at some moment while the call is open."""
        zones = zones_of(self.session, fair)
        span = max(1, int((until - opens).total_seconds()) - 3600)
        filed = []
        for applicant in applicants:
            with clock.as_of(opens + timedelta(seconds=self.random.randrange(span))):
                filed.append(self.file_one(fair, applicant, zones))
        return filed

    def file_one(self, fair: Fair, applicant: MadeUpProducer, zones: list[Zone]) -> BoothApplication:
        """Start, save and submit one application."""
        random = self.random
        application = start_application(self.session, applicant.actor, fair, applicant.producer)
        save_application(
            self.session,
            applicant.actor,
            application,
            zone_ids=[zone.id for zone in random.sample(zones, k=min(3, len(zones)))],
            product_ids=self.brought(fair, applicant),
            booths_wanted=1,
            anywhere=random.random() < 0.8,
            fascia_name=applicant.producer.name_vi[:80],
            needs_power=random.random() < 0.4,
            needs_water=random.random() < 0.1,
            note="",
        )
        return submit_application(
            self.session, applicant.actor, application, rules_accepted=True, pledge_given=True, base_url=self.base_url
        )

    def brought(self, fair: Fair, applicant: MadeUpProducer) -> list[int]:
        """The products whose certificate holds on the fair's last day."""
        day = fair.last_day or clock.today()
        return [
            product.id
            for product in applicant.producer.products
            if why_not_brought(product, day, needs_certificate=True) is None
        ]

    def screen(self, filed: list[BoothApplication], *, everyone: bool) -> None:
        """Take up about half and stage some decisions, or all."""
        for application in filed:
            if not everyone and self.random.random() < 0.5:
                continue
            take_up(self.session, self.cast.organiser, application)
            if everyone or self.random.random() < 0.6:
                stage_decision(self.session, self.cast.organiser, application, Decision.ACCEPT)

    def allocate(self, fair: Fair, filed: list[BoothApplication]) -> None:
        """Each to the first free booth of the first zone wished for; the rest to the waiting list; then publish."""
        free = {zone.id: list(zone.booths) for zone in zones_of(self.session, fair)}
        for application in filed:
            wished = [free[wish.zone_id] for wish in application.wishes]
            row = next((row for row in [*wished, *free.values()] if row), None)
            if row is None:
                reason = "Đã hết gian theo nguyện vọng (dữ liệu minh họa)."
                stage_decision(
                    self.session,
                    self.cast.organiser,
                    application,
                    Decision.WAITLIST,
                    reason=reason,
                    reason_code=ReasonCode.NO_ROOM,
                )
            else:
                place_on_booth(self.session, self.cast.organiser, application, row.pop(0))
        confirm_by = clock.now() + timedelta(days=5)
        publish_decisions(self.session, self.cast.organiser, fair, confirm_by=confirm_by, base_url=self.base_url)

    def answer(self, filed: list[BoothApplication], *, everyone: bool) -> None:
        """Three quarters confirm, or all; the household answers no sooner than all do."""
        for application in filed:
            own = self.household if self.household and application.producer is self.household.producer else None
            answers = everyone or (own is None and self.random.random() < 0.75)
            if application.state == ApplicationState.ACCEPTED and answers:
                roles = {application.producer.organisation_id: Role.OWNER}
                keeper = Actor(self.cast.keeper.id, self.cast.keeper.name, producer_roles=roles)
                confirm_booth(self.session, own.actor if own else keeper, application, base_url=self.base_url)
