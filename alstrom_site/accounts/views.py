"""Answers to what a page asks while somebody signs."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alstrom_site.accounts.signing import SignatureRefused, passkey_options


@require_POST
def signature_options(request: HttpRequest) -> JsonResponse:
    """Answer with a new challenge for the person's passkeys, or 409 with the reason why there is none."""
    try:
        return JsonResponse({"request_options": passkey_options(request, at=timezone.now())})
    except SignatureRefused as refused:
        return JsonResponse({"reason": str(refused)}, status=409)
