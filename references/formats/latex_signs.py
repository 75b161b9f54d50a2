"""The commands of LaTeX that occur in bibliographies, and what they mean."""

import unicodedata

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi"
    " psi omega"
)


def _greek(name: str, size: str) -> str:
    return unicodedata.lookup(f"GREEK {size} LETTER {'lamda' if name == 'lambda' else name}".upper())


SIGNS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textbackslash": "\\", "backslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{", "textbraceright": "}",
    "textdollar": "$", "textquotesingle": "'", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»",
    "lq": "‘", "rq": "’", "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textdegree": "°",
    "degree": "°", "circ": "°", "textmu": "µ", "S": "§", "P": "¶", "pounds": "£", "textsterling": "£", "euro": "€",
    "texteuro": "€", "dag": "†", "times": "×", "texttimes": "×", "pm": "±", "textpm": "±", "cdot": "·",
    "textperiodcentered": "·", "div": "÷", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠",
    "lt": "<", "gt": ">", "sim": "~", "approx": "≈", "simeq": "≃", "equiv": "≡", "ll": "≪", "gg": "≫", "infty": "∞",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "in": "∈", "sum": "∑",
    "prime": "′", "ast": "*", "star": "⋆", "bullet": "•", "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ",
    "varsigma": "ς", "ell": "ℓ", "partial": "∂", "nabla": "∇", "sqrt": "√", "langle": "⟨", "rangle": "⟩", "TeX": "TeX",
    "LaTeX": "LaTeX", "BibTeX": "BibTeX", "textonehalf": "½", "textquotedbl": '"', "space": " ", "quad": " ",
    "newline": " ", "par": " ",
    **{name: _greek(name, "small") for name in _GREEK.split()},
    **{name.capitalize(): _greek(name, "capital") for name in _GREEK.split()},
    **{f"text{name}": _greek(name, "small") for name in _GREEK.split()},
}  # fmt: skip

_ITALIC, _BOLD = ("<i>", "</i>"), ("<b>", "</b>")
WRAPPERS = {
    "textit": _ITALIC, "emph": _ITALIC, "textsl": _ITALIC, "mathit": _ITALIC, "textbf": _BOLD, "mathbf": _BOLD,
    "textsuperscript": ("<sup>", "</sup>"), "textsubscript": ("<sub>", "</sub>"), "enquote": ("“", "”"),
    "mkbibquote": ("“", "”"), "mkbibemph": _ITALIC,
}  # fmt: skip
SWITCHES = {"it": _ITALIC, "em": _ITALIC, "sl": _ITALIC, "itshape": _ITALIC, "bf": _BOLD, "bfseries": _BOLD}
DROPPED_WITH_ARGUMENT = frozenset({"noopsort", "href", "SortNoop", "label", "vspace", "hspace", "cite"})
# They change how a text looks and not what it says.
_LOOKS = (
    "textrm textsf texttt textsc textup textmd textnormal text mathrm mathsf mathtt mathcal mathbb mathnormal mbox hbox"
    " rm sf tt sc scshape upshape rmfamily sffamily ttfamily small normalsize url path protect left right bibinfo"
    " ensuremath relax selectlanguage uppercase lowercase MakeUppercase MakeLowercase underline uline displaystyle"
    " noindent break allowbreak nolinebreak nohyphens hskip big Big ignorespaces"
)
PLAIN_COMMANDS = frozenset(_LOOKS.split())
