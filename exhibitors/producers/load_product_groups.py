"""Brings the dated register of product groups into the database, as often as one likes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from exhibitors.producers.producer import ProductGroup, ProductSubgroup
from exhibitors.producers.product_group_register import groups_on, registered_groups, registered_subgroups


def load_product_groups(session: Session) -> int:
    """Add groups that are missing and refresh the others; answers how many the register holds."""
    known = {group.key: group for group in session.scalars(select(ProductGroup))}
    for registered in registered_groups():
        group = known.get(registered.key)
        if group is None:
            group = ProductGroup(key=registered.key)
            session.add(group)
        group.name_vi = registered.name_vi
        group.name_en = registered.name_en
        group.valid_from = registered.valid_from
        group.valid_to = registered.valid_to
    session.flush()
    _load_subgroups(session)
    return len(registered_groups())


def _load_subgroups(session: Session) -> None:
    groups = {group.key: group for group in session.scalars(select(ProductGroup))}
    known = {subgroup.key: subgroup for subgroup in session.scalars(select(ProductSubgroup))}
    for registered in registered_subgroups():
        subgroup = known.get(registered.key)
        if subgroup is None:
            subgroup = ProductSubgroup(key=registered.key)
            session.add(subgroup)
        subgroup.group = groups[registered.group]
        subgroup.name_vi = registered.name_vi
        subgroup.name_en = registered.name_en
        subgroup.valid_from = registered.valid_from
        subgroup.valid_to = registered.valid_to
    session.flush()


def product_groups_on(session: Session, day: date) -> list[ProductGroup]:
    """The groups in force on a day, in the order of the decision, for pickers."""
    rank = {group.key: place for place, group in enumerate(groups_on(day))}
    groups = session.scalars(select(ProductGroup).where(ProductGroup.key.in_(rank)))
    return sorted(groups, key=lambda group: rank[group.key])


def product_subgroups_on(session: Session, day: date) -> list[ProductSubgroup]:
    """The sub-groups in force on a day with their groups, in the order of the register, for pickers."""
    rank = {one.key: place for place, one in enumerate(registered_subgroups()) if one.holds_on(day)}
    query = select(ProductSubgroup).options(joinedload(ProductSubgroup.group)).where(ProductSubgroup.key.in_(rank))
    return sorted(session.scalars(query), key=lambda subgroup: rank[subgroup.key])
