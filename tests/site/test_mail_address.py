"""EMAIL_URL is read strictly, and the site prints its mails until it is given one."""

import pytest

from alstrom_site.environment import EnvironmentProblem, mail
from tests.site.test_settings import SERVER, settings, start


def test_mail_is_printed_unless_a_server_is_named() -> None:
    name = "EMAIL_BACKEND"

    assert settings(name) == {name: "django.core.mail.backends.console.EmailBackend"}
    assert mail("console:") == settings(name)


def test_an_address_names_server_account_and_encryption() -> None:
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL")

    read = settings(*names, **SERVER, EMAIL_URL="smtp+starttls://desk%40site.example:p%3Ass@mail.example")

    assert list(read.values()) == ["mail.example", 587, "desk@site.example", "p:ss", True, False]


@pytest.mark.parametrize(
    ("url", "port", "implicit", "starttls"),
    [
        ("smtp://localhost", 25, False, False),
        ("smtp://mail.example:2525", 2525, False, False),
        ("smtps://a:b@mail.example", 465, True, False),
        ("smtp+starttls://a:b@[2001:db8::1]:26", 26, False, True),
        ("smtp://a:b@127.0.0.1", 25, False, False),
    ],
)
def test_each_scheme_has_its_port_and_its_encryption(url: str, port: int, implicit: bool, starttls: bool) -> None:
    read = mail(url)

    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (port, implicit, starttls)
    assert 0 < read["EMAIL_TIMEOUT"] <= 60


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mail.example", "EMAIL_URL must begin with console: or one of smtp://, smtp+starttls://, smtps://."),
        ("http://mail.example", "EMAIL_URL must begin with console: or one of"),
        ("smtp://", "EMAIL_URL must look like smtp"),
        ("smtp://mail.example/inbox", "with nothing after the port"),
        ("smtp://mail.example?tls=yes", "with nothing after the port"),
        ("smtp://mail.example:99999", "EMAIL_URL must look like smtp"),
        ("smtp://mail.example:0", "EMAIL_URL must look like smtp"),
        ("smtps://desk@mail.example", "must name both user and password, or neither"),
        ("smtp://desk:secret@mail.example", "would send the password where others can read it"),
    ],
)
def test_an_address_that_nobody_expected_is_refused_in_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        mail(url)

    assert sentence in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_site_with_a_wrong_address_does_not_start() -> None:
    assert "EMAIL_URL must begin with" in start("DEBUG", EMAIL_URL="somewhere").stderr
