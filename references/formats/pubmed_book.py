"""A book or a chapter of one in PubMed XML."""

from xml.etree.ElementTree import Element

from references.formats.dates import edtf
from references.formats.pubmed import BOOKSHELF, finish
from references.formats.pubmed_values import abstract, ids, marked, people, put_date, text_of, texts_of, written_date
from references.formats.records import Reading
from references.formats.values import filled, isbns, language, put_identifier, without_full_stop


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
        reading.item["URL"] = BOOKSHELF.format(accession)
    issued, own = _issued(document, book)
    put_date(reading, "issued", issued)
    revised = document.find("DateRevised")
    put_identifier(reading, "PMID", text_of(document, "PMID") or found.get("pubmed", ""))
    put_identifier(reading, "DOI", found.get("doi", ""))
    put_identifier(reading, "PMCID", found.get("pmc", ""))
    finish(
        reading,
        {
            "publication_types": texts_of(document, "PublicationType"),
            "publication_status": text_of(root, "PubmedBookData/PublicationStatus"),
            "updated": edtf(written_date(revised)) if revised is not issued else "",
            "container_issued": edtf(written_date(book.find("PubDate"))) if own else "",
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


def _issued(document: Element, book: Element) -> tuple[Element | None, bool]:
    """When the chapter was contributed, else when the book appeared or was last revised; whether it is the chapter's.

    Of a book that is kept up to date, the date of the book is that of its first chapter (Citing Medicine, chapter 22).
    """
    part = document.find("ArticleTitle") is not None
    places = [(document, "ContributionDate"), (book, "PubDate"), (document, "DateRevised")]
    for place, name in places if part else [places[1], places[0], places[2]]:
        found = place.find(name)
        if found is not None and text_of(found, "Year") + text_of(found, "MedlineDate"):
            return found, part and name == "ContributionDate"
    return None, False
