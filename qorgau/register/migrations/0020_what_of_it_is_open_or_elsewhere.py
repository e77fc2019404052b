from django.db import migrations, models

# In one statement: of a row that is written twice PostgreSQL still has something to check when the indexes are made.
_AS_IT_IS = """
    UPDATE register_participation part SET
        is_open = appeal.state IN ('awaiting_applicant', 'awaiting_clinic', 'in_work', 'on_approval', 'registered'),
        elsewhere = desk.region_id IS NOT NULL AND desk.region_id IS DISTINCT FROM part.region_id
    FROM register_appeal appeal, directory_desk desk WHERE appeal.id = part.appeal_id AND desk.id = part.desk_id
        AND (appeal.state IN ('awaiting_applicant', 'awaiting_clinic', 'in_work', 'on_approval', 'registered')
            OR (desk.region_id IS NOT NULL AND desk.region_id IS DISTINCT FROM part.region_id));
"""
# Whoever writes a participation says whether the appeal is open; the rest the database sees to.
_FOLLOW = """
    CREATE FUNCTION register_is_open(state text) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN
        state IN ('awaiting_applicant', 'awaiting_clinic', 'in_work', 'on_approval', 'registered');

    CREATE FUNCTION register_participation_opens() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE register_participation SET is_open = register_is_open(NEW.state) WHERE appeal_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER participation_opens AFTER UPDATE OF state ON register_appeal FOR EACH ROW
        WHEN (register_is_open(OLD.state) <> register_is_open(NEW.state))
        EXECUTE FUNCTION register_participation_opens();

    CREATE FUNCTION register_participation_is_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.elsewhere := EXISTS (
            SELECT 1 FROM directory_desk desk WHERE desk.id = NEW.desk_id AND desk.region_id IS NOT NULL
                AND desk.region_id IS DISTINCT FROM NEW.region_id
        );
        RETURN NEW;
    END $$;
    CREATE TRIGGER participation_is_elsewhere BEFORE INSERT OR UPDATE OF region_id ON register_participation
        FOR EACH ROW EXECUTE FUNCTION register_participation_is_elsewhere();

    CREATE FUNCTION register_participation_moves() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE register_participation SET region_id = region_id WHERE desk_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER participation_moves AFTER UPDATE OF region_id ON directory_desk FOR EACH ROW
        WHEN (OLD.region_id IS DISTINCT FROM NEW.region_id) EXECUTE FUNCTION register_participation_moves();
"""
_NO_MORE = """
    DROP TRIGGER participation_moves ON directory_desk;
    DROP FUNCTION register_participation_moves();
    DROP TRIGGER participation_is_elsewhere ON register_participation;
    DROP FUNCTION register_participation_is_elsewhere();
    DROP TRIGGER participation_opens ON register_appeal;
    DROP FUNCTION register_participation_opens();
    DROP FUNCTION register_is_open(text);
"""


class Migration(migrations.Migration):
    """A desk finds the few appeals it takes part in that are open, or not of its region, without asking each."""

    dependencies = [("register", "0019_offers_taken_back"), ("directory", "0014_where_regions_are")]

    operations = [
        migrations.AddField("participation", "is_open", models.BooleanField(default=False)),
        migrations.AddField("participation", "elsewhere", models.BooleanField(default=False, editable=False)),
        migrations.RunSQL(_AS_IT_IS, migrations.RunSQL.noop),
        migrations.AlterField("participation", "is_open", models.BooleanField()),
        migrations.RunSQL(_FOLLOW, _NO_MORE),
        migrations.AddIndex(
            "participation",
            models.Index(
                fields=["desk", "appeal"],
                condition=models.Q(is_open=True, ended_at__isnull=True),
                name="participation_open",
            ),
        ),
        migrations.AddIndex(
            "participation",
            models.Index(
                fields=["desk", "appeal"],
                condition=models.Q(elsewhere=True, ended_at__isnull=True),
                name="participation_elsewhere",
            ),
        ),
    ]
