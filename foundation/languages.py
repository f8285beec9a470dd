"""The language stands in the address: `/…` is Vietnamese, `/en/…` English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, request
from flask_babel import Babel, Domain
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from foundation.bilingual import Language
from foundation.money import format_number
from foundation.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
ENVIRON_KEY = "gianhang.language"
babel = Babel()


class HouseSentences(Domain):  # type: ignore[misc]  # untyped in Flask-Babel
    """The sentences of code (`gettext`, `lazy_gettext`), looked up the way templates look up theirs."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of the page's language."""
        return catalogue(current_language())

    def gettext(self, string: str, **variables: object) -> str:
        """One message, its placeholders filled."""
        said = say(string)
        return said % variables if variables else said


class LanguagePrefix:
    """WSGI middleware: moves `/en` from the path into SCRIPT_NAME, so that every link keeps its language."""

    def __init__(self, wsgi_app: Callable[..., Iterable[bytes]]) -> None:
        self.wsgi_app = wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        environ[ENVIRON_KEY] = "vi"
        if path == "/en" or path.startswith("/en/"):
            environ[ENVIRON_KEY] = "en"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
        return self.wsgi_app(environ, start_response)


def current_language() -> Language:
    """The language of the address that was asked for; Vietnamese outside a request."""
    try:
        language: Language = request.environ.get(ENVIRON_KEY, "vi")
    except RuntimeError:  # no request; asked hundreds of times a page, so not looked for beforehand
        return "vi"
    return language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything inside in this language, whatever the address; only within a request.

    Babel's own `force_locale` changes no sentence here: the catalogue is chosen by the address.
    """
    asked = current_language()
    request.environ[ENVIRON_KEY] = language
    try:
        yield
    finally:
        request.environ[ENVIRON_KEY] = asked


def speak_languages(app: Flask, settings: Settings) -> None:
    """Wire Babel, the prefix and what templates need to know of languages."""
    app.config.update(BABEL_DEFAULT_LOCALE="vi", BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh")
    babel.init_app(app, locale_selector=current_language)
    babel.domain_instance = HouseSentences()
    app.jinja_env.install_gettext_callables(say, say_plural, newstyle=True)  # type: ignore[attr-defined]  # by ext.i18n
    # Templates say some hundred words a page: look them up without the locale dance and Jinja's wrappers for each.
    app.jinja_env.globals.update(_=write, gettext=write, ngettext=write_plural)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]  # the way Flask documents it

    @app.context_processor
    def language_facts() -> dict[str, Any]:
        language = current_language()
        return {
            "language": language,
            "base_url": settings.base_url,
            "other_language_url": address_in("en" if language == "vi" else "vi"),
            "alternate_urls": {lang: settings.base_url + address_in(lang) for lang in ("vi", "en")},
            "canonical_url": settings.base_url + address_in(language),
        }


@cache
def catalogue(language: str) -> NullTranslations:
    """The compiled words of a language; English needs none, its sentences are the ids."""
    return Translations.load(CATALOGUES, [language])


def say(text: str, language: str = "") -> str:
    """A message in the page's language, unless one is named; its placeholders are still to be filled."""
    return _said(language or current_language(), text)


def say_plural(singular: str, plural: str, number: int) -> str:
    """A message with a number in it in the page's language, its placeholders still to be filled."""
    return str(catalogue(current_language()).ungettext(singular, plural, number))


def write(text: str, **facts: object) -> Markup:
    """A message in the page's language, finished, for templates; the facts are escaped."""
    language = current_language()
    return Markup(_said(language, text)) % facts if facts else _without_facts(language, text)  # noqa: S704 - our words


def write_plural(singular: str, plural: str, number: int, **facts: object) -> Markup:
    """A message with a number in it, finished, for templates; the number is the fact `num`: "1.239 sản phẩm"."""
    shown = number if -1000 < number < 1000 else format_number(number, current_language())
    return Markup(say_plural(singular, plural, number)) % {"num": shown, **facts}  # noqa: S704 - our words


@lru_cache(maxsize=4096)
def _said(language: str, text: str) -> str:
    return str(catalogue(language).ugettext(text))


@lru_cache(maxsize=4096)
def _without_facts(language: str, text: str) -> Markup:
    """Of a sentence without facts only the signs are left to finish: `%%` is one per cent."""
    return Markup(_said(language, text)) % {}  # noqa: S704 - our words


def address_in(language: str) -> str:
    """This page's address in a language, with its query; of one that only takes forms, the nearest above it that can
    be opened.
    """
    path, query = request.path, request.query_string.decode("ascii", "ignore")
    if request.method not in {"GET", "HEAD"}:
        if g.get("is_error_page"):
            path, query = "/", ""  # what is refused tells nothing of an address
        while path != "/" and not _can_be_opened(path):
            path, query = path.rpartition("/")[0] or "/", query if path.count("/") > 1 else ""
    return language_prefix(language) + path + (f"?{query}" if query else "")


def _can_be_opened(path: str) -> bool:
    """Whether a page answers there; at the address that the form was sent to, one that is meant for just this."""
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        rule, _values = adapter.match(path, "GET", return_rule=True)
    except HTTPException:  # nothing is there, or what is there takes forms only
        return False
    return path != request.path or (request.url_rule is not None and rule.rule == request.url_rule.rule)


def language_prefix(language: str) -> str:
    """What stands before a path in this language."""
    return "/en" if language == "en" else ""
