"""Take back what one did on the board last, or do it again; refused when the places are not as one left them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from events.fairs.fair import Fair
from events.floor_plans.floor_plan import Booth
from exhibitors.allocation.booth_assignment import AssignmentState, BoothAssignment, holders_of, pin
from exhibitors.allocation.hand_move import HandMove, held_now, last_done, last_undone
from exhibitors.allocation.place_on_booth import place_on_booth, share_booth, vacate_booth
from exhibitors.applications.booth_application import BoothApplication, lock_application
from exhibitors.applications.review.who_reviews import refuse_tied
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.refusal import Refused


def undo_hand_move(session: Session, actor: Actor, fair: Fair) -> list[BoothApplication]:
    """Put everybody of one's last act back; answers who stands otherwise now.

    Refuses what `refuse_tied` refuses, `no_hand_move`, `places_changed` (who) when somebody concerned was moved, told
    or pinned since, and whatever placing refuses, such as a booth given to somebody else meanwhile.
    """
    return _turn(session, actor, fair, last_done(session, actor, fair), again=False)


def redo_hand_move(session: Session, actor: Actor, fair: Fair) -> list[BoothApplication]:
    """Do again what was taken back last, as long as nothing else was done since.

    Refuses what taking back refuses, with `places_changed_before_redo` (who) for `places_changed`.
    """
    try:
        return _turn(session, actor, fair, last_undone(session, actor, fair), again=True)
    except Refused as refusal:
        if refusal.reason != "places_changed":
            raise
        raise Refused("places_changed_before_redo", **refusal.facts) from refusal


def _turn(session: Session, actor: Actor, fair: Fair, move: HandMove | None, *, again: bool) -> list[BoothApplication]:
    if move is None:
        raise Refused("no_hand_move")
    session.refresh(move, with_for_update={"of": HandMove})
    if (move.undone_at is not None) != again:
        raise Refused("no_hand_move")
    left, wanted = (move.before, move.after) if again else (move.after, move.before)
    pins_left, pins = (move.pinned_before, move.pinned_after) if again else (move.pinned_after, move.pinned_before)
    applications = _applications(session, left)
    for application in applications:
        refuse_tied(session, actor, application)
    with session.begin_nested():
        for application in applications:
            key = str(application.id)
            _clear(session, actor, application, left[key], pinned=pins_left.get(key, []))
        for application in applications:
            for booth in _booths(session, wanted[str(application.id)]):
                placed = _put_back(session, actor, move, application, booth)
                pin(session, actor, placed, pinned=booth.id in pins.get(str(application.id), ()))
    move.undone_at = None if again else clock.now()
    name = "hand_move.redo" if again else "hand_move.undo"
    codes = [application.code for application in applications]
    record(session, actor, name, move, fair_id=fair.id, new={"applications": codes})
    session.flush()
    return applications


def _put_back(
    session: Session, actor: Actor, move: HandMove, application: BoothApplication, booth: Booth
) -> BoothAssignment:
    """As it was: alone, or beside the one who stood there too."""
    holders = holders_of(session, booth.id)
    if len(holders) == 1 and move.beside.get(str(booth.id)) == holders[0].application_id:
        return share_booth(session, actor, application, holders[0])
    return place_on_booth(session, actor, application, booth)


def _clear(
    session: Session, actor: Actor, application: BoothApplication, left: list[int], *, pinned: list[int]
) -> None:
    lock_application(session, application)
    held = held_now(session, [application.id])[application.id]
    untouched = all(one.current is AssignmentState.PROPOSED for one in held)
    untouched = untouched and [one.booth_id for one in held if one.is_locked] == pinned
    if not untouched or [one.booth_id for one in held] != left:
        raise Refused("places_changed", who=application.producer.name_vi)
    for assignment in held:
        vacate_booth(session, actor, assignment)


def _applications(session: Session, places: Mapping[str, list[int]]) -> list[BoothApplication]:
    query = select(BoothApplication).where(BoothApplication.id.in_([int(id_) for id_ in places]))
    return list(session.scalars(query.options(joinedload(BoothApplication.producer)).order_by(BoothApplication.id)))


def _booths(session: Session, ids: list[int]) -> list[Booth]:
    query = select(Booth).where(Booth.id.in_(ids)).options(joinedload(Booth.zone)).order_by(Booth.id)
    return list(session.scalars(query))
