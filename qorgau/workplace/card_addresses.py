"""What a card asks and offers besides its verbs."""

from django.urls import path

from qorgau.workplace.for_you.pages import following, for_you
from qorgau.workplace.insurance import insurance
from qorgau.workplace.person_card import person_card
from qorgau.workplace.presence.here import here

urlpatterns = [
    path("for-you/", for_you, name="for_you"),
    path("appeal/<str:number>/following/", following, name="following"),
    path("appeal/<str:number>/person/", person_card, name="person"),
    path("appeal/<str:number>/insurance/", insurance, name="insurance"),
    path("appeal/<str:number>/here/", here, name="here"),
]
