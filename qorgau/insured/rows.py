"""Where the row of a person lies: with all others as the last whole load brought them, or beside them, changed since.

A delta changes no row among the millions: it puts its own into `insured_changed`, which are few and close together, and
a row of a later load goes before one of an earlier. `loading/generations.py` writes the tables.
"""

COLUMNS = ("person", "clinic", "attached_since", "paid", "last_months", "categories", "ahead", "temporary")
_NAMES = ", ".join(COLUMNS)

EVERY_ROW = f"""
    SELECT load, {_NAMES} FROM insured_changed
    UNION ALL
    SELECT 0::bigint, {_NAMES} FROM insured_person
"""  # noqa: S608 - constants
"""All rows with the number of the delta that they are of, 0 for the last whole load."""

ROW_OF_PERSON = f"""
    SELECT * FROM ({EVERY_ROW}) AS every_row WHERE person = $1 ORDER BY load DESC LIMIT 1
"""  # noqa: S608 - constants
"""The row of a person that holds; none for somebody whom the register does not know."""
