"""What the screens of screening show: the list, and one application on a page of its own or beside the list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from events.fairs.fair import Fair
from events.fairs.permissions import may_organise_fair, may_read_desk, may_score_some
from events.fairs.workbench import workbench_of
from exhibitors.applications.application_history import history_of, turns_of
from exhibitors.applications.application_moves import DECIDABLE, By, Decision, moves_open_to
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.asked_points import differences
from exhibitors.applications.assistance.permissions import may_assist
from exhibitors.applications.automatic_checks import Check, Finding, product_checks, unit_checks
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.checks_beyond import checks_beyond, quotas_without_room
from exhibitors.applications.decide_many_form import ManyForm
from exhibitors.applications.given_word import words_given
from exhibitors.applications.given_word_wording import PURPOSE_WORDS, TEXTS
from exhibitors.applications.held_booths import booths_held_by
from exhibitors.applications.keep_queue_view_form import QueueViewForm
from exhibitors.applications.looks.application_look import Opened, seen_by
from exhibitors.applications.looks.note_look import look_to_note
from exhibitors.applications.looks.wording import OPENED
from exhibitors.applications.named_neighbours import named_neighbours
from exhibitors.applications.notes.note_mention import notes_of
from exhibitors.applications.permissions import (
    may_cancel_application,
    may_publish,
    may_read_application,
    may_score,
    may_screen,
    may_screen_some,
)
from exhibitors.applications.queue_address_form import asked_columns, asked_filters, kept_address
from exhibitors.applications.queue_view import queue_views_of
from exhibitors.applications.queue_wording import coming_in_words, neighbours_in_words
from exhibitors.applications.rehearse_budget import budget_of
from exhibitors.applications.screen_applications_form import (
    CancelForm,
    ChangesForm,
    DecisionForm,
    ExtendForm,
    ReinstateForm,
)
from exhibitors.applications.screening_queue import (
    PER_PAGE,
    count_views,
    find_in_fair,
    neighbours_in_queue,
    page_of,
    queue_choices,
    queue_page,
)
from exhibitors.applications.screening_wording import (
    ACTS,
    COLUMN_WORDS,
    DECISIONS,
    LATE_WORDS,
    MISSING_WORDS,
    POINT_WORDS,
    REASON_CODES,
    SCORE_WORDS,
    SORT_WORDS,
    TONE_WORDS,
    VIEW_WORDS,
    finding_words,
    words_at_point,
)
from exhibitors.applications.wording import APPLICATION_STATES, VEHICLES
from exhibitors.calls.asked_booths import quota_counts
from exhibitors.calls.wording import NEEDS, quota_words
from exhibitors.producers.wording import PRODUCER_KINDS
from foundation import clock
from foundation.after_answers import once_answered
from foundation.audience import signed_in_actor
from foundation.flask_database import current_session
from foundation.house_form import HouseForm, clean
from foundation.outbox import letters_about
from foundation.paging import Paging, asked_page
from foundation.upload_form import file_url

FOLDER = "exhibitors/applications/screen_applications"
DAYS_FOR_CHANGES = 5


def screen_of(fair: Fair, application: BoothApplication, **more: Any) -> ResponseReturnValue:
    """The application on its own page or, where the address says so, beside the list."""
    failed = any(name.endswith("_form") and form is not None for name, form in more.items())
    facts = facts_of_one(fair, application, **more)
    if request.args.get("open") == application.code:
        page = render_template(f"{FOLDER}/queue.html", **queue_facts(fair, application), **facts)
    else:
        session, actor = current_session(), signed_in_actor()
        page = render_template(
            f"{FOLDER}/show.html",
            fair=fair,
            words=APPLICATION_STATES[application.current],
            workbench=workbench_of(session, actor, fair),
            letters=letters_about(session, application.id),
            history=history_of(session, application),
            seen_by=seen_by(session, application) if may_publish(actor, fair) else None,
            opened_words=OPENED,
            notes=notes_of(session, actor, application),
            **facts,
        )
    return page, 422 if failed else 200


def queue_again(fair: Fair, **forms: HouseForm) -> ResponseReturnValue:
    """The list once more with a form that could not be done as it was sent: `many` or `view_form`."""
    facts = queue_facts(fair, None) | facts_of_one(fair, None) | forms
    return render_template(f"{FOLDER}/queue.html", **facts), 422


def queue_facts(fair: Fair, opened: BoothApplication | None) -> dict[str, Any]:
    """What the list shows."""
    session, actor, filters = current_session(), signed_in_actor(), asked_filters(fair)
    number = asked_page() if opened is None or "page" in request.args else page_of(session, fair, filters, opened)
    return {
        "fair": fair,
        "workbench": workbench_of(session, actor, fair),
        "filters": filters,
        "columns": asked_columns(),
        "column_words": COLUMN_WORDS,
        "neighbours_in_words": neighbours_in_words,
        "coming_in_words": coming_in_words,
        "page": Paging.of(queue_page(session, fair, filters, number), PER_PAGE, "screen_applications.queue"),
        "counts": count_views(session, fair, filters.only_zones, filters.hidden),
        "choices": queue_choices(session, fair),
        "views": VIEW_WORDS,
        "own_views": queue_views_of(session, actor, fair),
        "sorts": SORT_WORDS,
        "missing": MISSING_WORDS,
        "late": LATE_WORDS,
        "scores": SCORE_WORDS,
        "tones": TONE_WORDS,
        "states": APPLICATION_STATES,
        "many": ManyForm(),
        "view_form": QueueViewForm(),
        "quota_words": quota_words,
        "may_assist": may_assist(actor, fair),
        "may_write_group": may_publish(actor, fair),
        "may_score_here": may_score_some(actor, fair),
        "may_see_quotas": filters.only_zones is None,
        "quotas": quota_counts(session, fair) if filters.only_zones is None and "quotas" in request.args else [],
        "budget": budget_of(session, fair) if filters.only_zones is None and "quotas" in request.args else None,
    }


def facts_of_one(
    fair: Fair,
    application: BoothApplication | None,
    *,
    quota_is_full: bool = False,
    is_stale: bool = False,
    **forms: HouseForm,
) -> dict[str, Any]:
    """What is shown of one application, on its own page and beside the list; `forms` come back with faults."""
    session, actor = current_session(), signed_in_actor()
    common = {"kept": kept_address(), "decisions": DECISIONS, "kinds": PRODUCER_KINDS, "application": application}
    if application is None:
        return common | {"may_act": may_screen_some(actor, fair)}
    once_answered(look_to_note(session, actor, application, Opened.APPLICATION))
    before, after = neighbours_in_queue(session, fair, asked_filters(fair), application)
    return common | {
        "before": before,
        "after": after,
        "product_checks": product_checks,
        "unit_checks": _checks(application),
        "finding_words": finding_words,
        "reads_all": may_read_desk(actor, fair),
        "reason_words": REASON_CODES,
        "acts": ACTS,
        "turns": turns_of(session, application),
        "booths": booths_held_by(session, [application.id]).get(application.id, ()),
        "may_act": may_screen(actor, fair, application),
        "may_score_it": may_score(actor, fair, application),
        "moves": set(moves_open_to(application.current, By.ORGANISER)),
        "may_cancel": may_cancel_application(actor, fair, application),
        "differences": differences(session, application, for_reviewers=not may_organise_fair(actor, fair)),
        "words_at_point": words_at_point,
        "point_words": POINT_WORDS,
        "changes_open": "changes_form" in forms,
        "cancel_open": "cancel_form" in forms,
        "quota_is_full": quota_is_full,
        "meanwhile": next(iter(history_of(session, application, 1)), None) if is_stale else None,
        "asked": asked_of(session, application),
        "sees_all_answers": may_organise_fair(actor, fair),
        "needs": NEEDS,
        "vehicles": VEHICLES,
        "words_given": words_given(session, application),
        "given_texts": TEXTS,
        "purposes": PURPOSE_WORDS,
        "neighbours": named_neighbours(session, application),
        "file_url": file_url,
        **_plain_forms(application),
        **forms,
    }


def _checks(application: BoothApplication) -> list[Check]:
    """What the program sees of the unit and its application by itself, here and elsewhere."""
    session, fair = current_session(), application.fair
    beyond = checks_beyond(session, fair, [application], signed_in_actor().stands_aside)
    undecided = application.current in DECIDABLE and application.decision is not Decision.ACCEPT
    full = quotas_without_room(session, application) if undecided else []
    return [
        *unit_checks(application),
        *beyond.get(application.id, []),
        *(Check(Finding.QUOTA_FULL, "warn", {"quota": quota_words(quota), "most": most}) for quota, most in full),
    ]


def _plain_forms(application: BoothApplication) -> dict[str, HouseForm]:
    decision = DecisionForm(
        decision=application.pending_decision,
        reason=application.decision_reason,
        reason_code=application.reason_code,
        version=application.version,
    )
    return {
        "decision_form": decision,
        "changes_form": ChangesForm(due_on=clock.today() + timedelta(days=DAYS_FOR_CHANGES)),
        "reinstate_form": ReinstateForm(),
        "extend_form": ExtendForm(),
        "cancel_form": CancelForm(),
    }


def application_beside(fair: Fair) -> BoothApplication | None:
    """The application that the address opens beside the list, if the person may read it."""
    code = str(clean(request.args.get("open", "")))[:12]
    application = find_in_fair(current_session(), fair, code) if code else None
    if application is None or not may_read_application(signed_in_actor(), fair, application):
        return None
    return application


def address_of(fair: Fair, code: str) -> str:
    """Where the application is shown: beside the list if that is where the person came from."""
    if "open" in request.args:
        return url_for("screen_applications.queue", slug=fair.slug, **{**kept_address(), "open": code}) + "#panel"
    return url_for("screen_applications.show", slug=fair.slug, code=code, **kept_address())
