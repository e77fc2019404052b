"""Proving to be the person by signing in elsewhere, with OpenID Connect: there is such a way if the settings name one.

allauth walks to the other side and back; we take nothing from it but the identity number in a claim. Nobody becomes a
user here: the walk ends before allauth would look for an account, and what it remembers on the way lies in a signed
cookie of ten minutes, in no session of the database.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from qorgau.channels.portal.insurance.proof import remember_proof
from qorgau.lib.speech import LANGUAGES, current_language, say
from qorgau.rules.identity import check_iin
from qorgau.rules.sentences import N_, Sentence

log = logging.getLogger(__name__)

SERVICE = "identity"
"""How the service is called in addresses: /identity/identity/login/callback/ is where it sends people back to."""
COOKIE = "signing-in"
_SECONDS = 600
_LANGUAGE = "language"
_PATH = "/identity/"
View = Callable[..., HttpResponse]

_FAILED = Sentence(N_("Signing in did not succeed, or was broken off. Nothing was shown to anybody."))
_NO_IIN = Sentence(N_("The service where you signed in did not tell us your IIN, so we cannot show your data."))
_SILENT = Sentence(N_("The service where you sign in does not answer now. Please try again in some minutes."))


def sign_in_name() -> str:
    """What people call the service where they can sign in; "" when there is none."""
    return settings.OIDC_NAME if settings.OIDC_URL else ""


def sign_in_address() -> str:
    """Where the walk begins, for a reader of the present language."""
    return f"{reverse('openid_connect_login', args=[SERVICE])}?{_LANGUAGE}={current_language()}"


class Adapter(DefaultSocialAccountAdapter):
    """allauth's door for people who sign in elsewhere: kept shut, but for the one service that the settings name."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The service of the settings; the tables that allauth has for others are not asked."""
        if not settings.OIDC_URL or provider != SERVICE:
            return []
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=SERVICE,
                name=settings.OIDC_NAME,
                client_id=settings.OIDC_CLIENT,
                secret=settings.OIDC_SECRET,
                settings={
                    "server_url": settings.OIDC_URL,
                    "scope": settings.OIDC_SCOPE,
                    "oauth_pkce_enabled": True,
                },
            )
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account by signing in elsewhere."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whatever way led here, it ends here."""
        raise ImmediateHttpResponse(_refused(request, _FAILED))

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        """Broken off there, expired here, or a fault on either side."""
        raise ImmediateHttpResponse(_refused(request, _FAILED))


class _Back(OpenIDConnectOAuth2Adapter):
    """The way back: read the claim, remember the proof, and go no farther."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        data: dict[str, Any] = {}
        if id_token := kwargs["response"].get("id_token"):
            data |= self._decode_id_token(app, id_token)
        if settings.OIDC_CLAIM not in data and "userinfo_endpoint" in self.openid_config:
            data |= self._fetch_user_info(token.token)
        checked = check_iin(str(data.get(settings.OIDC_CLAIM, "")))
        if not checked.valid or checked.value is None:
            log.error("the claim %s of the sign-in service holds no IIN", settings.OIDC_CLAIM)
            raise ImmediateHttpResponse(_refused(request, _NO_IIN))
        with override(_language(request)):
            response = HttpResponseRedirect(reverse("portal:status_own"))
        remember_proof(response, checked.value)
        raise ImmediateHttpResponse(response)


def _on_the_way(view: View) -> View:
    """Give the walk a memory of its own, in a cookie, and let the staff's sessions see nothing of it."""

    @never_cache
    @require_GET
    @wraps(view)
    def walk(request: HttpRequest, provider_id: str) -> HttpResponse:
        session_of_staff = request.session
        request.session = SessionStore(request.COOKIES.get(COOKIE))
        try:
            response = view(request, provider_id)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except RequestException as error:
            log.warning("the sign-in service does not answer: %s", type(error).__name__)
            response = _refused(request, _SILENT, HTTPStatus.SERVICE_UNAVAILABLE)
        finally:
            memory, request.session = request.session, session_of_staff
        if memory.is_empty():
            response.delete_cookie(COOKIE, path=_PATH, samesite="Lax")
        else:
            memory.save()
            response.set_cookie(
                COOKIE,
                memory.session_key or "",
                max_age=_SECONDS,
                path=_PATH,
                httponly=True,
                samesite="Lax",
                secure=settings.HTTPS,
            )
        return response

    return walk


@_on_the_way
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the service, and remember in which language the person reads."""
    request.session[_LANGUAGE] = request.GET.get(_LANGUAGE, "")
    leave: HttpResponse = OAuth2LoginView.adapter_view(OpenIDConnectOAuth2Adapter(request, provider_id))(request)
    return leave


@_on_the_way
def signed_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from it."""
    came: HttpResponse = OAuth2CallbackView.adapter_view(_Back(request, provider_id))(request)
    request.session.flush()
    return came


def _refused(request: HttpRequest, why: Sentence, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> HttpResponse:
    with override(_language(request)):
        return render(request, "portal/insurance/sign_in_failed.html", {"why": say(why)}, status=status)


def _language(request: HttpRequest) -> str:
    said = request.session.get(_LANGUAGE, "")
    return said if said in LANGUAGES else get_language_from_request(request)
