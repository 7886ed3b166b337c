"""What a signed-in person or the holder of a secret link sees must not stay in a shared cache or a back button."""

from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control

KEPT_SECONDS = 600
# For a public view whose answer is the same for everybody: caches on the way may keep it for a while.
kept = cache_control(public=True, max_age=KEPT_SECONDS)


class PrivateByDefaultMiddleware:
    """Mark answers to signed-in people `no-store`; public pages say their own caching."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response
