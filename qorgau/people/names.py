"""How people's names are written."""


def surname_and_initials(last_name: str, first_name: str, patronymic: str) -> str:
    """Surname and initials; empty when nothing is known."""
    initials = "".join(f"{part[0]}." for part in (first_name, patronymic) if part)
    return f"{last_name} {initials}".strip()
