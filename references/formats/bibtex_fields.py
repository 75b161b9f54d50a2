"""What the types and fields of BibTeX and biblatex mean in CSL-JSON."""

TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "proceedings": "book", "manual": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter",
    "incollection": "chapter", "suppbook": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "reference": "book", "inproceedings": "paper-conference", "conference": "paper-conference",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "dataset": "dataset", "data": "dataset",
    "software": "software", "patent": "patent", "unpublished": "manuscript", "periodical": "periodical",
    "letter": "personal_communication", "video": "motion_picture", "movie": "motion_picture", "audio": "song",
    "misc": "document", "preprint": "article", "legislation": "legislation", "standard": "standard",
    "newspaper": "article-newspaper", "magazine": "article-magazine", "suppperiodical": "article-journal",
}  # fmt: skip
GENRES = {"phdthesis": "Ph.D. thesis", "mastersthesis": "Master's thesis"}

PARTS = frozenset({"chapter", "paper-conference", "entry-encyclopedia"})
PEOPLE = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "editora": "compiler",
}  # fmt: skip
# The variable of CSL for each field; of several fields for one variable the first that is filled counts.
TEXTS = {
    "volume": ("volume",),
    "volume-title": ("maintitle",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"),
    "edition": ("edition",),
    "container-title-short": ("shortjournal", "journalabbr", "journal-iso", "abbrjournal", "journal_abbr"),
    "abstract": ("abstract",),
    "language": ("language", "langid"),
    "keyword": ("keywords", "keyword"),
    "number-of-pages": ("pagetotal", "numpages"),
    "number-of-volumes": ("volumes",),
    "chapter-number": ("chapter",),
    "title-short": ("shorttitle",),
    "original-title": ("origtitle",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "status": ("pubstate",),
    "medium": ("howpublished",),
    "annote": ("annote", "annotation"),
}
# Addresses and names of files are no LaTeX.
VERBATIM = frozenset({"url", "doi", "eprint", "file", "ee", "pmid", "pmcid", "isbn", "issn", "pdf", "biburl"})

_READ_LISTED = """
    title subtitle titleaddon booktitle booksubtitle journal journaltitle journalsubtitle fjournal number issue
    pages page articleno article-number artnum eid date year month day eventdate urldate lastchecked url doi isbn
    issn pmid pmcid eprint eprinttype archiveprefix primaryclass type entrysubtype note standing pubmedremarks
    addendum series crossref xref author editor translator bookauthor editora
"""
_LEFT_OUT_LISTED = """
    file pdf local-url localfile keywords-plus mendeley-groups mendeley-tags bdsk-url-1 bdsk-url-2 bdsk-url-3
    bdsk-file-1 bdsk-file-2 date-added date-modified date-created timestamp owner groups readstatus ranking priority
    rating read comment comments ids key sortkey sortname sorttitle presort shorthand label options gender
    hyphenation indextitle biburl bibsource researchgate adsurl adsnote affiliation author_keywords document_type
    source unique-id web-of-science-categories research-areas number-of-cited-references times-cited cited-by
    doc-delivery-number journal-iso usage-count-last-180-days usage-count-since-2013 author-email
    researcherid-numbers orcid-numbers funding-text funding-acknowledgement oa article-type eissn coden mrnumber
    mrclass mrreviewer zblnumber numpages rights copyright library contents place keyword1 creationdate
    modificationdate username qualityassured printed citeseerurl abstractnote origdate origlanguage
    related relatedtype usera userb issue_date acmid hal_id hal_version openalex semanticscholar web_url bdsk-url-4
    eprintclass editortype editoratype langidopts citation-subset da-ids
"""
KNOWN = frozenset((_READ_LISTED + _LEFT_OUT_LISTED).split()) | {name for names in TEXTS.values() for name in names}
