"""One reference, made up, in the spelling of every format that is read, and shapes that real exports have."""

import io
from typing import Any

from references.formats.reading import read_references
from references.formats.records import Problem, Record

# What the samples below say alike, each in its own way.
SAME: dict[str, Any] = {
    "type": "article-journal",
    "author": [{"family": "van der Test", "given": "A B", "suffix": "Jr"}, {"family": "Sample", "given": "C"}],
    "title": "A title. With a question?",
    "issued": {"date-parts": [[2001, 10], [2001, 12]]},
    "volume": "12",
    "issue": "3 Pt 2",
    "page": "1193-202",
    "DOI": "10.1000/Test.1",
}

NBIB = """
PMID- 123
OWN - NLM
IS  - 1234-567X (Print)
IS  - 1234-567X (Linking)
VI  - 12
IP  - 3 Pt 2
DP  - 2001 Oct-Dec
TI  - A title. With a
      question?
PG  - 1193-202
LID - 10.1000/Test.1 [doi]
AB  - OBJECTIVE: To test.
FAU - van der Test, A B Jr
AU  - van der Test AB Jr
FAU - Sample, C
AU  - Sample C
CN  - Test Study Group
LA  - eng
PT  - Journal Article
DEP - 20010903
TA  - J Test
JT  - Journal of tests
RIN - Retraction in: J Test. 2005 Jan;16(1):1. doi: 10.1000/test.2. PMID: 456
PMC - PMC78
PST - ppublish
SO  - J Test. 2001 Oct-Dec;12(3 Pt 2):1193-202. doi: 10.1000/Test.1. Epub 2001 Sep 3.
"""

PUBMED_XML = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.example/pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">123</PMID>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Print">1234-567X</ISSN>
<JournalIssue CitedMedium="Print"><Volume>12</Volume><Issue>3 Pt 2</Issue>
<PubDate><MedlineDate>2001 Oct-Dec</MedlineDate></PubDate></JournalIssue><Title>Journal of tests</Title>
<ISOAbbreviation>J. Test</ISOAbbreviation></Journal>
<ArticleTitle>A title. With a question?</ArticleTitle>
<Pagination><MedlinePgn>1193-202</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/Test.1</ELocationID>
<Abstract><AbstractText Label="OBJECTIVE">To test <i>in vitro</i>.</AbstractText>
<AbstractText>Done.</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author><LastName>van der Test</LastName><ForeName>A B</ForeName><Initials>AB</Initials>
<Suffix>Jr</Suffix></Author><Author><LastName>Sample</LastName><Initials>C</Initials></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType>Journal Article</PublicationType>
<PublicationType>Retracted Publication</PublicationType></PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2001</Year><Month>09</Month><Day>03</Day></ArticleDate></Article>
<MedlineJournalInfo><MedlineTA>J Test</MedlineTA><ISSNLinking>1234-567X</ISSNLinking></MedlineJournalInfo>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Test. 2005 Jan;16(1):1</RefSource>
<PMID Version="1">456</PMID></CommentsCorrections></CommentsCorrectionsList></MedlineCitation>
<PubmedData><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">123</ArticleId>
<ArticleId IdType="pmc">PMC78</ArticleId><ArticleId IdType="doi">10.1000/Test.1</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>
</PubmedArticleSet>
"""

RIS = """TY  - JOUR
AU  - van der Test, AB, Jr
AU  - Sample, C
TI  - A title. With a question?
JF  - Journal of tests
JA  - J Test
PY  - 2001///Oct-Dec
VL  - 12
IS  - 3 Pt 2
SP  - 1193
EP  - 202
SN  - 1234567x
DO  - https://doi.org/10.1000/Test.1
ER  -\N{SPACE}
"""

BIBTEX = r"""
@article{test2001,
  author  = {van der Test, Jr, A B and Sample, C},
  title   = {{A title. With a question?}},
  journal = "Journal of tests",
  year    = 2001,
  month   = oct # "--" # dec,
  volume  = {12}, number = {3 Pt 2},
  pages   = {1193--202},
  doi     = {10.1000/Test.1}
}
"""

CSL_JSON = """[
  {
    "id": "test2001", "type": "article-journal", "title": "A title. With a question?",
    "author": [
      {"family": "Test", "non-dropping-particle": "van der", "given": "A B", "suffix": "Jr"},
      {"family": "Sample", "given": "C"}
    ],
    "issued": {"date-parts": [["2001", "10"], [2001, 12]]},
    "volume": 12, "issue": "3 Pt 2", "page": "1193-202", "DOI": "10.1000/Test.1"
  }
]
"""

NLM_TEXT = """van der Test AB Jr, Sample C. A title. With a question? J Test. 2001 Oct-Dec;12(3 Pt 2):1193-202.
doi: 10.1000/Test.1. Epub 2001 Sep 3. PMID: 123; PMCID: PMC78."""

SAMPLES = {
    "nbib": NBIB,
    "pubmed-xml": PUBMED_XML,
    "ris": RIS,
    "bibtex": BIBTEX,
    "csl-json": CSL_JSON,
    "nlm-text": NLM_TEXT,
}


def read(source: str | bytes, **options: Any) -> tuple[list[Record], list[Problem]]:
    """The records and problems of a text."""
    raw = source.encode() if isinstance(source, str) else source
    found = list(read_references(io.BytesIO(raw), **options))
    records = [one for one in found if isinstance(one, Record)]
    return records, [one for one in found if isinstance(one, Problem)]


def item(source: str | bytes, **options: Any) -> dict[str, Any]:
    """The one item of a text that is read without problems."""
    records, problems = read(source, **options)
    assert problems == []
    assert len(records) == 1
    return records[0].item


def messages(problems: list[Problem]) -> list[tuple[int, str]]:
    """The lines and messages of problems."""
    return [(one.line, one.message) for one in problems]
