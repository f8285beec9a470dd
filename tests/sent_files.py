"""Files as they come from strangers: photos of phones, papers, and what must not get in. Made here, byte by byte."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from fpdf import FPDF
from PIL import Image

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"<script>alert(1)</script>"
HALONG = {1: "N", 2: (20.0, 57.0, 12.0), 3: "E", 4: (107.0, 5.0, 0.0)}
GPS_TAG = 0x8825


def a_photo(width: int = 640, height: int = 480, form: str = "JPEG", *, with_place: bool = False) -> bytes:
    """A photo in colours that run from side to side; with the place where it was taken, as phones write it."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    exif = Image.Exif()
    if with_place:
        exif.get_ifd(GPS_TAG).update(HALONG)
    written = BytesIO()
    picture.save(written, form, exif=exif, quality=90)
    return written.getvalue()


def an_iphone_photo() -> bytes:
    """A HEIC of 4 megapixels with the place where it was taken."""
    from pillow_heif import register_heif_opener  # 30 MB: loaded where such a photo is made

    register_heif_opener(thumbnails=False)
    return a_photo(2400, 1800, "HEIF", with_place=True)


def a_pdf(pages: int) -> bytes:
    """A whole PDF of so many pages."""
    made = FPDF()
    made.set_font("helvetica", size=20)
    for number in range(1, pages + 1):
        made.add_page()
        made.cell(text=f"Page {number}")
    return bytes(made.output())


def a_zip_bomb() -> bytes:
    """A ZIP of a few kilobytes that unpacks to 50 MB."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", bytes(50_000_000))
    return written.getvalue()


def a_picture_bomb() -> bytes:
    """A PNG of some kilobytes whose header promises 50,000 times 50,000 pixels."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(9_000_000)))
        + _chunk(b"IEND")
    )


def a_polyglot() -> bytes:
    """A JPEG that is a page with a script too, and a ZIP behind its end."""
    photo = a_photo()
    comment = b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT
    packed = BytesIO()
    with ZipFile(packed, "w") as inner:
        inner.writestr("a.html", SCRIPT)
    return photo[:2] + comment + photo[2:] + packed.getvalue()


def place_in(content: bytes) -> object:
    """The position written into a picture, None when there is none."""
    with Image.open(BytesIO(content)) as opened:
        return dict(opened.getexif().get_ifd(GPS_TAG)) or None


def _chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
