"""What a move by hand costs, in sentences: each with the tone of its note."""

from __future__ import annotations

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from exhibitors.allocation.proposals.price_move import BrokenRule, MovePrice, MovePrices, OtherWish

BROKEN = {
    "SIZE": _("%(who)s does not have as many booths as it asked for."),
    "NOT_CONTIGUOUS": _("The booths of %(who)s do not stand side by side there."),
    "RESERVED": _("%(who)s did not ask for this type of booth."),
    "BLOCKED": _("The booth is not in use, or is kept back for a quota."),
    "NEED_WATER": _("%(who)s needs water; this place has none."),
    "NEED_COLD": _("%(who)s needs power; this place has none."),
    "NEED_FIRE": _("%(who)s cooks on an open flame; that is not allowed there."),
    "NOT_LISTED": _("%(who)s did not wish to stand there."),
    "ZONE_POWER": _("Zone %(who)s needs more power with this than it has: %(detail)s."),
    "PRODUCER_CAP": _("One producer has more booths with this than one may have."),
    "QUOTA_MAX": _("This passes a quota: %(detail)s."),
}
MENDED = _("A rule that was broken is kept again.")


def price_words(price: MovePrice, prices: MovePrices) -> list[tuple[str, str]]:
    """Tone and sentence: rules first, then wishes, neighbours and points; a move that costs nothing says so."""
    said = [("bad", _broken(rule, prices)) for rule in price.broken]
    if price.mended and not price.broken:
        said.append(("ok", str(MENDED)))
    said.append(_wish(price))
    if price.other:
        said.append(_other_wish(price.other, prices.name_of(price.other.who)))
    made, mended = price.neighbours_made, price.neighbours_mended
    if made:
        words = ngettext(
            "%(num)s more pair of the same kind of product stands side by side or face to face.",
            "%(num)s more pairs of the same kind of product stand side by side or face to face.",
            made,
        )
        said.append(("warn", str(words)))
    if mended:
        words = ngettext(
            "%(num)s pair of the same kind of product fewer stands side by side or face to face.",
            "%(num)s pairs of the same kind of product fewer stand side by side or face to face.",
            mended,
        )
        said.append(("ok", str(words)))
    if price.passed_over:
        words = ngettext(
            "%(num)s unit with more points would rather have this booth.",
            "%(num)s units with more points would rather have this booth.",
            price.passed_over,
        )
        said.append(("warn", str(words)))
    return said


def _broken(rule: BrokenRule, prices: MovePrices) -> str:
    words = BROKEN.get(rule.code)
    facts = {"who": prices.name_of(rule.subject), "detail": rule.detail}
    return str(words) % facts if words else f"{rule.code} {facts['who']} {facts['detail']}".strip()


def _wish(price: MovePrice) -> tuple[str, str]:
    before, after = price.rank_before, price.rank_after
    if after is None:
        was = price.gives_up and before is not None
        return (
            ("warn", gettext("No wish is met here; wish number %(rank)s was.", rank=before))
            if was
            else ("info", gettext("No wish is met here."))
        )
    if not price.gives_up or before == after:
        return ("ok", gettext("Wish number %(rank)s is met here.", rank=after))
    if before is None:
        return ("ok", gettext("Wish number %(rank)s is met here; none was before.", rank=after))
    tone = "ok" if after < before else "warn"
    return (tone, gettext("Wish number %(rank)s is met here instead of number %(before)s.", rank=after, before=before))


def _other_wish(other: OtherWish, who: str) -> tuple[str, str]:
    before, after = other.rank_before, other.rank_after
    if after is None:
        return (
            ("info", gettext("%(who)s had no wish met and has none now.", who=who))
            if before is None
            else (
                "warn",
                gettext("%(who)s loses wish number %(rank)s: no wish of its own is met there.", who=who, rank=before),
            )
        )
    if before == after:
        return ("ok", gettext("%(who)s keeps wish number %(rank)s.", who=who, rank=after))
    if before is None:
        return ("ok", gettext("%(who)s gets wish number %(rank)s; none was met before.", who=who, rank=after))
    tone = "ok" if after < before else "warn"
    words = gettext(
        "%(who)s gets wish number %(rank)s instead of number %(before)s.", who=who, rank=after, before=before
    )
    return (tone, words)
