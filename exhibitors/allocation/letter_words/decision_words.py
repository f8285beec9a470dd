"""What the letter of a decision says in the fair's own words: its facts as text, for the letter and for its preview."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exhibitors.allocation.letter_words.decision_text import DecisionText
from exhibitors.allocation.letter_words.placeholders import filled
from foundation.days import format_date, format_day_range, format_when

DATA = Path(__file__).resolve().parent / "data"
LATER = {"vi": "sẽ báo bằng thư sau", "en": "told in a later letter"}
BESIDE = {"vi": ", dùng chung với ", "en": ", shared with "}
NO_DAYS = {"vi": "sẽ báo sau", "en": "to be announced"}


def facts_in_words(facts: Mapping[str, Any], language: str) -> dict[str, str]:
    """Each fact of a decision's letter as the words of a placeholder; none is empty."""
    shared = BESIDE[language]
    booths = ", ".join(
        f"{booth['code']} ({booth['venue']}{shared + booth['beside'] if booth.get('beside') else ''})"
        for booth in facts.get("booths", ())
    )
    days = format_day_range(facts["first_day"], facts["last_day"], language) if facts.get("first_day") else ""
    if days and facts.get("closed_days"):
        shut = ", ".join(format_date(day) for day in facts["closed_days"])
        days += f" ({'nghỉ' if language == 'vi' else 'closed on'} {shut})"
    words = {name: str(facts[name]) for name in ("producer", "fair", "code", "link", "organiser")}
    words |= {"days": days or NO_DAYS[language], "venues": "; ".join(facts["venues"]) or NO_DAYS[language]}
    words["booths"] = booths or LATER[language]
    if facts.get("confirm_by"):
        words["confirm_by"] = format_when(facts["confirm_by"], language)
    if facts.get("reason"):
        words["reason"] = str(facts["reason"])
    return words


def in_own_words(text: DecisionText, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of the letter."""
    words = facts_in_words(facts, text.language)
    return " ".join(filled(text.subject, words).split()), filled(text.body, words).strip() + "\n"


def usual_words(kind: str, language: str) -> tuple[str, str]:
    """Words with placeholders to begin from: much what the usual letter says."""
    subject, _, body = (DATA / f"{kind}.{language}.txt").read_text(encoding="utf-8").partition("\n")
    return subject.strip(), body.strip()
