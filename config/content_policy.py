"""The content security policy of every answer, written once: building it is a tenth of a page that is kept ready."""

from dataclasses import asdict

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp, without nonces, which no page of ours needs. What its decorators mark, it builds as ever."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.usual = build_policy(**asdict(PolicyParts()))

    def process_request(self, request):
        pass

    def process_response(self, request, response):
        if any(name.startswith("_csp_") for name in vars(response)):
            return super().process_response(request, response)
        response.setdefault(HEADER, self.usual)
        return response
