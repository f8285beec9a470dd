"""Headers that every answer carries: policy, cookies, caching of private pages."""

from __future__ import annotations

from flask import Flask, Response, request

from foundation.address_parts import read_addresses_strictly
from foundation.anybody import asks_as_anybody, is_written_for_one
from foundation.settings import Settings

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def headers_of_every_answer(settings: Settings) -> dict[str, str]:
    """The headers; over TLS browsers are told to come by TLS alone for a year."""
    hsts = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if settings.is_https else {}
    return HEADERS | hsts


def protect_responses(app: Flask, settings: Settings) -> None:
    """Cookies, limits on bodies and the headers of every answer."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        SESSION_COOKIE_NAME=session_cookie(settings),
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        # Pages behind a link from a letter send no referrer, so their forms cannot be asked for one.
        WTF_CSRF_SSL_STRICT=False,
        # Files of 10 MB are taken; a little more is received, so that a page of ours can say that it is too much.
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=1000,
        TRUSTED_HOSTS=trusted_hosts(settings),
    )
    read_addresses_strictly(app)
    headers = headers_of_every_answer(settings)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            private = not asks_as_anybody() or is_written_for_one()
            # A kept redirect to the sign-in page would still be followed after signing in.
            private = private or response.status_code != 200 or request.method not in {"GET", "HEAD"}
            response.headers["Cache-Control"] = "no-store" if private else "public, max-age=5"
            response.vary.add("Cookie")
        return response


def session_cookie(settings: Settings) -> str:
    """The name of the cookie that holds a browser's session; over TLS bound to this host."""
    return "__Host-gianhang" if settings.is_https else "gianhang"


def trusted_hosts(settings: Settings) -> list[str]:
    """Hosts we answer to: the configured address, and this machine's names while we listen on loopback."""
    host = settings.base_url.split("://", 1)[1].split("/", 1)[0]
    own = {"127.0.0.1", "localhost", "[::1]"}
    hosts = {host.rsplit(":", 1)[0] if not host.endswith("]") else host}
    return sorted(hosts | own) if settings.is_loopback else sorted(hosts)
