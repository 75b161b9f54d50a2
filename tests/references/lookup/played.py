"""A server on this machine that plays NCBI and Crossref: the shapes of their answers, about works that are made up."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Asked = dict[str, str]


def pubmed_record(pmid: str, *, doi: str = "", title: str = "", notices: str = "") -> str:
    """A record as efetch gives it."""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>'
        '<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>7</Volume><Issue>2</Issue>'
        "<PubDate><Year>2001</Year><Month>Apr</Month></PubDate></JournalIssue><Title>Journal of test fixtures</Title>"
        "<ISOAbbreviation>J Test Fixt</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{title or f'A work made up for tests, number {pmid}'}.</ArticleTitle>"
        f"<Pagination><MedlinePgn>{pmid}-{int(pmid) + 8}</MedlinePgn></Pagination>"
        f'<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Sample{"abcdefghij"[int(pmid) % 10]}</LastName>'
        "<ForeName>Anna B</ForeName><Initials>AB</Initials></Author></AuthorList><Language>eng</Language>"
        "<PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList></Article>"
        f"<MedlineJournalInfo><MedlineTA>J Test Fixt</MedlineTA></MedlineJournalInfo>{notices}</MedlineCitation>"
        f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>'
        f"{f'<ArticleId IdType={chr(34)}doi{chr(34)}>{doi}</ArticleId>' if doi else ''}</ArticleIdList></PubmedData>"
        "</PubmedArticle>\n"
    )


RETRACTED = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Test Fixt. 2005 Jan;16(1):1'
    '</RefSource><PMID Version="1">456</PMID></CommentsCorrections></CommentsCorrectionsList>'
)


def crossref_work(doi: str, **fields: Any) -> dict[str, Any]:
    """A work as Crossref gives it."""
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": ["A work of Crossref made up for tests, <i>in italics</i>"],
        "container-title": ["Journal of Test Fixtures"],
        "short-container-title": ["J Test Fixt"],
        "author": [
            {"given": "Anna B", "family": "Sample", "sequence": "first", "affiliation": []},
            {"name": "Test Study Group", "sequence": "additional", "affiliation": []},
        ],
        "published-print": {"date-parts": [[2001, 4]]},
        "published-online": {"date-parts": [[2001, 2, 3]]},
        "issued": {"date-parts": [[2001, 2, 3]]},
        "volume": "7",
        "issue": "2",
        "page": "10-12",
        "reference": [{"key": "1", "unstructured": "Left out."}],
        **fields,
    }


@dataclass
class Played:
    """What the server knows, how it fails, and what it was asked."""

    pubmed: dict[str, str] = field(default_factory=dict)
    """Records by PMID."""
    searched: dict[str, str] = field(default_factory=dict)
    """PMIDs by DOI, as a search finds them."""
    converted: dict[str, dict[str, str]] = field(default_factory=dict)
    crossref: dict[str, dict[str, Any]] = field(default_factory=dict)
    failing: list[Callable[[BaseHTTPRequestHandler], bool]] = field(default_factory=list)
    """Each is taken once, in turn: it answers itself and says True, or lets the answer go on."""
    asked: list[tuple[str, Asked, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    def settings(self) -> dict[str, Any]:
        """The settings that lead to it."""
        return {
            "LOOK_UP": True,
            "NCBI_URL": f"{self.address}/eutils",
            "PMC_CONVERTER_URL": f"{self.address}/idconv/",
            "CROSSREF_URL": f"{self.address}/crossref",
            "NCBI_API_KEY": "a-key-for-tests",
            "CONTACT_EMAIL": "desk@test.invalid",
        }

    def answer(self, path: str, asked: Asked) -> tuple[int, str]:
        """The status and the body for a question."""
        if path.endswith("/efetch.fcgi"):
            return 200, self._efetch(asked["id"].split(","))
        if path.endswith("/esearch.fcgi"):
            found = [pmid for doi, pmid in self.searched.items() if f'"{doi}"[doi]' in asked["term"]]
            return 200, json.dumps({"header": {"type": "esearch"}, "esearchresult": {"idlist": found}})
        if path.startswith("/idconv"):
            rows = [
                {"requested-id": pmcid, "pmcid": pmcid, **self.converted.get(pmcid, {})}
                for pmcid in asked["ids"].split(",")
            ]
            return 200, json.dumps({"status": "ok", "records": rows})
        work = self.crossref.get(unquote(path.removeprefix("/crossref/works/")))
        return (200, json.dumps({"status": "ok", "message": work})) if work else (404, "Resource not found.")

    def _efetch(self, pmids: list[str]) -> str:
        records = "".join(self.pubmed.get(pmid, "") for pmid in pmids)
        return f'<?xml version="1.0" ?>\n<PubmedArticleSet>\n{records}</PubmedArticleSet>'


LIMIT_EXCEEDED = '{"error":"API rate limit exceeded","api-key":"127.0.0.1","count":"4","limit":"3"}'
NO_SUCH_KEY = '{"error":"API key invalid","api-key":"a-key-for-tests","type":"invalid","status":"unknown"}'
NO_SUCH_ID = "<eFetchResult>\n\t<ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR>\n</eFetchResult>"
BEHIND_IT = "<eFetchResult>\n\t<ERROR>proxy_stream(): 502 Bad Gateway</ERROR>\n</eFetchResult>"


def fails_with(status: int, body: str = LIMIT_EXCEEDED, **headers: str) -> Callable[[BaseHTTPRequestHandler], bool]:
    """An error of the server, or whatever else it answers at this time."""

    def fail(to: BaseHTTPRequestHandler) -> bool:
        to.send_response_only(status)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(body.encode())
        return True

    return fail


def leads_on(to: BaseHTTPRequestHandler) -> bool:
    """An answer that the same question is answered one folder on, which it is."""
    to.send_response(302)
    to.send_header("Location", f"/moved{to.path}")
    to.end_headers()
    return True


def is_packed(record: str) -> Callable[[BaseHTTPRequestHandler], bool]:
    """A record, compressed as the question allows."""

    def pack(to: BaseHTTPRequestHandler) -> bool:
        assert "gzip" in to.headers["Accept-Encoding"]
        to.send_response(200)
        to.send_header("Content-Encoding", "gzip")
        to.end_headers()
        to.wfile.write(gzip.compress(f"<PubmedArticleSet>{record}</PubmedArticleSet>".encode()))
        return True

    return pack


def drips(to: BaseHTTPRequestHandler) -> bool:
    """An answer that comes sign by sign, and is whole when nobody waits any more."""
    to.send_response(200)
    to.end_headers()
    with suppress(OSError):
        for _ in range(40):
            to.wfile.write(b" ")
            time.sleep(0.05)
        to.wfile.write(f"<PubmedArticleSet>{pubmed_record('1')}</PubmedArticleSet>".encode())
    return True


def breaks_off(to: BaseHTTPRequestHandler) -> bool:
    """An answer of which only the beginning comes."""
    to.send_response(200)
    to.send_header("Content-Length", "5000")
    to.end_headers()
    to.wfile.write(b"<PubmedArticleSet><PubmedArticle>")
    return True


def is_cut(to: BaseHTTPRequestHandler) -> bool:
    """An answer that is whole for the network, and cut off in the middle of a record."""
    to.send_response(200)
    to.end_headers()
    to.wfile.write(f"<PubmedArticleSet>{pubmed_record('1')[:400]}".encode())
    return True


def is_slow(to: BaseHTTPRequestHandler) -> bool:
    """An answer that comes too late."""
    time.sleep(0.5)
    return False


@contextmanager
def played() -> Iterator[Played]:
    """Play the servers on a free port of this machine."""
    script = Played()

    class Player(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            script.asked.append((parts.path, asked, dict(self.headers)))
            if script.failing and script.failing.pop(0)(self):
                return
            status, body = script.answer(parts.path, asked)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Player)
    script.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
