"""The desk's ground: a register the size of a country under var/bench/desk, filled once and kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import rmtree

from bench import ground
from bench.country_shape import VERSION
from qorgau.lib.embedded_postgres import EmbeddedPostgres

FOLDER = ground.FOLDER / "desk"
_STAMP = FOLDER / "filled"


@contextmanager
def desk_ground(appeals: int) -> Iterator[EmbeddedPostgres]:
    """The database with so many appeals; the one of last time when it is of this size and shape."""
    wanted = f"{VERSION} {appeals}"
    if not _STAMP.exists() or _STAMP.read_text() != wanted:
        for leftover in ("db", "files", "stamps"):
            rmtree(FOLDER / leftover, ignore_errors=True)
        _STAMP.unlink(missing_ok=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    database = EmbeddedPostgres(FOLDER / "db", database="qorgau")
    database.join()
    try:
        _prepare(appeals)
        _STAMP.write_text(wanted)
        yield database
    finally:
        database.leave()


def _prepare(appeals: int) -> None:
    import django

    django.setup()
    from django.db import connection

    from qorgau.preparation import prepare
    from qorgau.register.known_words import gather

    prepare(demo=False, say=print)
    if not _STAMP.exists():
        from bench import country, filling

        print(f"Filling a register with {appeals:,} appeals; it is kept for the next time ...")
        filling.organisations(ground.ORGANISATIONS)
        _staff_the_desks(country.CLINICS_IN_A_REGION)
        filling.appeals(3)
        country.fill(appeals)
        gather()
        with connection.cursor() as cursor:
            for statement in ("VACUUM (ANALYZE)", "CHECKPOINT"):
                cursor.execute(statement)
    connection.close()


def _staff_the_desks(clinics_in_a_region: int) -> None:
    """Support services for so many clinics of every region, and people at every desk."""
    from django.db import connection

    from qorgau.directory.clinic_desks import clinic_desk
    from qorgau.directory.models import Desk, Organisation, Region
    from qorgau.directory.reference import refresh
    from qorgau.people.models import Staff
    from qorgau.rules.ladder import DeskKind
    from qorgau.rules.roles import Role

    for region in Region.objects.all():
        ours = Organisation.objects.filter(region=region).order_by("pk")[:clinics_in_a_region]
        Desk.objects.bulk_create(clinic_desk(organisation) for organisation in ours)
    role_at = {
        DeskKind.CONTACT_CENTRE: Role.OPERATOR,
        DeskKind.CLINIC: Role.CLINIC_SPECIALIST,
        DeskKind.HEALTH_DEPARTMENT: Role.HEALTH_DEPARTMENT_SPECIALIST,
        DeskKind.BRANCH: Role.BRANCH_SPECIALIST,
        DeskKind.CENTRE: Role.CENTRAL_EXPERT,
    }
    Staff.objects.bulk_create(
        Staff(
            username=f"bench-{desk.pk}-{serial}",
            role=role_at[DeskKind(desk.kind)].value,
            desk=desk,
            language="ru",
            first_name="Айгүл",
            last_name="Сейітова",
            password="!",
        )
        for desk in Desk.objects.all()
        for serial in range(3)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    refresh()
