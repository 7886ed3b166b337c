"""What the form offers where text looks typed in an old font: shown first, changed only when the author says so."""

from dataclasses import dataclass

from config.old_fonts import recognised

CHOICE = "old_font"
CONVERT, KEEP = "convert", "keep"


@dataclass(frozen=True)
class Offer:
    """One field's text, and what it would read like."""

    label: str
    code: str
    text: str


def offers_for(form):
    """Return the Offers for the text fields of a bound form, none once the author chose to keep the text."""
    if form.data.get(CHOICE) == KEEP:
        return []
    found = [(bound.label, recognised(form.data.get(bound.html_name, ""))) for bound in text_fields(form)]
    return [Offer(label, *offer) for label, offer in found if offer]


def text_fields(form):
    return [form[name] for name, field in form.fields.items() if getattr(field, "limit", None)]


def with_choice(posted):
    """Return what was posted, its old-font texts made Unicode if the author asked for that."""
    if posted.get(CHOICE) != CONVERT:
        return posted
    posted = posted.copy()
    for name, text in list(posted.items()):
        if offer := recognised(text):
            posted[name] = offer[1]
    return posted
