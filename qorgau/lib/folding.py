"""Text as search sees it: one form for Kazakh typed with or without its letters, in Cyrillic of any habit."""

import re
import unicodedata

# What people type when the keyboard lacks the letter. Both spellings of one sound meet in one letter.
_SAME = str.maketrans("әғқңөұүһіё", "агкноуухие")
# Latin letters that look like Cyrillic ones are left alone: they may be a Latin word.
_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)


def fold(text: str) -> str:
    """Lower case, Kazakh letters as they are typed without them, punctuation and repeated spaces gone."""
    text = unicodedata.normalize("NFKC", text.replace("№", " ")).lower().translate(_SAME)
    return _NOT_WORDS.sub(" ", text.replace("_", " ")).strip()
