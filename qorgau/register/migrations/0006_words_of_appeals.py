"""The words appeals are found by, for those that are there already too."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import connection, migrations, models

import qorgau.lib.text_search
from qorgau.register.words import lexemes

_ROWS = """
    SELECT a.id, a.text, a.circumstances, a.desired_outcome, a.organisation_as_said,
        p.surname, p.given_name, p.patronymic, q.surname, q.given_name, q.patronymic,
        (SELECT array_agg(m.text) FROM register_message m WHERE m.appeal_id = a.id AND m.direction = 'from_applicant'),
        (SELECT n.text FROM register_answer n WHERE n.appeal_id = a.id AND n.sent_at IS NOT NULL)
    FROM register_appeal a
    JOIN people_applicant p ON p.id = a.applicant_id
    LEFT JOIN people_applicant q ON q.id = a.patient_id
    WHERE a.id > %s ORDER BY a.id LIMIT 1000
"""
_WRITE = "INSERT INTO register_appealwords (appeal_id, lexemes) VALUES (%s, array_to_tsvector(%s::text[]))"


def fill(apps, schema_editor):
    """A thousand at a time, so that memory stays the same however many there are."""
    after = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_ROWS, [after])
            rows = cursor.fetchall()
            if not rows:
                return
            cursor.executemany(_WRITE, [[row[0], _lexemes(row)] for row in rows])
            after = rows[-1][0]


def _lexemes(row):
    texts, names, messages, answer = row[1:5], row[5:11], row[11] or [], row[12] or ""
    return lexemes((*texts, *messages, answer), (name for name in names if name))


class Migration(migrations.Migration):
    dependencies = [("register", "0007_who_may_see")]

    operations = [
        migrations.CreateModel(
            name="AppealWords",
            fields=[
                (
                    "appeal",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="register.appeal",
                    ),
                ),
                ("lexemes", qorgau.lib.text_search.Lexemes()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="appealwords",
            index=django.contrib.postgres.indexes.GinIndex(fields=["lexemes"], name="appeal_words"),
        ),
    ]
