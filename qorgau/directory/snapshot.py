"""The snapshot of all reference data: what each part of the house asks the directory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from qorgau.directory.calendars import Calendars
from qorgau.directory.models import (
    AnswerTemplate,
    AttachmentReason,
    Checklist,
    ChecklistStep,
    Desk,
    HandlingLimit,
    InsuranceCategory,
    Label,
    Organisation,
    OwnField,
    Region,
    StateLabel,
    Topic,
)
from qorgau.directory.region_names import key_of, keys_of
from qorgau.lib.distance import Point, kilometres
from qorgau.lib.speech import name_in
from qorgau.rules.attachment import Campaign
from qorgau.rules.contributions import NO_TARIFF, Tariff
from qorgau.rules.insured_status import StatusRules
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind
from qorgau.rules.limits import WITHOUT_A_ROW, Limit
from qorgau.rules.policies import Policy, Purpose, policy_in_force
from qorgau.rules.warnings import WarningTerms, warning_terms_in_force
from qorgau.rules.working_days import Calendar

Place = tuple[str, int | None, int | None]
"""What makes a desk the only one: its kind, and its region or its organisation."""


@dataclass(frozen=True, eq=False, repr=False)
class Reference:
    """All reference data at one version, rows that are no longer in force included, for appeals that name them.

    Rows are shared by all threads and know their relations (`organisation.region`, `desk.organisation`,
    `topic.parent`); saving one is refused.
    """

    stamp: UUID | None
    organisations_stamp: UUID | None
    regions: Mapping[int, Region]
    organisations: Mapping[int, Organisation]
    desks: Mapping[int, Desk]
    topics: Mapping[int, Topic]
    templates: Mapping[int, AnswerTemplate]
    policies: tuple[Policy, ...]
    calendars: Calendars
    labels: Mapping[int, Label] = field(default_factory=dict)
    own_fields: Mapping[int, OwnField] = field(default_factory=dict)
    state_labels: tuple[StateLabel, ...] = ()
    status_rules: tuple[StatusRules, ...] = ()
    tariff: Tariff = NO_TARIFF
    warning_terms: tuple[WarningTerms, ...] = ()
    insurance_categories: Mapping[int, InsuranceCategory] = field(default_factory=dict)
    limits: tuple[HandlingLimit, ...] = ()
    checklists: Mapping[int, Checklist] = field(default_factory=dict)
    checklist_steps: Mapping[int, ChecklistStep] = field(default_factory=dict)
    campaigns: tuple[Campaign, ...] = ()
    attachment_reasons: Mapping[int, AttachmentReason] = field(default_factory=dict)

    # --- Regions and organisations ---

    def region_by_kato(self, kato: str) -> Region | None:
        """The region of a KATO code, which has nine digits."""
        return self._regions_by_kato.get(kato)

    def find_region(self, text: str) -> Region | None:
        """The region that a person or a file means: a KATO code (also of a district), an ISO code, a name, an alias."""
        return self._regions_by_key.get(key_of(text))

    def regions_in_order(self, language: str | None = None) -> list[Region]:
        """Regions in force today, as people of a language look for them: in the order of its alphabet."""
        today = timezone.localdate()
        regions = [region for region in self.regions.values() if region.holds_on(today)]
        if language == "kk":
            return sorted(regions, key=lambda region: region.sort_key)
        return sorted(regions, key=lambda region: name_in(region, language).casefold())

    def regions_near(self, place: Point, *, within: float) -> list[Region]:
        """Regions in force today whose main towns are no farther than so many kilometres, the nearest first.

        Which region a place lies in is not known: that of the nearest main town is the likeliest, not the only one.
        """
        away = {
            region.pk: kilometres(place, (region.latitude, region.longitude))
            for region in self.regions_in_order()
            if region.latitude is not None and region.longitude is not None
        }
        near = [pk for pk, distance in away.items() if distance <= within]
        return [self.regions[pk] for pk in sorted(near, key=away.__getitem__)]

    @cached_property
    def _regions_by_kato(self) -> Mapping[str, Region]:
        return {region.kato: region for region in self.regions.values()}

    @cached_property
    def _regions_by_key(self) -> Mapping[tuple[str, ...], Region]:
        return {key: region for region in self.regions.values() for key in keys_of(region)}

    # --- Desks ---

    def desk_of(
        self,
        kind: DeskKind | str,
        *,
        region_id: int | None = None,
        organisation_id: int | None = None,
        on: date | None = None,
    ) -> Desk | None:
        """The desk of a kind, if there is one in force (today unless `on` says another day).

        A clinic's desk is found by its organisation, a health department's and a branch's by the region, which is the
        organisation's when it is not given; the contact centre and the Fund's centre are one each.
        """
        desk = self._desks_by_place.get(self._place(DeskKind(kind), region_id, organisation_id))
        return desk if desk is not None and desk.holds_on(on or timezone.localdate()) else None

    @cached_property
    def _desks_by_place(self) -> Mapping[Place, Desk]:
        return {place: desk for desk in self.desks.values() if (place := _place_of(desk)) is not None}

    def _place(self, kind: DeskKind, region_id: int | None, organisation_id: int | None) -> Place:
        if kind == DeskKind.CLINIC:
            return (kind.value, None, organisation_id)
        if kind in (DeskKind.CONTACT_CENTRE, DeskKind.CENTRE):
            return (kind.value, None, None)
        if region_id is None and organisation_id is not None and organisation_id in self.organisations:
            region_id = self.organisations[organisation_id].region_id
        return (kind.value, region_id, None)

    # --- Topics ---

    def topic_by_code(self, code: str) -> Topic | None:
        """The topic of a code, also one that is no longer in force."""
        return self._topics_by_code.get(code)

    def topic_tree(self, on: date | None = None) -> list[tuple[Topic, list[Topic]]]:
        """Groups in force and their topics in force, both in their places; groups without topics are left out."""
        day = on or timezone.localdate()
        children: dict[int, list[Topic]] = {}
        for topic in self.topics.values():
            if topic.parent_id is not None and topic.holds_on(day):
                children.setdefault(topic.parent_id, []).append(topic)
        return [
            (group, children[group.pk])
            for group in self.topics.values()
            if group.parent_id is None and group.holds_on(day) and group.pk in children
        ]

    @cached_property
    def _topics_by_code(self) -> Mapping[str, Topic]:
        return {topic.code: topic for topic in self.topics.values()}

    # --- Texts ---

    def templates_for(
        self, *, desk_kind: DeskKind | str = "", topic_id: int | None = None, on: date | None = None
    ) -> list[AnswerTemplate]:
        """Answer templates in force for a desk and a topic: those of the topic first, then those for any."""
        day = on or timezone.localdate()
        fitting = [
            template
            for template in self.templates.values()
            if template.holds_on(day)
            and template.desk_kind in ("", str(desk_kind))
            and template.topic_id in (None, topic_id)
        ]
        return sorted(fitting, key=lambda template: (template.topic_id is None, template.code))

    # --- An installation's own words ---

    def labels_in_force(self, on: date | None = None) -> list[Label]:
        """The labels that staff may put on appeals on a day, in their places."""
        day = on or timezone.localdate()
        return [label for label in self.labels.values() if label.holds_on(day)]

    @property
    def has_own_states(self) -> bool:
        """Whether any state is called by own words at all."""
        return bool(self.state_labels)

    def state_label(
        self, state: str, *, desk_kind: DeskKind | str, topic_id: int | None, on: date
    ) -> StateLabel | None:
        """The own words for a state: of the topic at this desk, else of the topic, of the desk, of all."""
        own = self.topics.get(topic_id or 0)
        topics = dict.fromkeys((topic_id, own.parent_id if own else None))
        wanted = [(topic, kind) for topic in topics if topic is not None for kind in (str(desk_kind), "")]
        for about, kind in [*wanted, (None, str(desk_kind)), (None, "")]:
            for row in self._state_labels_by_key.get((state, kind, about), ()):
                if row.holds_on(on):
                    return row
        return None

    @cached_property
    def _state_labels_by_key(self) -> Mapping[tuple[str, str, int | None], list[StateLabel]]:
        by_key: dict[tuple[str, str, int | None], list[StateLabel]] = {}
        for row in self.state_labels:
            by_key.setdefault((row.state, row.desk_kind, row.topic_id), []).append(row)
        return by_key

    # --- Checklists ---

    def checklists_for(
        self, *, topic_id: int | None, kind: str, on: date
    ) -> list[tuple[Checklist, list[ChecklistStep]]]:
        """The lists of a topic and a kind on a day, each with its steps in their places: those for all topics first,
        then that of the group, then that of the topic itself. A list without steps is left out.
        """
        own = self.topics.get(topic_id or 0)
        topics = (None, own.parent_id if own else None, topic_id)
        fitting = [
            checklist
            for checklist in self.checklists.values()
            if checklist.topic_id in topics and checklist.appeal_kind in ("", kind) and checklist.holds_on(on)
        ]
        fitting.sort(key=lambda checklist: (topics.index(checklist.topic_id), checklist.code))
        with_steps = ((checklist, self.steps_of(checklist, on=on)) for checklist in fitting)
        return [(checklist, steps) for checklist, steps in with_steps if steps]

    def steps_of(self, checklist: Checklist, *, on: date) -> list[ChecklistStep]:
        """The steps of a list on a day, in their places."""
        return [step for step in self._steps_by_checklist.get(checklist.pk, ()) if step.holds_on(on)]

    @cached_property
    def _steps_by_checklist(self) -> Mapping[int, list[ChecklistStep]]:
        by_checklist: dict[int, list[ChecklistStep]] = {}
        for step in self.checklist_steps.values():
            by_checklist.setdefault(step.checklist_id, []).append(step)
        return by_checklist

    # --- Attachment to clinics ---

    def reasons_for_attachment(self, on: date) -> list[AttachmentReason]:
        """The reasons in force on a day, in their places."""
        return [reason for reason in self.attachment_reasons.values() if reason.holds_on(on)]

    def reason_for_attachment(self, code: str, on: date) -> AttachmentReason | None:
        """The reason of a code, if there is one in force on a day."""
        return next((reason for reason in self.reasons_for_attachment(on) if reason.code == code), None)

    # --- Time ---

    def policy(
        self,
        purpose: Purpose | str,
        *,
        on: date,
        kind: Kind | str | None = None,
        procedure: Procedure | str | None = None,
        desk_kind: DeskKind | str | None = None,
    ) -> Policy:
        """The term in force on a day; its `row_id` is the `DeadlinePolicy`. Raises Problem when there is a gap."""
        return policy_in_force(
            self.policies,
            on,
            purpose=Purpose(purpose),
            kind=Kind(kind) if kind else None,
            procedure=Procedure(procedure) if procedure else None,
            desk_kind=DeskKind(desk_kind) if desk_kind else None,
        )

    def limit(self, limit: Limit, *, on: date) -> int:
        """A limit on a day: the row in force that began last, or what holds without a row."""
        rows = [row for row in self.limits if row.limit == limit and row.holds_on(on)]
        latest = max(rows, key=lambda row: row.valid_from or date.min, default=None)
        return latest.value if latest else WITHOUT_A_ROW[limit]

    def warning_terms_on(self, day: date) -> WarningTerms:
        """How long before the end of insurance people are warned."""
        return warning_terms_in_force(self.warning_terms, day)

    @property
    def calendar(self) -> Calendar:
        """The working calendar with the hours of today."""
        return self.calendars.on(timezone.localdate())

    def calendar_on(self, day: date) -> Calendar:
        """The working calendar with the hours that are in force on a day."""
        return self.calendars.on(day)


def _place_of(desk: Desk) -> Place | None:
    """Where a desk stands; nowhere when what it belongs to is missing."""
    if desk.kind in (DeskKind.CONTACT_CENTRE.value, DeskKind.CENTRE.value):
        return (desk.kind, None, None)
    if desk.kind == DeskKind.CLINIC.value:
        return (desk.kind, None, desk.organisation_id) if desk.organisation_id else None
    return (desk.kind, desk.region_id, None) if desk.region_id else None
