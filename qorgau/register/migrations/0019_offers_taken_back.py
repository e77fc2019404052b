from django.db import migrations, models

_WHAT_WAS_TAKEN_BACK = """
    UPDATE register_handover SET outcome = 'taken_back' WHERE outcome = 'lapsed' AND settled_by_id IS NOT NULL
"""


class Migration(migrations.Migration):
    """An offer that was taken back is told apart from one that lapsed, which nobody settled."""

    dependencies = [("register", "0018_what_desks_see_is_narrowed_by")]
    operations = [
        migrations.AlterField(
            model_name="handover",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "accepted"),
                    ("returned", "returned"),
                    ("taken_back", "taken back"),
                    ("lapsed", "lapsed"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(_WHAT_WAS_TAKEN_BACK, migrations.RunSQL.noop),
    ]
