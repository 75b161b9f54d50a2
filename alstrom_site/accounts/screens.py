"""The frame of the desk around allauth's screens, and the ways from Django's addresses to them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account_views
from allauth.account.utils import get_next_redirect_url
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.generic import RedirectView

from alstrom_site.accounts.models import User

Screen = Callable[..., HttpResponseBase]


def for_everybody(view: Screen) -> Screen:
    """Return the view with what the frame of the desk shows; it is open before signing in."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            response.context_data = {**admin.site.each_context(request), **(response.context_data or {})}
        return response

    return framed


def for_the_desk(view: Screen) -> Screen:
    """Return the view as a page of the desk: strangers are asked to sign in, who has no role is told so."""
    guarded: Screen = admin.site.admin_view(for_everybody(view))
    return guarded


def as_person(request: HttpRequest) -> User:
    """Return who is signed in; PermissionDenied when nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def in_place_of_djangos() -> list[URLPattern]:
    """Return the addresses by which Django's admin names signing in and out and passwords, leading to our screens."""
    change = RedirectView.as_view(pattern_name="account_change_password")
    return [
        path("login/", to_sign_in, name="login"),
        path("logout/", for_everybody(account_views.logout), name="logout"),
        path("password_change/", for_the_desk(change), name="password_change"),
        path("password_change/done/", for_the_desk(change), name="password_change_done"),
    ]


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in screen; `next` comes along when it is a path of this site."""
    onward = get_next_redirect_url(request)
    sign_in = reverse("account_login")
    return redirect(f"{sign_in}?{urlencode({'next': onward})}" if onward else sign_in)
