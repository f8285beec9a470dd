"""Who may do what with an application for booths."""

from __future__ import annotations

from accounts.permissions import Act
from events.fairs.fair import Fair
from events.fairs.permissions import may_see_fair, zones_open_to
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
    return application.state != ApplicationState.DRAFT and may_read_application(actor, application.fair, application)


def may_read_application(actor: Actor | None, fair: Fair, application: BoothApplication) -> bool:
    """Whoever reads the fair's desk; those of some zones, the applications that wish for one of them."""
    return _reaches(actor, Act.READ_DESK, fair, application)


def may_screen(actor: Actor | None, fair: Fair, application: BoothApplication) -> bool:
    """Reviewers, managers and owners take up, decide and ask for changes; those of some zones as for reading."""
    return _reaches(actor, Act.SCREEN, fair, application)


def may_score(actor: Actor | None, fair: Fair, application: BoothApplication) -> bool:
    """Whoever scores at the fair, those of some zones as for reading; nobody who stands aside."""
    return _reaches(actor, Act.SCORE, fair, application)


def may_cancel_application(actor: Actor | None, fair: Fair, application: BoothApplication) -> bool:
    """Taking back what was published is for those who publish: managers and owners."""
    return zones_open_to(actor, Act.PUBLISH_DECISIONS, fair) is None and not _stands_aside(actor, application)


def may_publish(actor: Actor | None, fair: Fair) -> bool:
    """Managers and owners publish, and rule over the letters that tell of it."""
    return zones_open_to(actor, Act.PUBLISH_DECISIONS, fair) is None


def may_screen_some(actor: Actor | None, fair: Fair) -> bool:
    """Whoever screens the fair or one of its zones; each application is asked about besides."""
    return zones_open_to(actor, Act.SCREEN, fair) != frozenset()


def _reaches(actor: Actor | None, act: Act, fair: Fair, application: BoothApplication) -> bool:
    if _stands_aside(actor, application):
        return False
    zones = zones_open_to(actor, act, fair)
    return zones is None or any(wish.zone_id in zones for wish in application.wishes)


def _stands_aside(actor: Actor | None, application: BoothApplication) -> bool:
    return actor is not None and application.id in actor.stands_aside
