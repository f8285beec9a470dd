"""The field for a file in any form; the form's page needs enctype="multipart/form-data"."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from werkzeug.datastructures import FileStorage
from wtforms import FileField, MultipleFileField
from wtforms.validators import Optional

from foundation.file_kinds import media_types
from foundation.file_store import FileStore
from foundation.refusal import Refused
from foundation.settings import Settings
from foundation.stored_file import FilePurpose, StoredFile


def current_store() -> FileStore:
    """The store of this app."""
    settings: Settings = current_app.extensions["settings"]
    return FileStore(settings.data_dir / "files")


class UploadField(FileField):
    """A file for a purpose; it offers the kinds that the purpose takes, and believes nothing of what comes back."""

    def __init__(self, label: Any, purpose: FilePurpose, **more: Any) -> None:
        accept = ",".join(media_types(purpose.kinds))
        super().__init__(label, render_kw={"accept": accept, **more.pop("render_kw", {})}, **more)
        self.purpose = purpose

    def sent(self) -> tuple[str, bytes] | None:
        """Name and bytes, or None when no file was chosen; reads no further than one byte past the limit."""
        if not isinstance(self.data, FileStorage) or not self.data.filename:
            return None
        return self.data.filename, self.data.stream.read(self.purpose.most_bytes + 1)

    def sent_or_refused(self) -> tuple[str, bytes]:
        """Name and bytes; refuses `file_missing`."""
        sent = self.sent()
        if sent is None:
            raise Refused("file_missing")
        return sent


class UploadsField(MultipleFileField):
    """Several files for a purpose, such as the photographed pages of one paper."""

    def __init__(self, label: Any, purpose: FilePurpose, **more: Any) -> None:
        accept = ",".join(media_types(purpose.kinds))
        validators = more.pop("validators", (Optional(),))
        super().__init__(label, validators, render_kw={"accept": accept, **more.pop("render_kw", {})}, **more)
        self.purpose = purpose

    def sent(self) -> list[tuple[str, bytes]]:
        """Name and bytes of each file that was chosen; reads no further than one byte past the limit of each."""
        chosen = [one for one in self.data or () if isinstance(one, FileStorage) and one.filename]
        return [(one.filename or "", one.stream.read(self.purpose.most_bytes + 1)) for one in chosen]


def file_url(stored: StoredFile, copy: str | None = None) -> str:
    """The address of a kept file, or of one copy of a picture."""
    if copy is None:
        return url_for("stored_files.whole", file_key=stored.key)
    return url_for("stored_files.copy", file_key=stored.key, copy=copy)
