"""A page with every field of the editor, for the journeys about writing."""

import json
from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import include, path, re_path
from django.views.static import serve
from PIL import Image
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from alstrom_site.editorial.widgets import Column, LinesField, RowsField
from pages.views import completing, editor
from pages.widgets import MarkdownField

PAGE = """
{% extends "admin/base_site.html" %}{% load static %}
{% block extrastyle %}{{ block.super }}<link rel="stylesheet" href="{% static 'admin/css/forms.css' %}">{% endblock %}
{% block extrahead %}{{ block.super }}{{ form.media }}{% endblock %}
{% block content %}<form method="post">{% csrf_token %}<fieldset class="module aligned">{% for field in form %}
<div class="form-row{% if field.errors %} errors{% endif %}">{{ field.errors }}<div><div class="flex-container">
{{ field.label_tag }}{{ field }}</div></div></div>{% endfor %}</fieldset>
<div class="submit-row"><input type="submit" class="default" value="Save"></div></form>
<pre id="kept">{{ kept }}</pre>{% endblock %}
"""


class Writing(forms.Form):
    quick_answer = MarkdownField(word_limit=5, required=False)
    body = MarkdownField(required=False)
    names = LinesField(label="Other names", required=False)
    related = RowsField(
        [
            Column("address", "Page", choices=[("causes", "What causes it"), ("gene", "The ALMS1 gene")]),
            Column("description", "Description", width="wide", required=False, max_length=40),
        ],
        label="Related pages",
        row_noun="page",
        required=False,
    )


def writing(request: HttpRequest) -> HttpResponse:
    first = {"related": [{"address": "causes", "description": "One"}, {"address": "gene", "description": "Two"}]}
    form = Writing(request.POST or None, initial=first)
    kept = json.dumps(form.cleaned_data["related"]) if form.is_valid() else ""
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"form": form, "kept": kept, "title": "Writing"}, request))


urlpatterns = [
    path("admin/writing/", writing),
    path("admin/account/", include("alstrom_site.accounts.urls")),
    path("admin/editor/preview/", editor.preview, name="text-preview"),
    path("admin/editor/upload/", editor.upload, name="image-upload"),
    path("admin/editor/completions/", completing.completions, name="text-completions"),
    path("admin/", admin.site.urls),
    re_path(r"^media/(?P<path>.*)$", lambda request, path: serve(request, path, str(settings.MEDIA_ROOT))),
]


def signed_in(context: BrowserContext, person: Any, server: LiveServer) -> BrowserContext:
    client = Client()
    client.force_login(person)
    for cookie in client.cookies.values():
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{server.url}/admin/"}])
    return context


def body(page: Page) -> Any:
    return page.locator("[data-markdown-editor]").nth(1)


def text_field(page: Page) -> Any:
    return page.get_by_label("Body:", exact=True)


def picture() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((320, 160)).save(out, "PNG")
    return out.getvalue()


def choose_picture(page: Page, content: bytes, alt: str) -> None:
    body(page).get_by_role("button", name="Picture").click()
    body(page).get_by_label("Picture file").set_input_files(
        {"name": "chart.png", "mimeType": "image/png", "buffer": content}
    )
    body(page).get_by_label("Description for readers").fill(alt)
    body(page).get_by_role("button", name="Insert picture").click()
