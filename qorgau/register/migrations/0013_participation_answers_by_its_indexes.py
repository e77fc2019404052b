import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0012_choice_of_a_clinic")]

    operations = [
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["appeal", "desk"], include=["ended_at"], name="participation_of_appeal"),
        ),
        migrations.AlterField(
            model_name="participation",
            name="appeal",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participations",
                to="register.appeal",
            ),
        ),
        migrations.RemoveConstraint(model_name="participation", name="participation_once"),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                fields=["desk", "appeal"], include=["ended_at"], name="participation_once"
            ),
        ),
    ]
