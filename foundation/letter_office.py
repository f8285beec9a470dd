"""Delivers what waits in the outbox; without MAIL_URL letters stay there and can be read in the mailbox page."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formataddr, formatdate
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from foundation import clock
from foundation.outbox import OutboxLetter, letters_due, may_leave
from foundation.settings import Settings

log = structlog.get_logger()
TIMEOUT_SECONDS = 20
LEASE = timedelta(minutes=5)


def deliver_due(session: Session, settings: Settings, limit: int = 50) -> int:
    """Send the letters that are due, oldest first; answers how many left. Commits; see `deliver_letter`."""
    if settings.keeps_letters:
        return 0
    due = [letter.id for letter in letters_due(session, limit)]
    session.commit()
    return sum(deliver_letter(session, settings, letter_id) for letter_id in due)


def deliver_letter(session: Session, settings: Settings, letter_id: int) -> bool:
    """Send one letter if it is due and nobody else is sending it; answers whether it left. Commits.

    The letter is leased first, so no transaction is open while the mail server takes its time, and two deliverers
    never send the same one. It is sent twice only if the process dies between the server's yes and our commit
    (the Message-ID is then the same); a process that dies earlier leaves it to the sweep after the lease.
    """
    if settings.keeps_letters or not _lease(session, letter_id):
        return False
    letter = session.get_one(OutboxLetter, letter_id, populate_existing=True)
    session.commit()
    try:
        send(letter, settings)
    except (OSError, smtplib.SMTPException) as error:
        letter.mark_failed(type(error).__name__)
        log.warning("letter_failed", letter_id=letter.id, attempts=letter.attempts, kind=type(error).__name__)
    else:
        letter.mark_sent()
    session.commit()
    return letter.sent_at is not None


def _lease(session: Session, letter_id: int) -> bool:
    """Take the letter for some minutes; False when it is sent, held, discarded, not due yet or taken by another.

    One statement asks and takes: whoever holds the letter back comes before it, or is told that it is leaving.
    """
    now = clock.now()
    due = (OutboxLetter.id == letter_id, may_leave(), OutboxLetter.next_try_at <= now)
    until = {"next_try_at": now + LEASE, "taken_until": now + LEASE}
    taken = session.scalar(update(OutboxLetter).where(*due).values(**until).returning(OutboxLetter.id))
    session.commit()
    return taken is not None


def send(letter: OutboxLetter, settings: Settings) -> None:
    """Hand one letter to the mail server of MAIL_URL (smtp://user:password@host:587 or smtps://…)."""
    url = urlsplit(settings.mail_url)
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with kind(url.hostname or "localhost", url.port or 0, timeout=TIMEOUT_SECONDS) as server:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        message = as_message(letter, settings)
        # A bare line feed is no end of a line (RFC 5321, 2.3.8): strict servers refuse it, or read one endless line.
        octets = message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
        server.sendmail(settings.mail_sender, [letter.recipient], octets)


def as_message(letter: OutboxLetter, settings: Settings) -> MIMEText:
    """The letter as a message. Not `EmailMessage`: it loses spaces in folded Vietnamese headers."""
    message = MIMEText(letter.body, "plain", "utf-8")
    subject = Header(" ".join(letter.subject.split()), "utf-8")
    message["Subject"] = subject  # type: ignore[assignment]  # the classic API takes a Header
    message["From"] = formataddr(("Gian Hàng", settings.mail_sender))
    message["To"] = letter.recipient
    message["Date"] = formatdate(letter.created_at.timestamp())
    host = urlsplit(settings.base_url).hostname or "localhost"
    message["Message-ID"] = f"<letter-{letter.id}@{host}>"
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message
