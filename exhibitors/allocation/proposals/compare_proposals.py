"""Proposals beside each other and beside the board: the same figures for all, and who would stand elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth, FloorPlan
from events.places.regions import place_code, region_of
from exhibitors.allocation.allocation_board import BoardPlan, group_of
from exhibitors.allocation.booth_assignment import KNOWN_TO_HOLDER, AssignmentState, BoothAssignment
from exhibitors.allocation.booth_states import WORDS_OF_PLAN, BoothStanding
from exhibitors.allocation.proposals.allocation_proposal import AllocationProposal, ProposedOutcome, ProposedSeat
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication, ZoneWish
from exhibitors.applications.drawn_plan import DrawnBooth
from exhibitors.producers.producer import Producer

Seats = Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """One allocation in numbers; `moved` are published places that change, `proposal` is None for the board itself.

    `points` are those of whoever is let in: what a draw or the order of sending gives up shows there.
    """

    proposal: AllocationProposal | None
    applications: int
    placed: int
    first_wish: int
    any_wish: int
    conflicts: int | None
    moved: int
    points: int | None

    @property
    def unplaced(self) -> int:
        """How many have no booth."""
        return self.applications - self.placed


@dataclass(frozen=True, slots=True)
class Change:
    """One application that stands otherwise than on the board, by codes of booths. `kind`: new, moves, leaves."""

    outcome: ProposedOutcome
    kind: str
    before: Sequence[str]
    after: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """A proposal seen from the board of today; the mappings go by application, `holders` from booth to application.

    `sharing` are applications that share a booth: they stay, whatever is proposed.
    """

    proposal: AllocationProposal
    outcomes: Sequence[ProposedOutcome]
    changes: Sequence[Change]
    unplaced: Sequence[ProposedOutcome]
    booths: Mapping[int, Sequence[str]]
    holders: Mapping[int, int]
    moving: frozenset[int]
    sharing: frozenset[int]
    names: Mapping[int, str]
    groups: Mapping[int, str]
    places: Mapping[int, str]

    def of_kind(self, kind: str) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.kind == kind]


def figures_of(session: Session, fair: Fair, proposals: Sequence[AllocationProposal]) -> list[Figures]:
    """The board first, then the proposals in the order given; a constant number of queries.

    All are counted over the applications of the newest proposal, so that the numbers can be compared.
    """
    board, told = _board(session, fair)
    seats: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    ids = [proposal.id for proposal in proposals]
    rows = session.execute(
        select(ProposedSeat.proposal_id, ProposedSeat.application_id, ProposedSeat.booth_id).where(
            ProposedSeat.proposal_id.in_(ids)
        )
    )
    for proposal_id, application_id, booth_id in rows:
        seats[proposal_id][application_id].add(booth_id)
    newest = ids[0] if ids else None
    counted = set(
        session.scalars(select(ProposedOutcome.application_id).where(ProposedOutcome.proposal_id == newest))
    ) or set(board)
    measure = Measure(counted, *_wishes(session, fair, counted))
    made = [measure.figures(None, board, 0)]
    for proposal in proposals:
        own = seats[proposal.id]
        moved = sum(application in own and own[application] != board[application] for application in told)
        made.append(measure.figures(proposal, own, moved))
    return made


def compare_with_board(
    session: Session, fair: Fair, proposal: AllocationProposal, hidden: frozenset[int] = frozenset()
) -> Comparison:
    """Who is new, who moves, who would leave, who has no place; a constant number of queries.

    The plan names none of the `hidden` applications.
    """
    outcomes = _outcomes(session, proposal)
    board, told = _board(session, fair)
    seats: dict[int, set[int]] = defaultdict(set)
    query = select(ProposedSeat.application_id, ProposedSeat.booth_id).where(ProposedSeat.proposal_id == proposal.id)
    for application_id, booth_id in session.execute(query):
        seats[application_id].add(booth_id)
    codes = dict(
        session.execute(
            select(Booth.id, Booth.code)
            .join(FloorPlan, FloorPlan.id == Booth.plan_id)
            .where(FloorPlan.fair_id == fair.id)
        ).all()
    )  # fmt: skip - one query
    changes, unplaced = [], []
    for outcome in outcomes:
        old, new = board.get(outcome.application_id, set()), seats.get(outcome.application_id, set())
        if not new and not old:
            unplaced.append(outcome)
        elif old != new and (new or outcome.application_id not in told):
            kind = "new" if not old else "moves" if new else "leaves"
            changes.append(Change(outcome, kind, _codes(codes, old), _codes(codes, new)))
            if not new:
                unplaced.append(outcome)
    booths = {application: _codes(codes, held) for application, held in seats.items()}
    holders = {booth: application for application, held in seats.items() for booth in held}
    moving = frozenset(change.outcome.application_id for change in changes if change.kind == "moves")
    return Comparison(
        proposal=proposal,
        outcomes=outcomes,
        changes=changes,
        unplaced=sorted(unplaced, key=lambda one: one.waiting or 0),
        booths=booths,
        holders=holders,
        moving=moving,
        sharing=_sharing(board),
        names={
            one.application_id: "" if one.application_id in hidden else one.application.producer.name_vi
            for one in outcomes
        },
        groups={one.application_id: group_of(one.application) for one in outcomes},
        places=_places(outcomes, hidden),
    )


def _places(outcomes: Sequence[ProposedOutcome], hidden: frozenset[int]) -> dict[int, str]:
    return {one.application_id: one.application.producer.place for one in outcomes if one.application_id not in hidden}


def _outcomes(session: Session, proposal: AllocationProposal) -> Sequence[ProposedOutcome]:
    """With all that a page shows of each application."""
    return session.scalars(
        select(ProposedOutcome)
        .where(ProposedOutcome.proposal_id == proposal.id)
        .options(
            joinedload(ProposedOutcome.application).options(
                joinedload(BoothApplication.producer).options(
                    joinedload(Producer.locality), joinedload(Producer.district)
                ),
                selectinload(BoothApplication.goods).joinedload(ApplicationProduct.product),
            )
        )
        .order_by(ProposedOutcome.number)
    ).all()


def drawn_proposal(shown: BoardPlan, comparison: Comparison) -> list[DrawnBooth]:
    """A plan as it would be: what stays as it stands today, what is new, and where somebody moves to."""
    return [_draw(standing, comparison) for standing in shown.standings]


def _draw(standing: BoothStanding, comparison: Comparison) -> DrawnBooth:
    booth, holder = standing.booth, comparison.holders.get(standing.booth.id)
    stays = holder is None and not comparison.sharing.isdisjoint(standing.held_by)
    if stays:
        state = standing.state
    elif holder is None:
        state = "blocked" if standing.state == "blocked" else "free"
    elif holder in comparison.moving:
        state = "moves"
    elif comparison.names.get(holder) == standing.holder and standing.state in WORDS_OF_PLAN.values():
        state = standing.state
    else:
        state = "proposed"
    place = comparison.places.get(holder, "") if holder else ""
    return DrawnBooth(
        code=booth.code,
        zone_code=booth.zone.code,
        x_m=booth.x_m,
        y_m=booth.y_m,
        width_m=booth.width_m,
        depth_m=booth.depth_m,
        state=state,
        group=comparison.groups.get(holder, "") if holder else "",
        region=region_of(place),
        place_code=place_code(place),
        label=standing.holder if stays else comparison.names.get(holder, "") if holder else "",
        rotation=booth.rotation,
    )


def _board(session: Session, fair: Fair) -> tuple[dict[int, set[int]], set[int]]:
    """Application id → booth ids as they stand, and the applications that were told theirs."""
    rows = session.execute(
        select(BoothAssignment.application_id, BoothAssignment.booth_id, BoothAssignment.state)
        .join(BoothApplication, BoothApplication.id == BoothAssignment.application_id)
        .where(BoothApplication.fair_id == fair.id, BoothAssignment.state != AssignmentState.RELEASED)
    )
    held: dict[int, set[int]] = defaultdict(set)
    told = set()
    for application_id, booth_id, state in rows:
        held[application_id].add(booth_id)
        if state in KNOWN_TO_HOLDER:
            told.add(application_id)
    return dict(held), told


def _sharing(board: Seats) -> frozenset[int]:
    times = Counter(booth for held in board.values() for booth in held)
    return frozenset(number for number, held in board.items() if any(times[booth] > 1 for booth in held))


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts seats over the same applications; `ranks` by application and zone, `zone_of` by booth."""

    counted: Collection[int]
    ranks: Mapping[int, Mapping[int, int]]
    zone_of: Mapping[int, int]

    def figures(self, proposal: AllocationProposal | None, seats: Seats, moved: int) -> Figures:
        """One allocation in numbers."""
        met = []
        for application in self.counted:
            for booth in list(seats.get(application, ()))[:1]:
                met.append(self.ranks.get(application, {}).get(self.zone_of.get(booth, 0)))
        conflicts, points = (proposal.value_of(one) if proposal else None for one in ("conflicts", "priority"))
        first, some = sum(rank == 1 for rank in met), sum(rank is not None for rank in met)
        return Figures(proposal, len(self.counted), len(met), first, some, conflicts, moved, points)


def _wishes(session: Session, fair: Fair, counted: Collection[int]) -> tuple[dict[int, dict[int, int]], dict[int, int]]:
    return _ranks(session, counted), _zones(session, fair)


def _ranks(session: Session, applications: Collection[int]) -> dict[int, dict[int, int]]:
    query = select(ZoneWish.application_id, ZoneWish.zone_id, ZoneWish.rank).where(
        ZoneWish.application_id.in_(applications)
    )
    query = query.order_by(ZoneWish.rank)
    ranks: dict[int, dict[int, int]] = defaultdict(dict)
    for application_id, zone_id, rank in session.execute(query):
        ranks[application_id].setdefault(zone_id, rank)
    return ranks


def _zones(session: Session, fair: Fair) -> dict[int, int]:
    query = select(Booth.id, Booth.zone_id).join(FloorPlan, FloorPlan.id == Booth.plan_id)
    return {row[0]: row[1] for row in session.execute(query.where(FloorPlan.fair_id == fair.id))}


def _codes(codes: Mapping[int, str], booths: Collection[int]) -> list[str]:
    return sorted(codes[booth] for booth in booths if booth in codes)
