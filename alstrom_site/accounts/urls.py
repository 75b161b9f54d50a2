"""Addresses of signing in, of passwords, and of what stands beside the password; each opened on purpose."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from alstrom_site.accounts import views
from alstrom_site.accounts.screens import for_everybody, for_the_desk

# allauth asks for them by these names. Sign-up and addresses that people confirm themselves have no screen.
urlpatterns = [
    path("login/", for_everybody(account.login), name="account_login"),
    path("login/second-step/", for_everybody(mfa.authenticate), name="mfa_authenticate"),
    path("login/passkey/", for_everybody(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("logout/", for_everybody(account.logout), name="account_logout"),
    path("password/reset/", for_everybody(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", for_everybody(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        for_everybody(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        for_everybody(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("password/", for_the_desk(account.password_change), name="account_change_password"),
    # Who has no password gets one by the link in a mail, as at the beginning.
    path(
        "password/first/",
        for_the_desk(RedirectView.as_view(pattern_name="account_reset_password")),
        name="account_set_password",
    ),
    path("confirm/", for_the_desk(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", for_the_desk(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("confirm/passkey/", for_the_desk(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("signature/options/", for_the_desk(views.signature_options), name="account_signature_options"),
    path("interests/", for_the_desk(views.own_interests), name="account_interests"),
    path("security/", for_the_desk(mfa.index), name="mfa_index"),
    path("security/app/", for_the_desk(app.activate_totp), name="mfa_activate_totp"),
    path("security/app/remove/", for_the_desk(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/codes/", for_the_desk(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("security/codes/new/", for_the_desk(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("security/codes/file/", for_the_desk(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path(
        "security/passkeys/",
        for_the_desk(RedirectView.as_view(pattern_name="mfa_index")),
        name="mfa_list_webauthn",
    ),
    path("security/passkeys/new/", for_the_desk(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/", for_the_desk(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", for_the_desk(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]
