"""Whose signatures are the medical review of a text: those of medical reviewers. Editors sign, too."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from alstrom_site.accounts.roles import MEDICAL_REVIEWER


class Signature(Protocol):
    """A signature under a whole text, as a row or as the record tells of it."""

    @property
    def role(self) -> str | None:
        """The name of the role in which it was given."""

    @property
    def is_demonstration(self) -> bool:
        """Whether it stands for no clinician."""

    @property
    def at(self) -> datetime:
        """When it was given."""


S = TypeVar("S", bound=Signature)


def medical_review(signatures: Iterable[S]) -> list[S]:
    """Return those that are the medical review, in their order: of clinicians, else of who stands in for one.

    A demonstration account stands in only where no clinician has signed.
    """
    medical = [each for each in signatures if each.role == MEDICAL_REVIEWER.name]
    return [each for each in medical if not each.is_demonstration] or medical


def reviewed_at(signatures: Iterable[Signature]) -> datetime | None:
    """Return when the newest medical review was; None of what has had none."""
    return max((each.at for each in medical_review(signatures)), default=None)


def signed_by_no_clinician(signatures: Iterable[Signature]) -> bool:
    """Whether a text was signed, and by no clinician."""
    signed = list(signatures)
    return bool(signed) and all(each.is_demonstration for each in medical_review(signed))
