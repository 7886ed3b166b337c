"""Lists of the admin with millions of rows: paged by key, never counted, looked through as config/looking.py says."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator

from config.looking import Sought
from config.paging import NEWEST, page_of

PLACES = ("truoc", "sau")


class ListByKey(ChangeList):
    """Django's list with a Page in place of numbered pages."""

    def get_filters_params(self, params=None):
        return {name: value for name, value in super().get_filters_params(params).items() if name not in PLACES}

    def get_query_string(self, new_params=None, remove=None):
        """Links of filters lead to the beginning of another list."""
        return super().get_query_string(new_params, [*(remove or []), *PLACES])

    def get_results(self, request):
        sought, order = self.model_admin.sought_by(self), self.model_admin.order
        self.page = page_of(sought, request.GET, self.list_per_page, order=order, among=self.root_queryset)
        for name in PLACES:
            self.params.pop(name, None)
        self.result_list, self.result_count = self.page.rows, len(self.page.rows)
        self.paginator, self.full_result_count = Paginator(self.page.rows, self.list_per_page), None
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = self.multi_page = False

    @property
    def query_of_filters(self):
        """What the list is narrowed by, as part of an address."""
        return self.get_query_string()[1:]


class LongListAdmin(admin.ModelAdmin):
    """For tables that grow with every initiative. Subclasses give the Order that an index has, and may give a leap."""

    order = NEWEST
    actions = None
    sortable_by = []
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request, **kwargs):
        return ListByKey

    def sought_by(self, listed):
        """Return how the rows of a ListByKey are looked for."""
        if not (listed.query or listed.has_active_filters):
            return Sought(listed.queryset, listed.queryset)
        return self.sought(listed.root_queryset, listed.queryset, listed.query, listed.filter_params)

    def sought(self, among, rows, text, filters):
        """Return how the rows that fit a search text and filters are looked for among those that one may see."""
        return Sought(among, rows)

    def get_paginator(self, request, queryset, per_page, *args, **kwargs):
        """Give a box in which a row is looked for the first that fit: whoever does not find it there types on."""
        sought = self.sought(self.get_queryset(request), queryset, request.GET.get("term", ""), {})
        return Paginator(sought.first(self.order, per_page)[0], per_page)
