"""A unit looks at what it pledged and agreed to with an application, and gives or takes back consents."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.applications.booth_application import BoothApplication, find_application
from exhibitors.applications.given_word import CONSENTS, VERSIONS, give_words, withdraw_consent, words_given
from exhibitors.applications.given_word_wording import PURPOSE_WORDS, TEXTS
from exhibitors.applications.permissions import may_change_application, may_see_application
from foundation.audience import Audience, Pages, current_actor, demand, found, signed_in_actor
from foundation.flask_database import current_session

pages = Pages("give_consents", __name__, audience=Audience.SIGNED_IN, for_lent_unit=True)


@pages.page("/applications/<code>/consents", may=may_see_application)
def show(code: str) -> ResponseReturnValue:
    """Rules, pledge and consents with versions and moments."""
    session, application = current_session(), _application(code)
    return render_template(
        "exhibitors/applications/give_consents/show.html",
        application=application,
        words=words_given(session, application),
        texts=TEXTS,
        purposes=PURPOSE_WORDS,
        consents=CONSENTS,
        versions=VERSIONS,
        may_change=may_change_application(current_actor(), application),
    )


@pages.page("/applications/<code>/consents/change", may=may_change_application, methods=("POST",))
def change(code: str) -> ResponseReturnValue:
    """Give (`do=give`) or take back one consent."""
    session, application = current_session(), _application(code)
    purpose = next((one for one in CONSENTS if one.value == request.form.get("purpose")), None)
    if purpose is not None:
        if request.form.get("do") == "give":
            give_words(session, signed_in_actor(), application, {purpose})
        else:
            withdraw_consent(session, signed_in_actor(), application, purpose)
        session.commit()
        flash(_("Saved."), "ok")
    return redirect(url_for(".show", code=code), 303)


def _application(code: str) -> BoothApplication:
    application = found(find_application(current_session(), code))
    demand(application)
    return application
