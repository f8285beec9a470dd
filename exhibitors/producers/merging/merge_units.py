"""Make one unit of two that were entered twice: products, papers, people and all that floors above hold go over."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from accounts.invitation import open_invitations
from accounts.organisation import Membership, lock_organisation, members_of
from exhibitors.producers.claims.unit_claim import ClaimCode, UnitClaim
from exhibitors.producers.dossier.dossier_paper import DOSSIER_FILE, DossierPaper
from exhibitors.producers.former_unit import FormerUnit
from exhibitors.producers.merging.letters import units_merged
from exhibitors.producers.merging.unit_belongings import ask_objectors, move_belongings
from exhibitors.producers.producer import Producer
from exhibitors.producers.register_producer import remove_product
from foundation import clock
from foundation.actor import RANK, Actor, Role
from foundation.audit_trail import record
from foundation.outbox import post
from foundation.page_changes import PageFamily, pages_changed
from foundation.refusal import Refused
from foundation.stored_file import StoredFile

FACTS = (
    "name_en",
    "tax_code",
    "place_outside",
    "address",
    "contact_person",
    "contact_phone",
    "contact_email",
    "website",
    "shop_url",
    "social_url",
    "story_vi",
    "story_en",
    "latitude",
    "longitude",
    "source",
)
"""Filled in from the unit that goes where the one that stays says nothing."""


def merge_units(
    session: Session,
    actor: Actor,
    kept: Producer,
    gone: Producer,
    *,
    product_ids: Collection[int],
    with_people: bool,
    expected_versions: tuple[int, int] | None = None,
    base_url: str,
) -> Producer:
    """`kept` with everything of `gone`, which is no more; its address leads to `kept` from now on.

    Products that are not among `product_ids` are left behind, people too unless `with_people`; papers, applications
    and whatever the floors above registered always go over. Refused: `same_unit`, `unit_gone`, `changed_meanwhile`,
    `product_in_use` for a product left behind that an application names, and what the floors above object to.
    """
    if kept.id == gone.id:
        raise Refused("same_unit")
    _lock(session, kept, gone)
    if expected_versions is not None and (kept.version, gone.version) != expected_versions:
        raise Refused("changed_meanwhile", version=kept.version)
    ask_objectors(session, gone, kept)
    told = {person.id: person for unit in (kept, gone) for person in members_of(session, unit.organisation_id)}
    moved: dict[str, Any] = {
        "facts": _fill_gaps(kept, gone),
        "products": _move_products(session, actor, kept, gone, product_ids),
        "papers": _move_papers(session, kept, gone),
        "people": _move_people(session, actor, kept, gone, with_people),
        **move_belongings(session, gone, kept),
    }
    _end(session, actor, kept, gone)
    record(
        session, actor, "unit.merge", kept, old={"unit": gone.id, "slug": gone.slug, "name": gone.name_vi}, new=moved
    )
    pages_changed(session, PageFamily.PRODUCER, [kept.id])
    pages_changed(session, PageFamily.PRODUCT, (product.id for product in kept.products))
    for person in told.values():
        post(session, units_merged(kept, gone, person, base_url))
    session.flush()
    return kept


def _lock(session: Session, kept: Producer, gone: Producer) -> None:
    """Both in the order of their numbers, so that two mergers never wait for each other."""
    session.flush()
    both = select(Producer.id).where(Producer.id.in_((kept.id, gone.id))).order_by(Producer.id)
    if len(session.scalars(both.with_for_update()).all()) < 2:
        raise Refused("unit_gone")
    for unit in sorted((kept, gone), key=lambda unit: unit.id):
        lock_organisation(session, unit.organisation)
        session.refresh(unit)


def _fill_gaps(kept: Producer, gone: Producer) -> list[str]:
    filled = [name for name in FACTS if not getattr(kept, name) and getattr(gone, name)]
    if kept.locality_id is not None and "place_outside" in filled:
        filled.remove("place_outside")
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    if kept.locality_id is None and not kept.place_outside:
        kept.locality_id, kept.district_id = gone.locality_id, kept.district_id or gone.district_id
    return filled


def _move_products(
    session: Session, actor: Actor, kept: Producer, gone: Producer, product_ids: Collection[int]
) -> list[int]:
    moved = []
    for product in list(gone.products):
        if product.id in product_ids:
            product.producer = kept
            moved.append(product.id)
        else:
            remove_product(session, actor, product)
    session.flush()
    return moved


def _move_papers(session: Session, kept: Producer, gone: Producer) -> list[int]:
    papers = list(session.scalars(select(DossierPaper).where(DossierPaper.producer_id == gone.id)))
    for paper in papers:
        paper.producer = kept
    files = (StoredFile.purpose == DOSSIER_FILE.name, StoredFile.subject_id == gone.id)
    session.execute(update(StoredFile).where(*files).values(subject_id=kept.id))
    session.flush()
    return [paper.id for paper in papers]


def _move_people(session: Session, actor: Actor, kept: Producer, gone: Producer, with_people: bool) -> list[int]:
    """Whoever belongs to both keeps the stronger role; letters of invitation into the unit that goes open no door."""
    own = {row.user_id: row for row in _members(session, kept)}
    moved = []
    for membership in _members(session, gone):
        known = own.get(membership.user_id)
        if with_people and known is None:
            membership.organisation = kept.organisation
            moved.append(membership.user_id)
            continue
        if with_people and known is not None:
            known.role = max(Role(known.role), Role(membership.role), key=RANK.__getitem__).value
        session.delete(membership)
    for invitation in open_invitations(session, gone.organisation_id):
        invitation.revoked_at = clock.now()
        record(session, actor, "team.revoke_invitation", invitation, old={"role": invitation.role})
    session.flush()
    return moved


def _members(session: Session, unit: Producer) -> list[Membership]:
    return list(session.scalars(select(Membership).where(Membership.organisation_id == unit.organisation_id)))


def _end(session: Session, actor: Actor, kept: Producer, gone: Producer) -> None:
    """The row goes, its names stay; what led to it leads to the unit that stayed."""
    for code in session.scalars(select(ClaimCode).where(ClaimCode.producer_id == gone.id)):
        session.delete(code)
    waiting = select(UnitClaim.user_id).where(UnitClaim.producer_id == kept.id, UnitClaim.decided_at.is_(None))
    asked = set(session.scalars(waiting))
    for claim in session.scalars(select(UnitClaim).where(UnitClaim.producer_id == gone.id)):
        if claim.decided_at is None and claim.user_id in asked:
            session.delete(claim)
        else:
            claim.producer = kept
    for former in session.scalars(select(FormerUnit).where(FormerUnit.producer_id == gone.id)):
        former.producer = kept
    session.add(
        FormerUnit(
            slug=gone.slug,
            producer=kept,
            former_id=gone.id,
            name_vi=gone.name_vi,
            tax_code=gone.tax_code,
            contact_phone=gone.contact_phone,
            locality_id=gone.locality_id,
            district_id=gone.district_id,
            merged_by_id=actor.user_id or None,
            merged_at=clock.now(),
        )
    )
    gone.organisation.closed_at = clock.now()
    session.flush()
    session.refresh(gone, ["products"])
    session.delete(gone)
    session.flush()
