"""What a file really is, told by its first bytes: neither its name nor the sender's media type is believed."""

from __future__ import annotations

import re
from enum import StrEnum

from foundation.folding import nfc, strip_controls

LONGEST_NAME = 120
_SEPARATORS = re.compile(r"[/\\]")
# Marks that turn the reading direction make "gpj.exe" look like "exe.jpg".
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})


class FileKind(StrEnum):
    """The kinds that may be kept; the value is the ending of the name."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """The type it is served with."""
        return "application/pdf" if self is FileKind.PDF else f"image/{'jpeg' if self is FileKind.JPEG else self.value}"

    @property
    def is_picture(self) -> bool:
        """Whether it is drawn anew before it is kept."""
        return self is not FileKind.PDF


HEIC_TYPES = ("image/heic", "image/heif", ".heic")
_CALLED = {kind: (kind.value.upper(),) for kind in FileKind} | {FileKind.JPEG: ("JPG", "HEIC")}
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
PAPERS = PICTURES | {FileKind.PDF}


def sniff(content: bytes) -> FileKind | None:
    """The kind by its signature at the very beginning, or None for everything else (SVG and HTML with it)."""
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.PDF if content.startswith(b"%PDF-") else None


def is_heic(content: bytes) -> bool:
    """Whether it is an iPhone's own kind of photo, which browsers cannot show: it is kept as JPEG."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def is_whole_pdf(content: bytes) -> bool:
    """Whether the end mark stands where readers look for it (ISO 32000-1, 7.5.5); an upload cut short lacks it."""
    return b"%%EOF" in content[-2048:]


def spoken_kinds(kinds: frozenset[FileKind]) -> str:
    """The kinds as people call them: "JPG, HEIC, PNG, WEBP"."""
    return ", ".join(words for kind in FileKind if kind in kinds for words in _CALLED[kind])


def media_types(kinds: frozenset[FileKind]) -> list[str]:
    """What a file field offers to choose from; photos of phones come as HEIC too, by type or only by their name."""
    types = [kind.media_type for kind in FileKind if kind in kinds]
    return [*types, *HEIC_TYPES] if FileKind.JPEG in kinds else types


def clean_file_name(name: str, kind: FileKind) -> str:
    """The last part of the name, in NFC, without what cannot be seen, with the ending of what the file really is.

    It is shown and offered for saving, never used as a path.
    """
    last = _SEPARATORS.split(nfc(strip_controls(name)))[-1]
    last = " ".join(_DIRECTION_MARKS.sub("", last).split()).strip(". ")
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > 5 or " " in ending:
        stem = last
    return f"{stem[: LONGEST_NAME - 5].strip('. ') or 'file'}.{kind.value}"
