"""How far a plan's selection is."""

from awards.models import Publication


def publication_of(plan):
    """Return a plan's publication, or None."""
    try:
        return plan.publication
    except Publication.DoesNotExist:
        return None
