"""People are found by what the mask of their IIN shows. Those who are known already get its hash, some thousand at a time;
a migration that was broken off goes on where it was."""

from django.db import migrations, models

SOME = 5_000


def give_hashes(apps, schema_editor):
    from qorgau.lib.sealed import unseal
    from qorgau.people.applicants import hash_of_what_is_shown

    people = apps.get_model("people", "Applicant").objects.filter(iin_sealed__isnull=False, iin_shown_hash__isnull=True)
    reached = 0
    while some := list(people.filter(pk__gt=reached).order_by("pk").only("pk", "iin_sealed")[:SOME]):
        for person in some:
            person.iin_shown_hash = hash_of_what_is_shown(unseal(bytes(person.iin_sealed)))
        people.model.objects.bulk_update(some, ["iin_shown_hash"], batch_size=1_000)
        reached = some[-1].pk


class Migration(migrations.Migration):
    # Each batch is kept as soon as it is written.
    atomic = False

    dependencies = [("people", "0008_never_emptied")]

    operations = [
        migrations.AddField(
            model_name="applicant",
            name="iin_shown_hash",
            field=models.BinaryField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="applicant",
            index=models.Index(
                condition=models.Q(("iin_shown_hash__isnull", False)),
                fields=["iin_shown_hash"],
                name="applicant_iin_shown",
            ),
        ),
        migrations.RunPython(give_hashes, migrations.RunPython.noop),
    ]
