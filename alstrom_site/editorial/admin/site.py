"""The desk: Django's admin site with a front page of its own."""

from django.contrib.admin import AdminSite


class Desk(AdminSite):
    """The admin site of this project."""

    site_header = "Alström syndrome: editors’ desk"
    site_title = "Editors’ desk"
    index_title = "What is waiting"
