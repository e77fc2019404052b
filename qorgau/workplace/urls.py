"""Pages of the staff."""

from django.urls import path

from qorgau.people import own_language
from qorgau.workplace.absences import Absences
from qorgau.workplace.bulk.urls import urlpatterns as several_at_once
from qorgau.workplace.callers import CallersCode, callers
from qorgau.workplace.card import urls as card
from qorgau.workplace.case_file import urls as case_files
from qorgau.workplace.export import urls as exports
from qorgau.workplace.finding.page import find
from qorgau.workplace.for_you.pages import for_you
from qorgau.workplace.keyboard.key_sheet import key_sheet
from qorgau.workplace.keyboard.neighbours import next_appeal, previous_appeal
from qorgau.workplace.keyboard.palette import palette
from qorgau.workplace.macros.urls import urlpatterns as macros
from qorgau.workplace.news.news import news
from qorgau.workplace.organisations import organisations
from qorgau.workplace.own_settings import own_settings
from qorgau.workplace.queue.counts import queue_counts
from qorgau.workplace.queue.page import queue
from qorgau.workplace.receipt import receipt
from qorgau.workplace.registering import Registering
from qorgau.workplace.replies import replies
from qorgau.workplace.saved_views.urls import urlpatterns as saved_views
from qorgau.workplace.sensitive import Readers, sensitive
from qorgau.workplace.supervision import urls as supervision
from qorgau.workplace.texts.urls import urlpatterns as texts
from qorgau.workplace.verbs import urls as verbs
from qorgau.workplace.who_looked import who_looked

app_name = "desk"

urlpatterns = [
    path("", queue, name="queue"),
    path("counts/", queue_counts, name="queue_counts"),
    *case_files.urlpatterns,
    path("find/", find, name="find"),
    path("language/", own_language.choose, name="language"),
    *saved_views,
    *several_at_once,
    *texts,
    *macros,
    path("organisations/", organisations, name="organisations"),
    path("palette/", palette, name="palette"),
    path("for-you/", for_you, name="for_you"),
    path("news/", news, name="news"),
    path("next/", next_appeal, name="next"),
    path("previous/", previous_appeal, name="previous"),
    path("keys/", key_sheet, name="keys"),
    path("settings/", own_settings, name="settings"),
    path("callers/", callers, name="callers"),
    path("callers/<str:number>/", CallersCode.as_view(), name="callers_code"),
    path("who-looked/", who_looked, name="who_looked"),
    *exports.urlpatterns,
    *supervision.urlpatterns,
    path("sensitive/", sensitive, name="sensitive"),
    path("sensitive/<str:number>/", Readers.as_view(), name="readers"),
    path("replies/", replies, name="replies"),
    path("absences/", Absences.as_view(), name="absences"),
    path("new/", Registering.as_view(), name="new"),
    path("new/<str:number>/", receipt, name="receipt"),
    *card.urlpatterns,
    *verbs.urlpatterns,
]
