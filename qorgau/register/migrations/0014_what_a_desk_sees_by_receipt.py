import django.db.models.deletion
from django.db import migrations, models

_WHEN_IT_CAME = """
    UPDATE register_participation SET received_at = appeal.received_at
    FROM register_appeal appeal WHERE appeal.id = register_participation.appeal_id
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0013_participation_answers_by_its_indexes")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="received_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(_WHEN_IT_CAME, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="participation",
            name="received_at",
            field=models.DateTimeField(),
        ),
        migrations.RemoveIndex(model_name="participation", name="participation_of_appeal"),
        migrations.RemoveConstraint(model_name="participation", name="participation_once"),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=["appeal", "desk"], include=["ended_at"], name="participation_once"
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                fields=["desk", "-received_at", "-appeal"], include=["ended_at"], name="participation_by_receipt"
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="topic",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.topic",
            ),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["topic", "-received_at", "-id"], name="appeal_topic"),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(
                fields=["state", "-received_at", "-id"],
                name="appeal_in_rare_state",
                condition=models.Q(
                    state__in=[
                        "answered", "awaiting_applicant", "awaiting_clinic", "merged", "on_approval", "redirected",
                        "withdrawn",
                    ]
                ),
            ),
        ),
        migrations.RemoveIndex(model_name="appeal", name="appeal_assignee"),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(
                fields=["assignee", "state"], condition=models.Q(assignee__isnull=False), name="appeal_assignee"
            ),
        ),
    ]  # fmt: skip
