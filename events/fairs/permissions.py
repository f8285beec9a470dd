"""Who may do what with a fair: the table of roles and acts, asked for the fair or for some of its zones."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, true

from accounts.permissions import MAY, Act, may_act, open_zones
from events.fairs.fair import Fair, FairState
from foundation.actor import Actor


def zones_open_to(actor: Actor | None, act: Act, fair: Fair) -> frozenset[int] | None:
    """The zones of the fair in which the person may do the act: None is everywhere, the empty set nowhere."""
    return open_zones(actor, act, fair.organisation_id, fair.id)


def may_see_fair(actor: Actor | None, fair: Fair) -> bool:
    """Published, postponed and cancelled fairs are public; a draft is its organisers' alone."""
    return fair.state != FairState.DRAFT or (actor is not None and may_enter_desk(actor, fair))


def may_enter_desk(actor: Actor | None, fair: Fair) -> bool:
    """Whoever may read something of the fair, be it one zone: for pages that show no more than those zones."""
    return zones_open_to(actor, Act.READ_DESK, fair) != frozenset()


def may_read_desk(actor: Actor | None, fair: Fair) -> bool:
    """Any role in the organising body or at the whole fair: for pages that show everything of the fair."""
    return zones_open_to(actor, Act.READ_DESK, fair) is None


def may_score_some(actor: Actor | None, fair: Fair) -> bool:
    """Whoever scores applications of the fair or of one of its zones, blind or not."""
    return zones_open_to(actor, Act.SCORE, fair) != frozenset()


def scores_blind(actor: Actor | None, fair: Fair) -> bool:
    """Whoever scores at the fair and, while its blind round lasts, sees nothing else of it."""
    return actor is not None and fair.id in actor.blind_at


def may_organise_fair(actor: Actor | None, fair: Fair) -> bool:
    """Managers and owners set up, publish, open and close."""
    return zones_open_to(actor, Act.ORGANISE_FAIR, fair) is None


def may_draw_plan(actor: Actor | None, fair: Fair) -> bool:
    """Managers and owners draw the plan, which is one for all zones."""
    return zones_open_to(actor, Act.DRAW_PLAN, fair) is None


def may_create_fair(actor: Actor | None, organisation_id: int) -> bool:
    """Managers and owners of an organising organisation create its fairs."""
    return may_act(actor, Act.CREATE_FAIR, organisation_id)


def desk_fairs(actor: Actor) -> ColumnElement[bool]:
    """`may_enter_desk` as a condition on `Fair`: which fairs stand on the person's desk."""
    if actor.is_admin:
        return true()
    bodies = [body for body, role in actor.organiser_roles.items() if Act.READ_DESK in MAY[role]]
    mine = or_(Fair.organisation_id.in_(bodies), Fair.id.in_(list(actor.fair_roles)))
    return and_(mine, Fair.id.not_in(sorted(actor.blind_at))) if actor.blind_at else mine
