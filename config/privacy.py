"""What a signed-in person or the holder of a secret link sees must not stay in a shared cache or a back button."""

import logging

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.cache import cache_control

from config.logs import path_of

log = logging.getLogger("security")
# What somebody who is signed in may not see or do; 404 is the answer about what is another's.
REFUSED = {403, 404}
KEPT_SECONDS = 600
# For a public view whose answer is the same for everybody: caches on the way may keep it for a while.
kept = cache_control(public=True, max_age=KEPT_SECONDS)


def brings_own(request):
    """Whether a visitor brings a session or a message to be shown: what others see may not be all that he sees."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or CookieStorage.cookie_name in request.COOKIES


class PrivateByDefaultMiddleware:
    """Mark answers to signed-in people `no-store`, and log what they were refused; public pages say their own caching.

    The session of a visitor who has none is left alone: asking for it would make every answer `Vary: Cookie`, and no
    cache on the way could keep any.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if brings_own(request):
            patch_vary_headers(response, ["Cookie"])
        if (brings_own(request) or request.session.accessed) and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
            if response.status_code in REFUSED:
                told = (response.status_code, request.user.pk, request.method, path_of(request))
                log.info("refused %s: account %s, %s %s", *told)
        return response
