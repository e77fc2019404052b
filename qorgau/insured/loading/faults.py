"""Why a line, or a whole file, is not taken."""

from enum import IntEnum

from qorgau.rules.sentences import N_, Sentence


class Fault(IntEnum):
    """What is wrong with a line. Of several the first one is told."""

    NONE = 0
    CELLS = 1
    IIN = 2
    PAID = 3
    PAID_LATER = 4
    SUM = 5
    SUM_NEGATIVE = 6
    SUM_TOO_LARGE = 7
    PAYERS = 8
    CATEGORIES = 9
    CATEGORY_UNKNOWN = 10
    AHEAD = 11
    TEMPORARY = 12
    ORGANISATION = 13
    SINCE = 14
    DOUBLED = 15

    @property
    def sentence(self) -> Sentence:
        return Sentence(_SENTENCES[self])


_SENTENCES = {
    Fault.CELLS: N_("The line has more or fewer cells than the first line."),
    Fault.IIN: N_("This is not an IIN: 12 digits with the right check digit are expected."),
    Fault.PAID: N_("Paid months are one 0 or 1 for each month since January 2020, and nothing else."),
    Fault.PAID_LATER: N_("A month to come is marked as paid, and no payment in advance covers it."),
    Fault.SUM: N_("A sum is not a number of tenge with at most two decimals."),
    Fault.SUM_NEGATIVE: N_("A sum is less than nothing."),
    Fault.SUM_TOO_LARGE: N_("A sum is too large to be a payment for one month."),
    Fault.PAYERS: N_("Payers are twelve letters, one for each month with a sum."),
    Fault.CATEGORIES: N_("Categories are not written like C07:2019-05-01/2026-02-28."),
    Fault.CATEGORY_UNKNOWN: N_("The directory has no such category."),
    Fault.AHEAD: N_("A payment in advance is not written like 2026-01/2026-12@2025-12."),
    Fault.TEMPORARY: N_("Months of a temporary status are not written like 2026-11."),
    Fault.ORGANISATION: N_("The key of the organisation is too long, or is not text in UTF-8."),
    Fault.SINCE: N_("The day of attachment is not written like 2026-01-01."),
    Fault.DOUBLED: N_("This person stands in the file more than once, each time with other data."),
}


class FileRefused(Exception):
    """The file as a whole is not taken, and ``sentence`` says why. The register keeps serving what it had."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
