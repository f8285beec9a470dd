"""The words of what was opened."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from exhibitors.applications.looks.application_look import Opened

OPENED = {
    Opened.APPLICATION: _("the application"),
    Opened.PAPERS: _("the papers"),
    Opened.POINTS: _("the sheet of points"),
}
