"""The organiser writes the rules of a fair; each saving is a version that stays."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from events.fairs import set_up_wording  # noqa: F401 - registers its sentences
from events.fairs.fair import find_fair
from events.fairs.fair_history import last_change
from events.fairs.fair_rules import rules_in_force, versions_of, write_rules
from events.fairs.fair_rules_form import FairRulesForm, values_of_rules
from events.fairs.permissions import may_organise_fair
from events.fairs.workbench import workbench_of
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.flask_database import current_session
from foundation.refusal import Refused

pages = Pages("fair_rules", __name__, audience=Audience.ORGANISER, url_prefix="/organise")


@pages.page("/fairs/<slug>/rules", may=may_organise_fair, methods=("GET", "POST"))
def edit(slug: str) -> ResponseReturnValue:
    """Write the next version, look at it first, see the earlier ones."""
    session, actor = current_session(), signed_in_actor()
    fair = found(find_fair(session, slug))
    demand(fair)
    versions = versions_of(session, fair)
    now = versions[0] if versions else None
    form = FairRulesForm.from_request(**values_of_rules(now))
    wants_preview = request.form.get("do") == "preview"
    if form.validate_posted() and not wants_preview:
        try:
            body = {"body_vi": form.body_vi.data or "", "body_en": form.body_en.data or ""}
            made = write_rules(session, actor, fair, **body, expected_number=form.seen_version())
        except Refused as refusal:
            session.rollback()
            fair = found(find_fair(session, slug))
            present = rules_in_force(session, fair)
            if not form.is_overtaken(refusal, values_of_rules(present), last_change(session, fair, present)):
                form.explain(refusal)
        else:
            session.commit()
            flash(_("Version %(number)s of the rules is in force.", number=made.number), "ok")
            return redirect(url_for("fair_rules.edit", slug=slug), 303)
    page = render_template(
        "events/fairs/fair_rules/edit.html",
        fair=fair,
        form=form,
        versions=versions_of(session, fair),
        wants_preview=wants_preview,
        workbench=workbench_of(session, actor, fair),
    )
    return page, 422 if form.errors or form.form_errors else 200
