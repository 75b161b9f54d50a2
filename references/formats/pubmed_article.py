"""An article in PubMed XML."""

from xml.etree.ElementTree import Element

from references.formats.pubmed import csl_type, finish, notice
from references.formats.pubmed_values import abstract, ids, marked, people, plain, put_date, text_of, texts_of
from references.formats.records import Reading
from references.formats.values import filled, issns, language, put_identifier, tidy, without_full_stop

# Not a notice about this article, but what it cites.
_NO_NOTICE = frozenset({"Cites"})


def read_article(reading: Reading, root: Element) -> None:
    """Understand a PubmedArticle, or a MedlineCitation alone."""
    citation = root if root.tag == "MedlineCitation" else root.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if citation is None or article is None:
        reading.remark("The record holds no article.")
        return
    types = texts_of(article, "PublicationTypeList/PublicationType")
    reading.item = _item(citation, article, types)
    put_date(reading, "issued", article.find("Journal/JournalIssue/PubDate"))
    electronic = [one for one in article.iterfind("ArticleDate") if one.get("DateType", "Electronic") == "Electronic"]
    put_date(reading, "available-date", electronic[0] if electronic else None)
    _put_identifiers(reading, root, citation, article)
    custom = {
        "publication_types": types,
        "notices": _notices(citation),
        "publication_status": text_of(root, "PubmedData/PublicationStatus"),
        "publication_model": article.get("PubModel", ""),
    }
    finish(reading, custom)


def _item(citation: Element, article: Element, types: list[str]) -> dict[str, object]:
    journal = article.find("Journal")
    full = text_of(journal, "Title")
    short = text_of(citation, "MedlineJournalInfo/MedlineTA") or text_of(journal, "ISOAbbreviation")
    title = without_full_stop(marked(article.find("ArticleTitle")))
    vernacular = without_full_stop(marked(article.find("VernacularTitle")))
    lists = article.findall("AuthorList")
    return filled(
        {
            "type": csl_type(types, container=full or short, book=""),
            "title": title or vernacular,
            "original-title": vernacular if title else "",
            "author": [name for one in lists if one.get("Type") != "editors" for name in people(one)],
            "editor": [name for one in lists if one.get("Type") == "editors" for name in people(one)],
            "container-title": full,
            "container-title-short": short,
            "volume": text_of(journal, "JournalIssue/Volume"),
            "issue": text_of(journal, "JournalIssue/Issue"),
            "page": _pages(article),
            "ISSN": issns([text_of(journal, "ISSN"), text_of(citation, "MedlineJournalInfo/ISSNLinking")]),
            "abstract": abstract(article),
            "language": language(text_of(article, "Language")),
        }
    )


def _pages(article: Element) -> str:
    """The pages as NLM prints them, else the number that the publisher gave the article."""
    if pages := text_of(article, "Pagination/MedlinePgn"):
        return pages
    begin, end = text_of(article, "Pagination/StartPage"), text_of(article, "Pagination/EndPage")
    if begin:
        return f"{begin}-{end}" if end and end != begin else begin
    return _located(article, "pii")


def _located(article: Element, type: str) -> str:
    """The first electronic location of a type that NLM does not mark as wrong."""
    valid = (one for one in article.iterfind("ELocationID") if one.get("ValidYN") != "N")
    return next((plain(one) for one in valid if one.get("EIdType") == type), "")


def _put_identifiers(reading: Reading, root: Element, citation: Element, article: Element) -> None:
    found = ids(root, "PubmedData/ArticleIdList/ArticleId")
    other = [plain(one) for one in citation.iterfind("OtherID") if plain(one).startswith("PMC")]
    put_identifier(reading, "PMID", text_of(citation, "PMID") or found.get("pubmed", ""))
    put_identifier(reading, "PMCID", found.get("pmc", "") or tidy(next(iter(other), "").partition(" ")[0]))
    put_identifier(reading, "DOI", found.get("doi", "") or _located(article, "doi"))


def _notices(citation: Element) -> list[dict[str, str]]:
    found = citation.iterfind("CommentsCorrectionsList/CommentsCorrections")
    return [
        notice(one.get("RefType", ""), text_of(one, "RefSource"), text_of(one, "PMID"))
        for one in found
        if one.get("RefType", "") not in _NO_NOTICE
    ]
