"""The card and what it asks and offers besides its verbs."""

from django.urls import path

from qorgau.workplace.card.files import download, preview, small
from qorgau.workplace.card.insurance import insurance
from qorgau.workplace.card.looking import looking
from qorgau.workplace.card.page import card, terms
from qorgau.workplace.card.person_card import person_card
from qorgau.workplace.for_you.pages import following
from qorgau.workplace.presence.here import here
from qorgau.workplace.timeline.history import history

urlpatterns = [
    path("appeal/<str:number>/", card, name="appeal"),
    path("appeal/<str:number>/history/", history, name="history"),
    path("appeal/<str:number>/terms/", terms, name="terms"),
    path("appeal/<str:number>/contacts/", looking, name="contacts"),
    path("appeal/<str:number>/files/<int:attachment_id>/", download, name="file"),
    path("appeal/<str:number>/files/<int:attachment_id>/preview/", preview, name="preview"),
    path("appeal/<str:number>/files/<int:attachment_id>/small/", small, name="small"),
    path("appeal/<str:number>/following/", following, name="following"),
    path("appeal/<str:number>/person/", person_card, name="person"),
    path("appeal/<str:number>/insurance/", insurance, name="insurance"),
    path("appeal/<str:number>/here/", here, name="here"),
]
