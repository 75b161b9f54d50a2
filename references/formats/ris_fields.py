"""What the tags of RIS mean: the types, and which tags hold what for which type."""

import re

from references.formats.names import inverted_name
from references.formats.records import Reading
from references.formats.tagged import Field, values
from references.formats.told_apart import people_in

TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CHART": "graphic", "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CTLG": "book", "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary",
    "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "EQUA": "figure", "FIGURE": "figure", "GEN": "document", "GOVDOC": "report",
    "GRANT": "report", "HEAR": "hearing", "ICOMM": "webpage", "INPR": "article-journal", "JFULL": "article-journal",
    "JOUR": "article-journal", "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "PREPRINT": "article", "RPRT": "report", "SER": "book", "SLIDE": "speech", "SOUND": "song", "STAND": "standard",
    "STAT": "legislation", "STD": "standard", "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript",
    "UNPD": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip

# Some makers write the type as a word.
WORDS = {"JOURNAL ARTICLE": "article-journal", "ARTICLE": "article-journal", "OTHER": "document", "DISS": "thesis"}
_PARTS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
IN_JOURNALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "article", "review"})
_ON_SITES = frozenset({"webpage", "post-weblog", "document"})
# For the others the place is an author's address or the country of a journal.
NEEDS_PLACE = frozenset({"book", "chapter", "report", "thesis", "paper-conference", "document", "pamphlet", "standard"})

# The variable of CSL, and the tags that may hold it; the first one counts.
TEXTS = {
    "volume": "VL",
    "issue": "IS",
    "edition": "ET",
    "publisher": "PB PU",
    "publisher-place": "CY PP",
    "abstract": "AB N2",
    "language": "LA",
    "URL": "UR L2 LK",
    "number-of-volumes": "NV",
    "call-number": "CN",
    "source": "DB",
    "title-short": "ST",
}
PEOPLE = {"editor": "ED", "translator": "TA"}
_KNOWN_LISTED = """
    TY ER AB A1 A2 A3 A4 AD AI AN AR AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CC CN CP CT CY DA DB DI DO DP ED EI EP ER
    ET FU FX ID IS J1 J2 J9 JA JF JI JO JP K1 KP KW L1 L2 L3 L4 LA LB LK M1 M2 M3 M4 MD MN N1 N2 NO NL NS NV OP PA
    PB PD PG PI PM PP PT PU PY RI RN RP SE SN SP ST T1 T2 T3 TA TI TS TT U1 U2 U3 U4 U5 UR VL VO WE WP WT Y1 Y2 Z1
"""
KNOWN = frozenset(_KNOWN_LISTED.split())


# Embase has the number of PubMed in C3.
_IS_NUMBER = re.compile(r"PUBMED|[0-9\s]*$", re.IGNORECASE)


class Wanted:
    """Looks up values among the fields of one record of a known type."""

    def __init__(self, reading: Reading, kind: str, fields: dict[str, list[Field]]) -> None:
        """Take where remarks go, the type of CSL, and the fields by their tags."""
        self.kind = kind
        self._reading = reading
        self._fields = fields

    def all(self, tags: str) -> list[str]:
        """The values of the first of the tags that has any."""
        return next((values(self._fields[tag]) for tag in tags.split() if self._fields.get(tag)), [])

    def text(self, tags: str) -> str:
        """The first value of the first of the tags that has any."""
        return next(iter(self.all(tags)), "")

    def titles(self) -> dict[str, object]:
        """The titles and the people of the whole, whose tags mean different things for parts, articles and books."""
        title = self.text("TI T1 CT BT")
        if self.kind in _PARTS:
            # Conferences have the title of their proceedings there, and another name of themselves in T2.
            proceedings = (
                "" if self.kind != "paper-conference" or _IS_NUMBER.match(self.text("C3")) else self.text("C3")
            )
            return {
                "title": title,
                "container-title": proceedings or self.text("BT T2 JF JO J2"),
                "event-title": self.text("T2") if proceedings else "",
                "collection-title": self.text("T3"),
                "editor": self.people("A2 ED"),
                "collection-editor": self.people("A3"),
            }
        if self.kind in IN_JOURNALS:
            genre = {"genre": self.text("M3")} if self.kind == "article" else {}
            return {"title": title, **genre, **self._journal()}
        return {
            "title": title or self.text("T2"),
            "container-title": self.text("T2 JO") if self.kind in _ON_SITES and title else "",
            "collection-title": self.text("T2 T3") if self.kind in {"book", "report"} and title else "",
            # Of a thesis it is who advised, of a report the department: they edited nothing.
            **({"editor": self.people("ED A3")} if self.kind == "book" else {"contributor": self.people("A3")}),
            **({"genre": self.text("M3")} if self.kind in {"thesis", "report"} else {}),
        }

    def _journal(self) -> dict[str, object]:
        """The journal in full and abbreviated: makers put either into JO and T2."""
        full, short = self.text("JF T2 T3"), self.text("JA J2 J1 JI J9")
        either = self.text("JO")
        if not full:
            full, either = either or short, ""
        if not short and either != full:
            short = either
        return {"container-title": full, "container-title-short": short}

    def people(self, tags: str) -> list[dict[str, str]]:
        """The people in the first of the tags that has any."""
        return self.people_of(next((self._fields[tag] for tag in tags.split() if self._fields.get(tag)), []))

    def people_of(self, fields: list[Field]) -> list[dict[str, str]]:
        """The people whom these fields name."""
        return [each for one in fields for each in people_in(self._reading, one.value, inverted_name, one.line)]
