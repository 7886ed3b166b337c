"""A row of the summary table as it was filed, parted for showing."""

from dataclasses import dataclass

from dossiers.comparing import NUMBER_COLUMN, TITLE_COLUMN


@dataclass(frozen=True)
class FiledEntry:
    """One row of the summary table as it was filed: its number, its title, and (column, text) for the rest."""

    number: str
    title: str
    facts: list


def facts_of(columns, texts):
    facts = list(zip(columns, texts, strict=False))
    apart = {NUMBER_COLUMN, TITLE_COLUMN}
    named = dict(facts)
    return FiledEntry(
        named.get(NUMBER_COLUMN, ""), named.get(TITLE_COLUMN, ""), [fact for fact in facts if fact[0] not in apart]
    )
