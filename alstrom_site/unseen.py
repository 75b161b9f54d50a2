"""Characters that nobody sees, and whether a text says something without them.

What hides or reorders is refused: where it stands, what somebody reads would not be what is kept or signed. These are
control characters; what sets the direction of a text, by word or by mark (Unicode Standard Annex 9, table 4); and what
takes no room at all, of the Default_Ignorable_Code_Points that Unicode Technical Standard 39 keeps out of identifiers,
with what separates lines unseen. What joins or chooses a form is kept, because scripts and signs need it: ZWJ and ZWNJ
(Unicode Standard Annex 31, section 2.3), combining marks and selectors of variants; soft hyphens too, which show
where a line breaks. The texts are in English: the unseen space between words of Khmer or Thai is refused with the rest,
and so are the tags of which the flags of Scotland and its neighbours are made.
"""

import re

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_REORDERS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDES = r"\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
_TAGS = r"\U000e0001\U000e0020-\U000e007f"
_UNSEEN = re.compile(f"[{_CONTROL}{_REORDERS}{_HIDES}{_TAGS}]")
_SEPARATES = re.compile(r"[\x0b-\x1f\x85\u2028\u2029]")
_MOST_NAMED = 5
_LINE_END = "\n"


def says_something(text: str) -> bool:
    """Return whether a text says something: whether a letter or a digit stands in it that can be seen."""
    return any(character.isalnum() for character in _UNSEEN.sub("", text))


def without_unseen(text: str) -> str:
    """Return the text without the characters that nobody sees; a space stands for each that ends a line or a word."""
    return _UNSEEN.sub("", _SEPARATES.sub(" ", text))


def unseen_in(label: str, text: str) -> str:
    """Return in a sentence which characters that nobody sees stand where, so that they can be found, or "".

    The ends of lines may be those of a browser (CR LF), of Unix or of old files.
    """
    text = text.replace("\r\n", _LINE_END).replace("\r", _LINE_END)
    found = list(_UNSEEN.finditer(text))
    if not found:
        return ""
    named = ", ".join(_named(text, each) for each in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED:,} more" if len(found) > _MOST_NAMED else ""
    advice = "Delete the words around them and type them anew."
    return f"{label} holds characters that cannot be seen: {named}{more}. {advice}"


def _named(text: str, found: re.Match[str]) -> str:
    place = f" in line {text.count(_LINE_END, 0, found.start()) + 1}" if _LINE_END in text else ""
    return f"U+{ord(found[0]):04X}{place}"
