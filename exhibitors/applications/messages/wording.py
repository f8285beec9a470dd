"""The words of messages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

REFUSALS = {
    "message_empty": _("Write something first."),
    "message_too_long": _("Shorten the message to %(most)s characters."),
    "message_before_sending": _("Send the application first: nobody else can see a draft."),
    "too_many_messages": _("An application has room for %(most)s messages. Call the other side instead."),
}
register_refusals(REFUSALS)
