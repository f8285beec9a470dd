"""The letters of reminders, each a value for the outbox; those about no application carry the way to stop them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.letters import days_of
from exhibitors.applications.reminders.stop_letters import Kind, stop_token
from exhibitors.producers.producer import Producer
from foundation.bilingual import Bilingual
from foundation.outbox import Letter

FOLDER = "exhibitors/applications/reminders/letters"


def draft_reminder(application: BoothApplication, person: User, key: str, base_url: str) -> Letter:
    """A draft was begun and not sent, and the call closes soon."""
    fair, tongue = application.fair, person.language
    facts = {
        "fair": fair.name.local(tongue),
        "producer": application.producer.name.local(tongue),
        "organiser": fair.organisation.name.local(tongue),
        "call_closes_at": fair.call_closes_at,
        "link": _link(base_url, tongue, f"/apply/{fair.slug}"),
    }
    template = f"{FOLDER}/draft_reminder"
    return Letter(
        template, person.email, tongue, facts, key, fair_id=application.fair_id, application_id=application.id
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """A paper with its kind and what is written on it, or a product with a certificate (no kind) and its name."""

    kind: str
    words: Bilingual


def ending_warning(
    producer: Producer, endings: Sequence[Ending], ends_on: date, person: User, *, key: str, secret: str, base_url: str
) -> Letter:
    """Certificates or papers end on this day."""
    tongue = person.language
    names = [{"kind": one.kind, "words": one.words.local(tongue)} for one in endings]
    stop = _link(base_url, tongue, f"/letters/stop/{stop_token(producer, Kind.WARNINGS, secret)}")
    facts = {
        "producer": producer.name.local(tongue),
        "names": sorted(names, key=itemgetter("kind", "words")),
        "ends_on": ends_on,
        "link": _link(base_url, tongue, "/producer"),
        "stop": stop,
    }
    return Letter(f"{FOLDER}/ending_warning", person.email, tongue, facts, dedupe_key=key, unsubscribe_url=stop)


def call_opens(producer: Producer, fair: Fair, person: User, *, key: str, secret: str, base_url: str) -> Letter:
    """A fair takes applications now."""
    tongue = person.language
    stop = _link(base_url, tongue, f"/letters/stop/{stop_token(producer, Kind.CALLS, secret)}")
    facts = {
        "producer": producer.name.local(tongue),
        "fair": fair.name.local(tongue),
        "organiser": fair.organisation.name.local(tongue),
        "call_closes_at": fair.call_closes_at,
        "link": _link(base_url, tongue, f"/apply/{fair.slug}"),
        "stop": stop,
    } | days_of(fair)
    return Letter(
        f"{FOLDER}/call_opens", person.email, tongue, facts, dedupe_key=key, fair_id=fair.id, unsubscribe_url=stop
    )


def _link(base_url: str, language: str, path: str) -> str:
    return f"{base_url}{'/en' if language == 'en' else ''}{path}"
