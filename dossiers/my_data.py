"""What an author is shown of the own data, the copies in dossiers included, once their author may know of them."""

from dossiers.editing import SUMMARY
from dossiers.models import DossierEntry, State
from initiatives.my_data import stored_about, told


def data_of(initiative):
    """Return {section: {what: text}, or a list of such} of all that is stored about an initiative."""
    return {**stored_about(initiative), "Bản chép trong hồ sơ đề nghị": copies_of(initiative)}


def copies_of(initiative):
    """Return what the judged dossiers say, after publication only: before it, even being in one is not told (R17)."""
    if not initiative.decided_at:
        return []
    entries = initiative.entries.filter(dossier__state=State.VALID, removed_at=None).select_related("dossier__union")
    fields = [DossierEntry._meta.get_field(name) for name in SUMMARY]
    return [{"Hồ sơ của": str(entry.dossier.union), **told(entry, fields)} for entry in entries]
