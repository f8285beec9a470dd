"""Static files: served by the program itself, compressed ahead, with the content's hash in the address."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from foundation.security_headers import headers_of_every_answer

ROOT = Path(__file__).resolve().parent.parent / "static"
YEAR = 31_536_000
MODULE_FOLDER = re.compile(r"/static/js/[^/]+/")


@cache
def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep it for a year."""
    digest = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


@cache
def module_folder() -> str:
    """The folder of all scripts under a name that changes with any of them.

    Modules import each other by plain relative names: from here the browser may keep them for a year too, and a page
    that is opened again asks for no script at all.
    """
    scripts = sorted((ROOT / "js").rglob("*.js"))
    digest = hashlib.sha256(b"".join(script.read_bytes() for script in scripts)).hexdigest()[:10]
    return f"js-{digest}"


def module_url(name: str) -> str:
    """The address of a script that imports others, or is imported."""
    return f"/static/{module_folder()}/{name}"


@cache
def modules_in(folder: str) -> list[str]:
    """The scripts of a folder, so that a page can have them fetched at once instead of one after the other."""
    return sorted(f"{folder}/{script.name}" for script in (ROOT / "js" / folder).glob("*.js"))


def serve_static_files(app: Flask) -> None:
    """Put WhiteNoise before the app; only what lies in static/ when the program starts is served."""
    ours = headers_of_every_answer(app.extensions["settings"])

    def add_headers(headers: Headers, path: str, url: str) -> None:
        for name, value in ours.items():
            headers[name] = value
        if MODULE_FOLDER.search(url):  # imported by plain names, without a hash: asked for again each time
            headers["Cache-Control"] = "no-cache"

    white_noise = WhiteNoise(app.wsgi_app, max_age=YEAR, allow_all_origins=False, add_headers_function=add_headers)
    white_noise.add_files(str(ROOT), prefix="static/")
    white_noise.add_files(str(ROOT / "js"), prefix=f"static/{module_folder()}/")
    app.wsgi_app = white_noise  # type: ignore[method-assign]  # the way Flask documents it
    app.jinja_env.globals.update(static_url=static_url, module_url=module_url, modules_in=modules_in)
