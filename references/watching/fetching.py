"""Asks addresses of others whether they still lead anywhere: politely, and never into a private network.

Where an entry leads is typed by people, so each host is looked up here, and what is connected to is the address that
was judged: one that is loopback, private, link-local or otherwise not public is never gone to.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from references.lookup.asking import user_agent

TIMEOUT = httpx.Timeout(10, connect=5)
SECONDS_BETWEEN = 1.0
"""Between two questions to one host."""
PAUSES = (1.0, 4.0)
LONGEST_PAUSE = 10.0
MOST_STEPS = 5
PORTS = frozenset({80, 443})
NO_ADDRESS = "It leads to {}, which is no address of the web."
# RFC 6052: 64:ff9b::/96 stands for the address in its last bits. RFC 8215: 64:ff9b:1::/48 is for networks of one's own.
# RFC 4291: ::/96 stood for addresses of the older kind, and is no longer used.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_NEVER_PUBLIC = (ipaddress.IPv6Network("64:ff9b:1::/48"), ipaddress.IPv6Network("::/96"))
_AGAIN = frozenset({429, 500, 502, 503, 504})


class NotFollowed(Exception):
    """An address leads to where this site does not go; the text is a sentence."""


@dataclass(frozen=True)
class Answer:
    """How an address answered: its last status, 0 without an answer, and where it led."""

    status: int
    url: str
    said: str = ""


class _OnlyPublic(httpcore.SyncBackend):
    """Connects only to hosts of which every address is public, and to exactly the address that was judged."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return the connection; raise NotFollowed when the host is none of the public network."""
        if port not in PORTS:
            raise NotFollowed(f"It leads to port {port} of {host}, which is none of the web.")
        return super().connect_tcp(public_address(host, port), port, timeout, local_address, socket_options)


def public_address(host: str, port: int) -> str:
    """Return an address of a host; raise NotFollowed when any of its addresses is not public."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} has no address.") from error
    for each in found:
        if not _is_public(ipaddress.ip_address(each.partition("%")[0])):
            raise NotFollowed(f"{host} is no host of the public network.")
    return found[0]


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address, and the one of the older kind that it stands for, are of the public network."""
    inner: ipaddress.IPv4Address | ipaddress.IPv6Address = address
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in each for each in _NEVER_PUBLIC):
            return False
        translated = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
        inner = translated or address.ipv4_mapped or address.sixtofour or address
    return address.is_global and inner.is_global and not inner.is_multicast


class _PublicTransport(httpx.HTTPTransport):
    """The usual transport over connections that are judged."""

    def __init__(self) -> None:
        super().__init__(trust_env=False)
        # The one place at which httpx lets nobody say how it connects.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_OnlyPublic()
        )


@dataclass
class Fetcher:
    """Asks for addresses, each host at most once a second. Tests give a transport that may go to their own server."""

    transport: httpx.BaseTransport = field(default_factory=_PublicTransport)
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        headers = {"User-Agent": user_agent(), "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        self._client = httpx.Client(transport=self.transport, timeout=TIMEOUT, headers=headers, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, url: str, *, follow: bool = True) -> Answer:
        """Return how an address answers; with `follow` where it leads in the end. Raises NotFollowed."""
        for _ in range(MOST_STEPS):
            answer, location = self._patiently(url)
            if not location:
                return answer
            leads_to, scheme = _joined(url, location)
            if not follow:
                return Answer(answer.status, leads_to)
            if scheme not in ("http", "https"):
                raise NotFollowed(NO_ADDRESS.format(leads_to[:100]))
            url = leads_to
        return Answer(0, url, f"It leads on more than {MOST_STEPS} times.")

    def content(self, url: str, *, longest: int = 100_000) -> bytes:
        """Return the beginning of what stands at an address, b"" when nothing does or it cannot be reached."""
        self._pace(url)
        try:
            with self._client.stream("GET", url) as response:
                found = b""
                for piece in response.iter_bytes() if response.status_code == httpx.codes.OK else ():
                    found += piece
                    if len(found) >= longest:
                        break
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return b""
        return found

    def _patiently(self, url: str) -> tuple[Answer, str]:
        """The answer and where it leads on; asked again after what may pass."""
        for pause in (*PAUSES, None):
            answer, location, wanted = self._once(url)
            if pause is None or (answer.status and answer.status not in _AGAIN):
                break
            self.wait(min(max(pause, wanted), LONGEST_PAUSE))
        return answer, location

    def _once(self, url: str) -> tuple[Answer, str, float]:
        """HEAD, and GET where a server does not answer that; never more than the head of the answer is read."""
        try:
            for method in ("HEAD", "GET"):
                self._pace(url)
                with self._client.stream(method, url) as response:
                    status, headers = response.status_code, response.headers
                if status < 400 or status == 429:
                    break
        except httpx.TimeoutException:
            return Answer(0, url, "It did not answer in time."), "", 0.0
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return Answer(0, url, "It could not be connected to."), "", 0.0
        location = headers.get("location", "") if 300 <= status < 400 else ""
        return Answer(status, url), location, _seconds(headers.get("retry-after", ""))

    def _pace(self, url: str) -> None:
        host = urlsplit(url).netloc
        now = self.clock()
        at = max(now, self._next.get(host, 0.0))
        self._next[host] = at + SECONDS_BETWEEN
        if at > now:
            self.wait(at - now)


def _joined(url: str, location: str) -> tuple[str, str]:
    """Where an answer leads, and the scheme of that; raises NotFollowed when it is no address."""
    try:
        leads_to = urljoin(url, location)
        return leads_to, urlsplit(leads_to).scheme
    except ValueError as error:
        raise NotFollowed(NO_ADDRESS.format(location[:100])) from error


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() else 0.0
