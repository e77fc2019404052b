"""Every verb is a resource of its own below its appeal: GET shows its form, POST does it."""

from django.urls import path

from qorgau.workplace.verbs.acceptance import Acceptance
from qorgau.workplace.verbs.answering import Answering
from qorgau.workplace.verbs.approval import Approval
from qorgau.workplace.verbs.assignment import Assignment
from qorgau.workplace.verbs.continuation import Continuation
from qorgau.workplace.verbs.correction import Correction
from qorgau.workplace.verbs.details import Details
from qorgau.workplace.verbs.drafting import Drafting
from qorgau.workplace.verbs.extension import Extension, ExtensionProposed, ExtensionRefused
from qorgau.workplace.verbs.hand_over import HandOver
from qorgau.workplace.verbs.information_reply import InformationReply
from qorgau.workplace.verbs.information_request import InformationRequest
from qorgau.workplace.verbs.linking import Linking, Unlinking
from qorgau.workplace.verbs.merging import Merging, TakingIn
from qorgau.workplace.verbs.new_code import NewCode
from qorgau.workplace.verbs.noting import Noting
from qorgau.workplace.verbs.question import Question
from qorgau.workplace.verbs.redirection import Redirection
from qorgau.workplace.verbs.returning import Returning
from qorgau.workplace.verbs.sending_back import SendingBack
from qorgau.workplace.verbs.sensitivity import Ordinary, Sensitivity
from qorgau.workplace.verbs.separation import Separation
from qorgau.workplace.verbs.splitting import Splitting
from qorgau.workplace.verbs.submission import Submission
from qorgau.workplace.verbs.taking_back import TakingBack
from qorgau.workplace.verbs.temporary import Granting, Revocation
from qorgau.workplace.verbs.ticking import Ticking
from qorgau.workplace.verbs.withdrawal import Withdrawal

urlpatterns = [
    path("appeal/<str:number>/acceptance/", Acceptance.as_view(), name="acceptance"),
    path("appeal/<str:number>/assignment/", Assignment.as_view(), name="assignment"),
    path("appeal/<str:number>/return/", Returning.as_view(), name="return"),
    path("appeal/<str:number>/taking-back/", TakingBack.as_view(), name="taking_back"),
    path("appeal/<str:number>/hand-over/", HandOver.as_view(), name="hand_over"),
    path("appeal/<str:number>/redirection/", Redirection.as_view(), name="redirection"),
    path("appeal/<str:number>/information-request/", InformationRequest.as_view(), name="information_request"),
    path("appeal/<str:number>/information-reply/", InformationReply.as_view(), name="information_reply"),
    path("appeal/<str:number>/question/", Question.as_view(), name="question"),
    path("appeal/<str:number>/continuation/", Continuation.as_view(), name="continuation"),
    path("appeal/<str:number>/draft/", Drafting.as_view(), name="draft"),
    path("appeal/<str:number>/submission/", Submission.as_view(), name="submission"),
    path("appeal/<str:number>/approval/", Approval.as_view(), name="approval"),
    path("appeal/<str:number>/sending-back/", SendingBack.as_view(), name="sending_back"),
    path("appeal/<str:number>/answer/", Answering.as_view(), name="answer"),
    path("appeal/<str:number>/extension-proposal/", ExtensionProposed.as_view(), name="extension_proposal"),
    path("appeal/<str:number>/extension/", Extension.as_view(), name="extension"),
    path("appeal/<str:number>/extension-refusal/", ExtensionRefused.as_view(), name="extension_refusal"),
    path("appeal/<str:number>/new-code/", NewCode.as_view(), name="new_code"),
    path("appeal/<str:number>/withdrawal/", Withdrawal.as_view(), name="withdrawal"),
    path("appeal/<str:number>/note/", Noting.as_view(), name="note"),
    path("appeal/<str:number>/sensitivity/", Sensitivity.as_view(), name="sensitivity"),
    path("appeal/<str:number>/ordinary/", Ordinary.as_view(), name="ordinary"),
    path("appeal/<str:number>/correction/", Correction.as_view(), name="correction"),
    path("appeal/<str:number>/details/", Details.as_view(), name="details"),
    path("appeal/<str:number>/checklist/", Ticking.as_view(), name="checklist"),
    path("appeal/<str:number>/link/", Linking.as_view(), name="link"),
    path("appeal/<str:number>/unlink/", Unlinking.as_view(), name="unlink"),
    path("appeal/<str:number>/merging/", Merging.as_view(), name="merging"),
    path("appeal/<str:number>/taking-in/", TakingIn.as_view(), name="taking_in"),
    path("appeal/<str:number>/separation/", Separation.as_view(), name="separation"),
    path("appeal/<str:number>/split/", Splitting.as_view(), name="split"),
    path("appeal/<str:number>/temporary-grant/", Granting.as_view(), name="temporary_grant"),
    path("appeal/<str:number>/temporary-revocation/", Revocation.as_view(), name="temporary_revocation"),
]
