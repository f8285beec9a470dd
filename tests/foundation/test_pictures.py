"""Pictures from strangers: what may be decoded, and what is left of them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from foundation.pictures import MOST_MEGAPIXELS, remake_picture
from foundation.refusal import Refused

SIZES = {"large": 1600, "small": 480}


def saved(picture: Image.Image, form: str, **more: object) -> bytes:
    written = BytesIO()
    picture.save(written, form, **more)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def a_png(width: int, height: int, *extra: bytes) -> bytes:
    """A PNG of black pixels whose header may promise more than its body holds."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * (width + 1) * min(height, 100))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_photo_with_position() -> bytes:
    """A JPEG on its side (orientation 6), with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Chim Hoàng Yến"
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 57.0, 12.0), 3: "E", 4: (107.0, 5.0, 0.0)})
    return saved(Image.new("RGB", (2000, 1000), "teal"), "JPEG", exif=exif, comment=b"at home")


def test_photo_loses_place_and_stands_upright() -> None:
    photo = a_photo_with_position()
    assert opened(photo).getexif().get_ifd(0x8825)[2] == (20.0, 57.0, 12.0)
    made = remake_picture(photo, SIZES)
    assert {name: (copy.width, copy.height) for name, copy in made.items()} == {
        "large": (800, 1600),
        "small": (240, 480),
    }
    for copy in made.values():
        again = opened(copy.content)
        assert (dict(again.getexif()), again.info.get("comment"), b"Exif" in copy.content) == ({}, None, False)
        assert b"Ho\xc3\xa0ng" not in copy.content


def test_small_picture_is_not_enlarged() -> None:
    made = remake_picture(saved(Image.new("RGB", (300, 200), "white"), "PNG"), SIZES)
    assert {name: (copy.width, copy.height, copy.kind) for name, copy in made.items()} == {
        "large": (300, 200, "jpg"),
        "small": (300, 200, "jpg"),
    }


def test_transparency_stays() -> None:
    logo = Image.new("RGBA", (40, 40), (200, 30, 30, 0))
    made = remake_picture(saved(logo, "WEBP", lossless=True), {"large": 100})["large"]
    assert (made.kind, opened(made.content).getpixel((5, 5))[3]) == ("png", 0)


@pytest.mark.parametrize(
    ("mode", "form", "colour"),
    [("L", "PNG", 128), ("P", "PNG", 3), ("1", "PNG", 1), ("CMYK", "JPEG", (0, 0, 0, 0)), ("I;16", "PNG", 40000)],
)
def test_every_mode_becomes_a_plain_picture(mode: str, form: str, colour: object) -> None:
    made = remake_picture(saved(Image.new(mode, (64, 48), colour), form), {"large": 100})["large"]
    assert (opened(made.content).mode, made.width, made.height) == ("RGB", 64, 48)


def test_sixteen_bits_keep_their_brightness() -> None:
    made = remake_picture(saved(Image.new("I;16", (8, 8), 128 * 256), "PNG"), {"large": 100})["large"]
    assert abs(opened(made.content).getpixel((4, 4))[0] - 128) <= 2


def test_profile_is_applied_and_not_kept() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for icc in (profile, b"no profile at all"):
        made = remake_picture(saved(Image.new("RGB", (9, 9), "red"), "JPEG", icc_profile=icc), {"large": 100})["large"]
        assert opened(made.content).info.get("icc_profile") is None


def test_bomb_is_refused_by_its_header() -> None:
    with pytest.raises(Refused) as refused:
        remake_picture(a_png(50_000, 50_000), SIZES)
    assert (refused.value.reason, refused.value.facts) == ("picture_too_large", {"most": MOST_MEGAPIXELS})


@pytest.mark.parametrize(
    "content",
    [
        a_png(10, 10, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 80_000_000))),
        a_photo_with_position()[:3000],
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0<svg onload=alert(1)>",
        b"RIFF\x04\0\0\0WEBPVP8 ",
    ],
    ids=["text bomb", "cut short", "signature alone", "script behind a signature", "webp"],
)
def test_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        remake_picture(content, SIZES)
    assert refused.value.reason == "picture_unreadable"
