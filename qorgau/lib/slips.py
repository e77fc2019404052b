"""How many slips of the finger lie between two words."""


def most_slips(word: str) -> int:
    """How many a word of its length may have and still be meant: one up to five letters, two up to nine, then three."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def slips_between(one: str, other: str, most: int) -> int:
    """Letters wrong, missing, too many, or swapped with their neighbour. Above `most` it stops counting."""
    too_many = most + 1
    if abs(len(one) - len(other)) > most:
        return too_many
    before_previous: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, opposite in enumerate(other, start=1):
            slips = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite:
                slips = min(slips, before_previous[column - 2] + 1)
            current.append(slips)
        if min(current) > most:
            return too_many
        before_previous, previous = previous, current
    return previous[-1]
