"""What the database itself keeps: first words never change, the journal only grows, numbers come from sequences."""

from django.db import migrations

FIRST_YEAR, LAST_YEAR = 2015, 2060

KEEP_FIRST_WORDS = """
CREATE FUNCTION register_keep_first_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an appeal is never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.number, NEW.text, NEW.circumstances, NEW.desired_outcome, NEW.received_at, NEW.registered_on,
        NEW.delivery_key, NEW.content_digest, NEW.channel, NEW.applicant_id)
       IS DISTINCT FROM
       (OLD.number, OLD.text, OLD.circumstances, OLD.desired_outcome, OLD.received_at, OLD.registered_on,
        OLD.delivery_key, OLD.content_digest, OLD.channel, OLD.applicant_id) THEN
        RAISE EXCEPTION 'number, first words and time of receipt of an appeal never change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'a change of an appeal raises its version' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_first_words BEFORE UPDATE OR DELETE ON register_appeal
    FOR EACH ROW EXECUTE FUNCTION register_keep_first_words();
"""

ONLY_GROWS = """
CREATE FUNCTION register_journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE ON register_journalline
    FOR EACH ROW EXECUTE FUNCTION register_journal_only_grows();
"""

SERIALS = f"""
DO $$
BEGIN
    FOR year IN {FIRST_YEAR}..{LAST_YEAR} LOOP
        EXECUTE format('CREATE SEQUENCE register_serial_%s', year);
    END LOOP;
END $$;
"""

NO_SERIALS = f"""
DO $$
BEGIN
    FOR year IN {FIRST_YEAR}..{LAST_YEAR} LOOP
        EXECUTE format('DROP SEQUENCE register_serial_%s', year);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.RunSQL(
            KEEP_FIRST_WORDS,
            "DROP TRIGGER keep_first_words ON register_appeal; DROP FUNCTION register_keep_first_words();",
        ),
        migrations.RunSQL(
            ONLY_GROWS,
            "DROP TRIGGER journal_only_grows ON register_journalline; DROP FUNCTION register_journal_only_grows();",
        ),
        migrations.RunSQL(SERIALS, NO_SERIALS),
    ]
