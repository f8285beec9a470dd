"""A picture below the drawing: a survey, an old plan, a page of a PDF; seen by those who draw alone."""

from __future__ import annotations

from io import BytesIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.permissions import may_read_desk
from events.floor_plans.floor_plan import FloorPlan
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.file_kinds import FileKind, sniff
from foundation.file_store import FileStore
from foundation.keep_files import drop_file, keep_file
from foundation.refusal import Refused
from foundation.stored_file import FilePurpose, StoredFile, register_purpose

LONGEST_PX = 3_000


def _may_see(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """Whoever may read the desk of the fair."""
    fair = session.scalar(
        select(Fair).join(FloorPlan, FloorPlan.fair_id == Fair.id).where(FloorPlan.id == stored.subject_id)
    )
    return fair is not None and may_read_desk(actor, fair)


BACKGROUND = register_purpose(
    FilePurpose(
        "plan_background",
        _may_see,
        frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.PDF}),
        sizes={"large": LONGEST_PX},
    )
)


def lay_background(
    session: Session, actor: Actor, store: FileStore, plan: FloorPlan, *, name: str, content: bytes
) -> None:
    """Put a picture below the drawing, as wide as the ground until its scale is set; of a PDF the first page.

    Refuses what `keep_file` refuses, and `pdf_page_unreadable`.
    """
    if len(content) <= BACKGROUND.most_bytes and sniff(content) is FileKind.PDF:
        name, content = f"{name}.png", _first_page(content)
    old = plan.background
    kept = keep_file(
        session, actor, store, BACKGROUND, name=name, content=content, subject_id=plan.id, fair_id=plan.fair_id
    )
    session.refresh(plan, with_for_update={"of": FloorPlan})
    plan.background = kept
    plan.background_x_cm, plan.background_y_cm, plan.background_width_cm = 0, 0, plan.width_cm
    plan.stamp(plan)
    session.flush()
    if old is not None:
        drop_file(session, actor, store, old, fair_id=plan.fair_id)
    record(session, actor, "plan.lay_background", plan, fair_id=plan.fair_id, new={"file": kept.key})


def take_background_off(session: Session, actor: Actor, store: FileStore, plan: FloorPlan) -> None:
    """Let the picture go."""
    old = plan.background
    if old is None:
        return
    session.refresh(plan, with_for_update={"of": FloorPlan})
    plan.background = None
    plan.stamp(plan)
    session.flush()
    drop_file(session, actor, store, old, fair_id=plan.fair_id)
    record(session, actor, "plan.take_background_off", plan, fair_id=plan.fair_id)


def _first_page(content: bytes) -> bytes:
    """The first page as a PNG whose longer side is 3,000 pixels."""
    import pypdfium2  # loaded with the first PDF: 8 MB that a worker need not carry

    try:
        document = pypdfium2.PdfDocument(content)
        page = document[0]
        picture = page.render(scale=LONGEST_PX / max(page.get_size())).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Refused("pdf_page_unreadable") from error
    file = BytesIO()
    picture.save(file, "PNG")
    document.close()
    return file.getvalue()
