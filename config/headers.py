"""What every answer tells the browser to refuse, written once: building the policy is a tenth of a page kept ready.

The outermost of what answers, so that pages, files, static files, redirects and errors all carry it. A view that needs
another value sets the header itself.
"""

from dataclasses import asdict
from functools import wraps

from csp.constants import HEADER, NONE, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy

CONTENT_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Copying by a tap stays the site's own, and sharing is by default; everything else that a browser could be asked for is
# off. Names that Chromium does not know are left out: it would complain on every page.
FEATURES_OFF = [
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
]  # fmt: skip
FEATURES = [*(f"{name}=()" for name in FEATURES_OFF), "clipboard-write=(self)"]
# Of an uploaded file, should a browser ever show it instead of saving it.
FILE_POLICY = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With "no-referrer", browsers send forms as `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(FEATURES),
}


def fixed_headers():
    """Return the (name, value) pairs of an answer that asks for nothing of its own."""
    return [*FIXED.items(), (HEADER, build_policy(**asdict(PolicyParts())))]


class HeadersMiddleware(CSPMiddleware):
    """django-csp, without nonces, which no page of ours needs, and the fixed headers beside it.

    What csp's decorators mark, it builds as ever.
    """

    def __init__(self, get_response):
        super().__init__(get_response)
        self.fixed = fixed_headers()

    def process_request(self, request):
        pass

    def process_response(self, request, response):
        if any(name.startswith("_csp_") for name in vars(response)):
            response = super().process_response(request, response)
        for name, value in self.fixed:
            response.headers.setdefault(name, value)
        return response


def embeddable(view):
    """Let pages of other sites show the picture that this view answers with, as the badge is meant for."""

    def shown_anywhere(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return wraps(view)(shown_anywhere)
