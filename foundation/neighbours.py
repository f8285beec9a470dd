"""Whether the servers that the environment names answer, told in one sentence each before anything starts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from foundation.database import make_engine
from foundation.settings import Settings
from foundation.web_server import CannotServe

WAIT_SECONDS = 5


def refuse_silent_neighbours(settings: Settings) -> None:
    """Raises CannotServe when the database, or the Redis of jobs or limits, does not answer; passwords are not told."""
    silent = list(_silent_neighbours(settings))
    if silent:
        raise CannotServe("\n".join(silent))


def warn_of_silent_mail(settings: Settings) -> str:
    """One sentence when the mail server does not answer, else nothing: letters wait and are tried again."""
    if settings.keeps_letters:
        return ""
    import smtplib  # reason: the web side carries no mail

    url = urlsplit(settings.mail_url)
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    try:
        kind(url.hostname or "localhost", url.port or 0, timeout=WAIT_SECONDS).close()
    except (OSError, smtplib.SMTPException) as error:
        return (
            f"Máy chủ thư {_place(settings.mail_url)} chưa trả lời ({_why(error)}), thư sẽ chờ và được gửi lại"
            f" / MAIL_URL: the mail server does not answer, letters wait and are tried again."
        )
    return ""


def _silent_neighbours(settings: Settings) -> Iterator[str]:
    if fault := _database_fault(settings.database_url):
        yield (
            f"Không nối được cơ sở dữ liệu {_place(settings.database_url)} ({fault})"
            f" / DATABASE_URL: the database does not answer."
        )
    for name, url in (("JOBS_URL", settings.jobs_url), ("RATELIMIT_URL", settings.ratelimit_url)):
        if url.startswith("redis") and (fault := _redis_fault(url)):
            yield f"Không nối được Redis {_place(url)} ({fault}) / {name}: Redis does not answer."
    if settings.jobs_url.startswith("postgresql") and (fault := _database_fault(settings.jobs_url)):
        place = _place(settings.jobs_url)
        yield f"Không nối được cơ sở dữ liệu {place} ({fault}) / JOBS_URL: the database does not answer."


def _database_fault(url: str) -> str:
    try:
        engine = make_engine(url)
        try:
            engine.connect().close()
        finally:
            engine.dispose()
    except (SQLAlchemyError, OSError, ValueError) as error:
        return _why(error)
    return ""


def _redis_fault(url: str) -> str:
    from redis import Redis, RedisError  # loaded only where Redis is used

    try:
        with Redis.from_url(url, socket_connect_timeout=WAIT_SECONDS, socket_timeout=WAIT_SECONDS) as server:
            server.ping()
    except (RedisError, OSError, ValueError) as error:
        return _why(error)
    return ""


def _place(url: str) -> str:
    """Host and port, or the file; never the password."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return parts.path.removeprefix("/")
    return f"{parts.hostname or 'localhost'}{f':{parts.port}' if parts.port else ''}"


def _why(error: BaseException) -> str:
    """The kind of fault in a word: drivers put addresses and names into their sentences."""
    cause = getattr(error, "orig", None) or error
    return type(cause).__name__
