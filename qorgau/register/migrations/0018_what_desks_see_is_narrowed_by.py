from datetime import UTC, date, datetime

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Case, DateField, F, Q, Value, When
from django.db.models.functions import Coalesce

_AS_IT_CAME = """
    UPDATE register_participation SET kind = appeal.kind, channel = appeal.channel, language = appeal.language,
        topic_id = appeal.topic_id, region_id = appeal.region_id
    FROM register_appeal appeal WHERE appeal.id = register_participation.appeal_id
"""
# What is corrected of an appeal is corrected wherever a desk takes part in it, whoever corrects it.
_FOLLOW = """
    CREATE FUNCTION register_participation_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE register_participation SET received_at = NEW.received_at, kind = NEW.kind, channel = NEW.channel,
            language = NEW.language, topic_id = NEW.topic_id, region_id = NEW.region_id
        WHERE appeal_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER participation_follows
        AFTER UPDATE OF received_at, kind, channel, language, topic_id, region_id ON register_appeal FOR EACH ROW
        WHEN ((OLD.received_at, OLD.kind, OLD.channel, OLD.language, OLD.topic_id, OLD.region_id)
            IS DISTINCT FROM (NEW.received_at, NEW.kind, NEW.channel, NEW.language, NEW.topic_id, NEW.region_id))
        EXECUTE FUNCTION register_participation_follows();
"""
_NO_MORE = """
    DROP TRIGGER participation_follows ON register_appeal;
    DROP FUNCTION register_participation_follows();
"""
_OPEN = ["awaiting_applicant", "awaiting_clinic", "in_work", "on_approval", "registered"]
_NEVER = Value(date(9999, 12, 31))
_DUE = Case(When(state__in=_OPEN, then=Coalesce(F("due_on"), _NEVER)), default=_NEVER, output_field=DateField())
_WAITING = Coalesce(F("waiting_since"), Value(datetime(9999, 12, 31, tzinfo=UTC)))


def _told(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0017_spent_word"), ("directory", "0014_where_regions_are")]

    operations = [
        migrations.RemoveIndex(model_name="participation", name="participation_by_receipt"),
        migrations.AddField("participation", "kind", models.CharField(default="", max_length=12)),
        migrations.AddField("participation", "channel", models.CharField(default="", max_length=12)),
        migrations.AddField("participation", "language", models.CharField(default="", max_length=2)),
        migrations.AddField("participation", "topic", _told("directory.topic")),
        migrations.AddField("participation", "region", _told("directory.region")),
        migrations.RunSQL(_AS_IT_CAME, migrations.RunSQL.noop),
        migrations.AlterField("participation", "kind", models.CharField(max_length=12)),
        migrations.AlterField("participation", "channel", models.CharField(max_length=12)),
        migrations.AlterField("participation", "language", models.CharField(max_length=2)),
        migrations.RunSQL(_FOLLOW, _NO_MORE),
        migrations.AddIndex(
            "participation",
            models.Index(
                fields=["desk", "-received_at", "-appeal"],
                include=("ended_at", "kind", "channel", "language", "topic", "region"),
                name="participation_by_receipt",
            ),
        ),
        # By due date, what was answered or ended comes last.
        migrations.RemoveIndex(model_name="appeal", name="appeal_desk"),
        migrations.RemoveIndex(model_name="appeal", name="appeal_due"),
        migrations.AddIndex(
            "appeal",
            models.Index(F("holder"), _DUE, _WAITING, F("id"), condition=Q(state__in=_OPEN), name="appeal_desk"),
        ),
        migrations.AddIndex("appeal", models.Index(_DUE, _WAITING, F("id"), name="appeal_due")),
    ]
