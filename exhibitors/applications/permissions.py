"""Who may do what with an application for booths."""

from __future__ import annotations

from events.fairs.fair import Fair
from events.fairs.permissions import may_read_desk, may_see_fair
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.permissions import is_member
from exhibitors.producers.producer import Producer
from foundation.actor import Actor, Role


def may_apply(actor: Actor | None, producer: Producer) -> bool:
    """Managers and owners of the unit start, fill in, submit and withdraw its applications."""
    return is_member(actor, producer, Role.MANAGER)


def may_fill_in(actor: Actor | None, fair: Fair, producer: Producer | None) -> bool:
    """The form of a fair that the person may see; whoever has no unit yet is led to register one."""
    return may_see_fair(actor, fair) and (producer is None or may_apply(actor, producer))


def may_change_application(actor: Actor | None, application: BoothApplication) -> bool:
    """The applicant's own side."""
    return may_apply(actor, application.producer)


def may_answer_offer(actor: Actor | None, application: BoothApplication) -> bool:
    """Only the applicant takes or declines a booth."""
    return may_apply(actor, application.producer)


def may_see_application(actor: Actor | None, application: BoothApplication) -> bool:
    """The unit's members; the fair's organisers too, once it has been submitted."""
    if is_member(actor, application.producer):
        return True
    is_draft = application.state == ApplicationState.DRAFT
    return actor is not None and not is_draft and may_read_desk(actor, application.fair)


def may_screen(actor: Actor | None, fair: Fair) -> bool:
    """Reviewers, managers and owners of the organising body take up, decide and ask for changes."""
    return actor is not None and (actor.is_admin or actor.holds(fair.organisation_id, Role.REVIEWER))
