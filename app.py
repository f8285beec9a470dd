"""The roof: wires settings, database, languages, pages, commands and error pages; nobody imports it."""

from __future__ import annotations

import os

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from accounts.current_actor import know_people
from foundation import wording  # noqa: F401 - registers its sentences
from foundation.after_answers import work_after_answers
from foundation.error_pages import explain_errors
from foundation.flask_database import connect_database, database_engine
from foundation.kept_answers import answer_at_the_door
from foundation.languages import speak_languages
from foundation.late_rules import LateRule
from foundation.letter_round import announce_after_requests
from foundation.mailbox_pages import show_mailbox_link
from foundation.packed_answers import pack_answers
from foundation.page_cache import keep_pages
from foundation.rate_limit import limit_requests
from foundation.security_headers import protect_responses, session_cookie
from foundation.settings import Settings
from foundation.static_files import serve_static_files
from foundation.structured_log import log_requests, set_up_logging
from foundation.template_environment import prepare_templates
from foundation.template_filters import add_template_words
from pages import page_modules


def create_app(settings: Settings | None = None) -> Flask:
    """A ready app; the settings come from the environment unless given."""
    settings = settings or Settings.from_environment()
    set_up_logging(testing=settings.testing)
    app = Flask(__name__, static_folder=None)
    app.extensions["settings"] = settings
    app.testing = settings.testing
    app.url_rule_class = LateRule
    prepare_templates(app)
    connect_database(app, settings)
    answer_at_the_door(app, keep_pages(app, database_engine(app)), session_cookie(settings))
    pack_answers(app)
    explain_errors(app)
    protect_responses(app, settings)
    log_requests(app)
    know_people(app)  # first: what was typed with a stale token is offered again to whoever is signed in by now
    CSRFProtect(app)
    speak_languages(app, settings)
    add_template_words(app)
    limit_requests(app, settings)
    show_mailbox_link(app)
    announce_after_requests(app, settings)
    work_after_answers(app)
    for module in page_modules():
        app.register_blueprint(module.pages)
    if settings.testing or "FLASK_RUN_FROM_CLI" in os.environ:
        from commands import add_commands  # reason: what serves pages runs no command and need not carry them

        add_commands(app)
    serve_static_files(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]  # as documented
    return app
