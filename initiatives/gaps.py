"""What a dossier asks for and an initiative may lack: its union finds it out before it puts the initiative forward.

An e-mail address is not among it: a dossier has no place for it, and everybody has a phone.
"""

from django.db.models import Q

# What is lacking, its field, and the value that a lacking one has.
GAPS = [("đơn vị trong danh sách", "unit", None), ("năm sinh", "birth_year", None), ("mô tả", "description", "")]


def gaps():
    """Return the condition of lacking any of it."""
    return Q(*((name, value) for _, name, value in GAPS), _connector=Q.OR)


def gaps_of(initiative):
    """Return what an initiative lacks, in words."""
    return [
        words for words, name, value in GAPS if getattr(initiative, initiative._meta.get_field(name).attname) == value
    ]
