"""What was granted for a month: rows that only grow, and never two for one person and day."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A range over one uuid lets the constraint compare persons without an extension for it. A status that was revoked before
# it began has an empty range of days, which overlaps nothing.
ONE_AT_A_TIME = """
CREATE TYPE insured_person_range AS RANGE (subtype = uuid);
ALTER TABLE insured_temporarystatus ADD CONSTRAINT one_temporary_status_at_a_time EXCLUDE USING gist (
    insured_person_range(person, person, '[]') WITH &&,
    daterange(since, GREATEST(since, last_day + 1), '[)') WITH &&
);
"""

ONLY_GROWS = """
CREATE FUNCTION insured_temporary_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.person, NEW.category, NEW.since, NEW.until, NEW.appeal_number, NEW.documents, NEW.rules,
             NEW.granted_at, NEW.granted_by_id)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.person, OLD.category, OLD.since, OLD.until, OLD.appeal_number, OLD.documents, OLD.rules,
             OLD.granted_at, OLD.granted_by_id)
        AND (OLD.told_at IS NULL OR NEW.told_at IS NOT DISTINCT FROM OLD.told_at)
        AND (OLD.revoked_at IS NULL
             OR (NEW.revoked_at, NEW.revoked_by_id, NEW.last_day)
                 IS NOT DISTINCT FROM (OLD.revoked_at, OLD.revoked_by_id, OLD.last_day))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was granted is append-only: it is revoked, and neither changed nor deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER temporary_only_grows BEFORE UPDATE OR DELETE ON insured_temporarystatus
    FOR EACH ROW EXECUTE FUNCTION insured_temporary_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("insured", "0004_certificates"),
    ]

    operations = [
        migrations.CreateModel(
            name="TemporaryStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.UUIDField()),
                ("category", models.CharField(max_length=20)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("last_day", models.DateField()),
                ("appeal_number", models.CharField(max_length=16)),
                (
                    "documents",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("rules", models.CharField(max_length=60)),
                ("granted_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
                "indexes": [
                    models.Index(fields=["person"], name="temporary_of_person"),
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)), fields=["last_day"], name="temporary_to_tell"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("last_day", models.F("until")),
                                ("revoked_at__isnull", True),
                                ("revoked_by__isnull", True),
                            ),
                            models.Q(
                                ("last_day__lte", models.F("until")),
                                ("revoked_at__isnull", False),
                                ("revoked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="temporary_whole_or_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="temporary_has_days"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            ONE_AT_A_TIME,
            "ALTER TABLE insured_temporarystatus DROP CONSTRAINT one_temporary_status_at_a_time;"
            " DROP TYPE insured_person_range;",
        ),
        migrations.RunSQL(
            ONLY_GROWS,
            "DROP TRIGGER temporary_only_grows ON insured_temporarystatus;"
            " DROP FUNCTION insured_temporary_only_grows();",
        ),
    ]
