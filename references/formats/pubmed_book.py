"""A book or a chapter of one in PubMed XML."""

from xml.etree.ElementTree import Element

from references.formats.pubmed import finish
from references.formats.pubmed_values import abstract, ids, marked, people, put_date, text_of, texts_of, written_date
from references.formats.records import Reading
from references.formats.values import filled, isbns, language, put_identifier, without_full_stop

_BOOKSHELF = "https://www.ncbi.nlm.nih.gov/books/{}/"


def read_book(reading: Reading, root: Element) -> None:
    """Understand a PubmedBookArticle, or a BookDocument alone."""
    document = root if root.tag == "BookDocument" else root.find("BookDocument")
    book = document.find("Book") if document is not None else None
    if document is None or book is None:
        reading.remark("The record holds no book.")
        return
    found = ids(document, "ArticleIdList/ArticleId") | ids(root, "PubmedBookData/ArticleIdList/ArticleId")
    reading.item = _item(document, book)
    if accession := found.get("bookaccession"):
        reading.item["URL"] = _BOOKSHELF.format(accession)
    put_date(reading, "issued", _date(document, book))
    put_identifier(reading, "PMID", text_of(document, "PMID") or found.get("pubmed", ""))
    put_identifier(reading, "DOI", found.get("doi", ""))
    put_identifier(reading, "PMCID", found.get("pmc", ""))
    finish(
        reading,
        {
            "publication_types": texts_of(document, "PublicationType"),
            "publication_status": text_of(root, "PubmedBookData/PublicationStatus"),
            "contribution_date": written_date(document.find("ContributionDate")),
            "revision_date": written_date(document.find("DateRevised")),
        },
    )


def _item(document: Element, book: Element) -> dict[str, object]:
    part, whole = document.find("ArticleTitle"), without_full_stop(marked(book.find("BookTitle")))
    title = without_full_stop(marked(part))
    own, of_book = document.findall("AuthorList"), book.findall("AuthorList")
    authors = _people(own, "authors") or ([] if title else _people(of_book, "authors"))
    return filled(
        {
            "type": "chapter" if title else "book",
            "title": title or whole,
            "container-title": whole if title else "",
            "author": authors,
            "editor": _people([*of_book, *own], "editors"),
            "container-author": _people(of_book, "authors") if title else [],
            "publisher": text_of(book, "Publisher/PublisherName"),
            "publisher-place": text_of(book, "Publisher/PublisherLocation"),
            "edition": text_of(book, "Edition"),
            "volume": text_of(book, "Volume"),
            "collection-title": marked(book.find("CollectionTitle")),
            "ISBN": isbns(texts_of(book, "Isbn")),
            "page": text_of(document, "Pagination/MedlinePgn"),
            "medium": text_of(book, "Medium"),
            "number": text_of(book, "ReportNumber"),
            "abstract": abstract(document),
            "language": language(text_of(document, "Language")),
        }
    )


def _people(lists: list[Element], kind: str) -> list[dict[str, str]]:
    return [name for one in lists if one.get("Type", "authors") == kind for name in people(one)]


def _date(document: Element, book: Element) -> Element | None:
    """When the book appeared, else when the chapter was contributed or last revised."""
    for place, name in ((book, "PubDate"), (document, "ContributionDate"), (document, "DateRevised")):
        found = place.find(name)
        if found is not None and text_of(found, "Year") + text_of(found, "MedlineDate"):
            return found
    return None
