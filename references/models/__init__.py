"""The bibliography: its entries as the admin lists them, and what is kept beside them."""

from references.models.intake import Intake, IntakeRecord
from references.models.link_check import LinkCheck
from references.models.observed import ObservedNotice
from references.models.reference import Reference
from references.models.taken_over import TakenOver

__all__ = ["Intake", "IntakeRecord", "LinkCheck", "ObservedNotice", "Reference", "TakenOver"]
