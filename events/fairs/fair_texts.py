"""What visitors read and see on a fair's page beyond its facts: the long text, the cover picture, whether it sells."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.archive_fair import refuse_archived
from events.fairs.fair import Fair
from events.fairs.permissions import may_see_fair
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.countries import COUNTRIES
from foundation.file_kinds import PICTURES
from foundation.file_store import FileStore
from foundation.folding import nfc, strip_controls
from foundation.keep_files import drop_file, keep_file
from foundation.overtaken import refuse_overtaken, version_of_facts
from foundation.refusal import Refused
from foundation.stored_file import FilePurpose, StoredFile, register_purpose

LONGEST_TEXTS = {"description_vi": 20_000, "description_en": 20_000, "cover_alt_vi": 200, "cover_alt_en": 200}


def may_read_cover(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """Whoever may see one of the fairs that show it."""
    fairs = session.scalars(select(Fair).where(Fair.cover_id == stored.id))
    return any(may_see_fair(actor, fair) for fair in fairs)


COVER = register_purpose(FilePurpose("fair_cover", may_read_cover, PICTURES))


def say_texts(
    session: Session,
    actor: Actor,
    fair: Fair,
    *,
    expected_version: int,
    has_sales: bool | None = None,
    guest_country: str = "",
    **texts: str,
) -> None:
    """Replace the texts (keys of LONGEST_TEXTS; Markdown in the descriptions), whether goods are sold (None: not
    said), and the country a country week is about (ISO code).

    Refuses fair_is_archived, set_up_changed_meanwhile, text_too_long and country_unknown.
    """
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    refuse_overtaken(texts_version(fair), expected_version)
    refuse_archived(fair)
    if guest_country and guest_country not in COUNTRIES:
        raise Refused("country_unknown", field="guest_country")
    clean = {name: nfc(strip_controls(texts.get(name, ""))).strip() for name in LONGEST_TEXTS}
    for fault in faults_of_texts(clean):
        raise fault
    wanted = {**clean, "has_sales": has_sales, "guest_country": guest_country}
    changed = [name for name, value in wanted.items() if getattr(fair, name) != value]
    for name in changed:
        setattr(fair, name, wanted[name])
    if changed:
        session.flush()
        record(session, actor, "fair.say_texts", fair, fair_id=fair.id, new={"changed": changed})


def texts_version(fair: Fair) -> int:
    """Another number whenever what `say_texts` says is another; the fair's details and days do not count."""
    return version_of_facts(*(getattr(fair, name) for name in (*LONGEST_TEXTS, "has_sales", "guest_country")))


def faults_of_texts(texts: dict[str, str]) -> list[Refused]:
    """One `text_too_long` for each text that is."""
    return [
        Refused("text_too_long", field=name, most=most)
        for name, most in LONGEST_TEXTS.items()
        if len(texts.get(name, "")) > most
    ]


def keep_cover(
    session: Session, actor: Actor, store: FileStore, fair: Fair, *, name: str, content: bytes
) -> StoredFile:
    """Show this picture in place of the one before. Refuses what `keep_file` refuses."""
    old = fair.cover
    fair.cover = keep_file(
        session, actor, store, COVER, name=name, content=content, subject_id=fair.id, fair_id=fair.id
    )
    session.flush()
    _drop_unless_shown(session, actor, store, fair, old)
    return fair.cover


def drop_cover(session: Session, actor: Actor, store: FileStore, fair: Fair) -> None:
    """Show no picture any more."""
    old, fair.cover = fair.cover, None
    session.flush()
    _drop_unless_shown(session, actor, store, fair, old)


def _drop_unless_shown(session: Session, actor: Actor, store: FileStore, fair: Fair, old: StoredFile | None) -> None:
    """Editions share a picture: it goes with the last fair that shows it."""
    if old is not None and not session.scalar(select(func.count(Fair.id)).where(Fair.cover_id == old.id)):
        drop_file(session, actor, store, old, fair_id=fair.id)
