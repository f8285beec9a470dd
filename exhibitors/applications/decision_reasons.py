"""Why an application is put on the waiting list or refused: one code of these, and words besides."""

from __future__ import annotations

from enum import StrEnum


class ReasonCode(StrEnum):
    """What a negative decision rests on; the words for it stand in screening_wording."""

    NO_ROOM = "no_room"
    QUOTA_FULL = "quota_full"
    LOWER_SCORE = "lower_score"
    PAPERS_MISSING = "papers_missing"
    CERTIFICATE_INVALID = "certificate_invalid"
    NOT_ELIGIBLE = "not_eligible"
    GOODS_UNSUITABLE = "goods_unsuitable"
    OTHER = "other"
