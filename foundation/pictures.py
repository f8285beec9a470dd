"""Pictures drawn anew: what a stranger sent is decoded within bounds and only its pixels are kept."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from foundation.file_kinds import FileKind, is_heic
from foundation.refusal import Refused

MOST_MEGAPIXELS = 50
"""Phones of today make 12 to 50; a decoded one of 50 takes about 200 MB for a moment."""
QUALITY = 85


@dataclass(frozen=True, slots=True)
class PictureCopy:
    """One size of a picture: its bytes, its kind and its pixels across and down."""

    content: bytes
    kind: FileKind
    width: int
    height: int


def remake_picture(content: bytes, sizes: Mapping[str, int]) -> dict[str, PictureCopy]:
    """A copy for each size (name → longest side in pixels; never enlarged), upright, in sRGB, without any metadata:
    no EXIF, no position, no comment, first frame only. Opaque pictures become JPEG, those one can see through PNG.

    Refuses `picture_too_large` by its header, before anything is decoded, and `picture_unreadable`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            whole = _decode(content, max(sizes.values()))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("picture_too_large", most=MOST_MEGAPIXELS) from bomb
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, MemoryError, ImageCms.PyCMSError) as fault:
        raise Refused("picture_unreadable") from fault
    return {name: _copy(whole, longest) for name, longest in sizes.items()}


def _decode(content: bytes, longest: int) -> Image.Image:
    with Image.open(BytesIO(content), formats=_formats_of(content)) as opened:
        if opened.width * opened.height > MOST_MEGAPIXELS * 1_000_000:
            raise Refused("picture_too_large", most=MOST_MEGAPIXELS)
        # A JPEG can be decoded at a half, a quarter or an eighth: less memory, same result after the reduction.
        opened.draft("RGB", (longest, longest))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    return _in_plain_colours(upright)


def _formats_of(content: bytes) -> tuple[str, ...]:
    """What may decode it; HEIC has a library of its own (30 MB), loaded with the first such photo."""
    if not is_heic(content):
        return ("JPEG", "PNG", "WEBP")
    from pillow_heif import register_heif_opener  # as said above

    register_heif_opener(thumbnails=False)
    return ("HEIF",)


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB: phones save in wider colours that look pale without their profile."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
            return turned if turned is not None else picture.convert(mode)
        except (ImageCms.PyCMSError, OSError):  # a broken profile: the pixels are still worth showing
            return picture.convert(mode)
    return picture.convert(mode)


def _copy(whole: Image.Image, longest: int) -> PictureCopy:
    small = whole.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    bare = Image.new(small.mode, small.size)  # a new picture: nothing that came with the old one can be saved
    bare.paste(small)
    written = BytesIO()
    if bare.mode == "RGBA":
        bare.save(written, "PNG", optimize=True)
        return PictureCopy(written.getvalue(), FileKind.PNG, bare.width, bare.height)
    bare.save(written, "JPEG", quality=QUALITY, progressive=True, optimize=True, subsampling=0)
    return PictureCopy(written.getvalue(), FileKind.JPEG, bare.width, bare.height)
