"""Text folded so that "Alström" and "alstrom" meet: for sorting, matching and addresses."""

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark, and punctuation with a plain twin.
_PLAIN = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe",
        "‐": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"',
    }
)  # fmt: skip
# The Unicode blocks of marks that stand on any letter. Marks that belong to one script (vowel signs of Devanagari,
# the voicing mark of kana) make other letters, not accented ones, and stay.
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def fold(text: str) -> str:
    """The text in lower case with accents and other diacritics taken off: "Ålström" → "alstrom", "Weiß" → "weiss"."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return unicodedata.normalize("NFC", bare.translate(_PLAIN))


def slugify(text: str, max_length: int = 80) -> str:
    """ASCII words joined by hyphens, cut between words where it can be; "" when no Latin letter or digit is there."""
    words = re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))
    slug = "-".join(words)
    if len(slug) <= max_length:
        return slug
    whole_words = slug[: max_length + 1].rpartition("-")[0]
    return whole_words or slug[:max_length]
