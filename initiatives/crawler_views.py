"""What search engines read first: where to look, where not, and the list of public pages."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.models import Campaign
from initiatives.public_pages import ABOUT

# Private pages of authors say `noindex` themselves, which a robot reads only where it may look.
ROBOTS = """\
User-agent: *
Disallow: {admin}
Disallow: {desk}
Sitemap: {sitemap}
"""


@login_not_required
@require_safe
def robots(request):
    pages = request.build_absolute_uri(reverse("sitemap"))
    text = ROBOTS.format(admin=reverse("admin:index"), desk=reverse("desk"), sitemap=pages)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


class PublicPages(Sitemap):
    """Every public page of every campaign."""

    def items(self):
        return [(name, slug) for slug in Campaign.objects.values_list("slug", flat=True) for name in ABOUT]

    def location(self, item):
        name, slug = item
        return reverse(name, args=[slug])


@login_not_required
@require_safe
def site_map(request):
    return sitemap(request, {"pages": PublicPages})
