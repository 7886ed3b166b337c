"""What a signed-in person or the holder of a secret link sees must not stay in a shared cache or a back button."""

from django.utils.cache import patch_cache_control


class PrivateByDefaultMiddleware:
    """Mark answers to signed-in people `no-store`; public pages say their own caching."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response
