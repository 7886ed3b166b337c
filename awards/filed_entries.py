"""A row of the summary table as it was filed, parted for showing."""

from dataclasses import dataclass

from dossiers.comparing import NUMBER_COLUMN, TITLE_COLUMN
from dossiers.forgetting import CODE_COLUMN, shown_rows


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


def filed_entry(entry):
    """Return the FiledEntry of one entry, from the last filing of its dossier."""
    filing = entry.dossier.last_filing
    columns = filing.content["columns"]
    code = columns.index(CODE_COLUMN)
    row = next(row for row in shown_rows(filing) if row[code] == entry.initiative.shown_code)
    return facts_of(columns, row)
