"""Audience: anyone. A fair's plan with a list that says the same and a round of one's own; the page of each booth."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple
from urllib.parse import quote

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from events.calendars.public_address import public_address
from events.calendars.subscribe_links import qr_picture
from events.fairs.browse_fairs import find_public_fair
from events.fairs.fair import Fair
from events.fairs.permissions import may_see_fair
from events.places.place_words import place_query
from exhibitors.allocation.exhibitor_directory import Exhibitor
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.permissions import may_change_application
from exhibitors.results.plan_list import ZoneRows, find_on_plans, list_plan, products_with_certificates
from exhibitors.results.show_fair import ShownFair, ShownVenue, likely_words, narrow_exhibitors, show_fair
from exhibitors.results.structured_data import booth_page, plan_map
from foundation.audience import Audience, Pages, current_actor, demand, found
from foundation.flask_database import current_session
from foundation.languages import current_language
from foundation.page_cache import kept_for_visitors

pages = Pages("public_plan", __name__, audience=Audience.ANYONE)
STARS = ("3", "4", "5")
MOST_PICKED = 60


class AskedOfPlan(NamedTuple):
    """What the address asks: words, group, least stars, a booth to open on, and the booths of one's own round."""

    query: str
    group: str
    stars: str
    booth: str
    picked: frozenset[str]

    @classmethod
    def from_address(cls) -> AskedOfPlan:
        """Cut to what makes sense."""
        asked = request.args
        stars = asked.get("stars", "")
        picked = frozenset(code[:8] for code in asked.getlist("pick")[:MOST_PICKED])
        words, group, booth = asked.get("q", "").strip()[:100], asked.get("group", "")[:40], asked.get("booth", "")[:8]
        return cls(words, group, stars if stars in STARS else "", booth.upper(), picked)

    @property
    def narrows(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.query or self.group or self.stars)

    def meant_among(self, exhibitors: Sequence[Exhibitor]) -> tuple[AskedOfPlan, str]:
        """What is really looked for: the same, or the words that were probably meant, and then those words."""
        same = self._replace(query=place_query(current_session(), self.query))
        better = likely_words(exhibitors, same.query) if not same.narrow(exhibitors) else ""
        return (same._replace(query=better), better) if better else (same, "")

    def narrow(self, exhibitors: Sequence[Exhibitor]) -> list[Exhibitor]:
        """Those it looks for."""
        least = int(self.stars or 0)
        return [one for one in narrow_exhibitors(exhibitors, self.query, self.group) if (one.stars or 0) >= least]


@pages.page("/fairs/<slug>/plan", may=may_see_fair)
@kept_for_visitors
def plan(slug: str) -> ResponseReturnValue:
    """The plan of one venue, searched and narrowed by the address; works as it is without a script."""
    fair, facts = _shown(slug)
    asked = AskedOfPlan.from_address()
    venue = _venue(facts, asked.booth)
    there = [one for one in facts.exhibitors if venue.hosts(one)]
    meant, corrected = asked.meant_among([one for one in facts.exhibitors if one in there or not one.booths])
    shown = meant.narrow(there)
    no_booth = [one for one in meant.narrow(facts.exhibitors) if not one.booths]
    whole, zones = (list_plan(venue.plan, units) if venue.plan else [] for units in (there, shown))
    listed = {stand.code for rows in zones for stand in rows.stands}
    return render_template(
        "exhibitors/results/public_plan/plan.html",
        fair=fair,
        venue=venue,
        venue_tabs=_tabs(fair, facts, venue),
        asked=asked,
        corrected=corrected,
        found=len(shown) + len(no_booth),
        sold_out=facts.sold_out,
        no_booth=no_booth,
        zones=zones,
        hot=_lit(asked, venue, shown),
        hrefs={stand.code: _link(fair, stand.code, listed) for rows in whole for stand in rows.stands},
        my_round=_round(whole, asked.picked),
        picked_elsewhere=sorted(asked.picked - listed),
        structured=plan_map(fair, facts.venues, current_language()) if may_see_fair(None, fair) else None,
        groups=list(dict.fromkeys(product.group for one in there for product in one.products if product.group)),
        stars=STARS,
    )


@pages.page("/fairs/<slug>/booths/<booth>", may=may_see_fair)
@kept_for_visitors
def show_booth(slug: str, booth: str) -> ResponseReturnValue:
    """Who stands on a booth now, with certificates; where the QR code on the booth leads. Grey once nobody does."""
    fair, facts = _shown(slug)
    places = find_on_plans(facts.venues, facts.exhibitors, booth)
    found(places or None)
    units = [one.exhibitor for one in places if one.exhibitor]
    products = products_with_certificates(current_session(), units)
    address = public_address(f"/fairs/{quote(slug)}/booths/{quote(booth)}", current_language())
    return render_template(
        "exhibitors/results/public_plan/booth.html",
        fair=fair,
        code=booth,
        places=places,
        products={one.producer_id: [row for row in products if row.producer_id == one.producer_id] for one in units},
        qr=qr_picture(address),
        sold_out=facts.sold_out,
        own_codes=_own_codes(units),
        structured=booth_page(fair, facts.venues, booth, units, current_language())
        if may_see_fair(None, fair)
        else None,
    )


def _own_codes(units: Sequence[Exhibitor]) -> dict[int, str]:
    """The codes of applications by which the person who looks stands here, by number; none for everybody else."""
    session, actor = current_session(), current_actor()
    own = {}
    for unit in units if actor else ():
        application = session.get(BoothApplication, unit.application_id)
        if application and may_change_application(actor, application):
            own[application.id] = application.code
    return own


def _shown(slug: str) -> tuple[Fair, ShownFair]:
    session = current_session()
    fair = found(find_public_fair(session, slug))
    demand(fair)
    return fair, show_fair(session, fair)


def _venue(facts: ShownFair, code: str) -> ShownVenue:
    """The venue in the address, else the one with the booth looked for, else the first that is drawn."""
    drawn = [row for row in facts.venues if row.plan]
    named = [row for row in drawn if row.id == request.args.get("venue", "")]
    with_booth = [one.venue for one in find_on_plans(drawn, facts.exhibitors, code)]
    return found(next(iter([*named, *with_booth, *drawn]), None))


def _tabs(fair: Fair, facts: ShownFair, current: ShownVenue) -> list[tuple[str, str, bool]]:
    language = current_language()
    return [
        (row.name.local(language), url_for("public_plan.plan", slug=fair.slug, venue=row.id), row is current)
        for row in facts.venues
        if row.plan
    ]


def _link(fair: Fair, code: str, listed: Container[str]) -> str:
    """To the booth's row; where a search leaves that row out, to the booth's own page."""
    return f"#gian-{code}" if code in listed else url_for("public_plan.show_booth", slug=fair.slug, booth=code)


def _lit(asked: AskedOfPlan, venue: ShownVenue, shown: list[Exhibitor]) -> list[str]:
    """What was found lights up; who looks for nothing but a booth sees that booth."""
    if asked.narrows:
        return [code for one in shown for code in venue.codes_of(one)]
    drawn = {booth.code for booth in venue.plan.booths} if venue.plan else set()
    return [asked.booth] if asked.booth in drawn else []


def _round(zones: list[ZoneRows], picked: frozenset[str]) -> list[tuple[str, Exhibitor]]:
    """The picked booths in the order in which one passes them."""
    stands = [stand for zone in zones for stand in zone.stands if stand.code in picked]
    return [(stand.code, stand.exhibitor) for stand in sorted(stands, key=lambda stand: stand.step)]
