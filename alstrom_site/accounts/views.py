"""What a page asks while somebody signs, and the page on which interests are confirmed."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alstrom_site.accounts.forms import InterestsForm
from alstrom_site.accounts.interests import confirm_interests, interests_are_due
from alstrom_site.accounts.screens import as_person
from alstrom_site.accounts.signing import SignatureRefused, passkey_options


@require_POST
def signature_options(request: HttpRequest) -> JsonResponse:
    """Answer with a new challenge for the person's passkeys, or 409 with the reason why there is none."""
    try:
        return JsonResponse({"request_options": passkey_options(request, at=timezone.now())})
    except SignatureRefused as refused:
        return JsonResponse({"reason": str(refused)}, status=409)


def own_interests(request: HttpRequest) -> HttpResponse:
    """Show what was declared and take that it is still true, or what is true now."""
    person, now = as_person(request), timezone.now()
    onward = get_next_redirect_url(request)
    form = InterestsForm(request.POST or None, initial={"interests": person.interests})
    if form.is_valid():
        confirm_interests(person, form.cleaned_data["interests"], on=now.date())
        messages.success(request, "Your interests are declared as of today. What you sign carries them.")
        return redirect(onward or "account_interests")
    shown = {
        "form": form,
        "person": person,
        "is_due": interests_are_due(person, now.date()),
        "onward": onward,
    }
    return TemplateResponse(request, "accounts/interests.html", shown)
