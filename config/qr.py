"""QR codes, drawn here: no request leaves the site."""

import io

import segno
from django.utils.safestring import mark_safe


def inline_svg(address):
    """Return the QR code of an address as SVG to stand inside a page."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, svgclass="qr", lineclass=None, light="#fff", omitsize=True))  # noqa: S308 (made here from an address)


def svg(address):
    """Return the bytes of an SVG file."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", scale=10, border=4, light="#fff")
    return out.getvalue()


def png(address):
    """Return the bytes of a PNG file large enough to print."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="png", scale=20, border=4)
    return out.getvalue()
