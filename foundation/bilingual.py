"""Text that exists in Vietnamese and, where somebody wrote it, in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A pair of texts; Vietnamese is always there, English falls back to it."""

    vi: str
    en: str = ""

    def local(self, language: str) -> str:
        """The text in the language asked for, else the Vietnamese one."""
        return (self.en or self.vi) if language == "en" else self.vi

    def spoken(self, language: str) -> Language:
        """The language that `local` really answers in, for the `lang` attribute."""
        return "en" if language == "en" and self.en else "vi"

    def __str__(self) -> str:
        return self.vi
