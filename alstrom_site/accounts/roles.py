"""The roles of the site and what each may do; kept in code, written to the database as groups at every migration."""

from dataclasses import dataclass

DESK = ("editorial.view_document", "editorial.view_record")


@dataclass(frozen=True)
class Role:
    """A part that a person plays: `name` is the group's name, `permissions` are "app_label.codename"."""

    name: str
    purpose: str
    permissions: tuple[str, ...]


EDITOR = Role("editor", "Writes and submits text.", (*DESK, "editorial.write_document"))
MEDICAL_REVIEWER = Role(
    "medical reviewer", "Checks text against its sources and signs.", (*DESK, "editorial.review_edition")
)
PUBLISHER = Role("publisher", "Puts approved text live.", (*DESK, "editorial.publish_edition"))
ADMINISTRATOR = Role(
    "administrator",
    "Looks after people and their roles; decides nothing about text.",
    (*DESK, "editorial.administer", "accounts.view_user", "accounts.add_user", "accounts.change_user"),
)
AUDITOR = Role("auditor", "Reads the whole record and checks it; changes nothing.", DESK)

ROLES = (EDITOR, MEDICAL_REVIEWER, PUBLISHER, ADMINISTRATOR, AUDITOR)
