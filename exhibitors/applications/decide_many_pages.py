"""Audience: organisers. One step for all ticked applications of the queue (/organise/fairs/…/applications/many)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from events.fairs.fair import find_fair
from exhibitors.applications.decide_many import decide_many
from exhibitors.applications.decide_many_form import ManyForm
from exhibitors.applications.permissions import may_screen_some
from exhibitors.applications.queue_address_form import kept_address
from exhibitors.applications.screening_screen import queue_again
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.paging import asked_page
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

pages = Pages("decide_many", __name__, audience=Audience.ORGANISER, url_prefix="/organise")
MOST_TOLD = 8
FIELDS = {"reason_missing": "many_reason", "reason_too_long": "many_reason", "reason_code_missing": "many_code"}


@pages.page("/fairs/<slug>/applications/many", may=may_screen_some, methods=("POST",))
def decide(slug: str) -> ResponseReturnValue:
    """Take the step for each; those that could not go stay ticked and are named with their reasons."""
    session = current_session()
    fair = found(find_fair(session, slug))
    demand(fair)
    form = ManyForm.from_request()
    is_whole = form.validate_posted()
    if not form.versions:
        form.form_errors.append(_("Tick the applications first."))
    if not is_whole or not form.versions:
        return queue_again(fair, many=form)
    outcome = decide_many(
        session,
        signed_in_actor(),
        fair,
        form.versions,
        form.chosen,
        reason=form.many_reason.data or "",
        reason_code=form.chosen_code,
        beyond_quota=form.beyond_quota.data,
    )
    session.commit()
    if outcome.done:
        flash(ngettext("Done for %(num)s application.", "Done for %(num)s applications.", len(outcome.done)), "ok")
    if outcome.refused:
        form.left = [code for code, _refusal in outcome.refused]
        explain(form, outcome.refused)
        return queue_again(fair, many=form)
    page = asked_page()
    kept = kept_address() | ({"page": page} if page > 1 else {})
    return redirect(url_for("screen_applications.queue", slug=slug, **kept), 303)


def explain(form: ManyForm, refused: Sequence[tuple[str, Refused]]) -> None:
    """Each reason once with the codes it keeps back; what lacks in the form beside its field."""
    alike: dict[tuple[str, str], list[tuple[str, Refused]]] = {}
    places = list(form.versions)
    for code, refusal in sorted(refused, key=lambda one: places.index(one[0])):
        sentence = refusal_words(refusal).replace(code, "")
        alike.setdefault((refusal.reason, sentence), []).append((code, refusal))
        form.quota_is_full = form.quota_is_full or refusal.reason.startswith("quota_full")
    for (reason, _sentence), each in list(alike.items())[:MOST_TOLD]:
        if reason in FIELDS:
            form.fault(FIELDS[reason], refusal_words(each[0][1]))
        else:
            form.form_errors.append(_told([code for code, _refusal in each], each[0][1]))
    left = sum(map(len, list(alike.values())[MOST_TOLD:]))
    if left:
        form.form_errors.append(
            ngettext("and %(num)s more that could not go", "and %(num)s more that could not go", left)
        )


def _told(codes: Sequence[str], refusal: Refused) -> str:
    """The sentence with all the codes it concerns."""
    if "code" in refusal.facts:
        return refusal_words(Refused(refusal.reason, **refusal.facts | {"code": _named(codes)}))
    return f"{_named(codes)}: {refusal_words(refusal)}"


def _named(codes: Sequence[str]) -> str:
    named, left = ", ".join(codes[:MOST_TOLD]), len(codes) - MOST_TOLD
    if left <= 0:
        return named
    return str(ngettext("%(codes)s and %(num)s more", "%(codes)s and %(num)s more", left, codes=named))
