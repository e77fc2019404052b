"""What the database itself keeps: roles only at their desks, books of sign-ins and changes that only grow."""

from django.db import migrations

ROLE_AT_ITS_DESK = """
CREATE FUNCTION people_role_belongs_at(role text, desk_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE role
        WHEN 'operator' THEN desk_kind = 'contact_centre'
        WHEN 'clinic_specialist' THEN desk_kind = 'clinic'
        WHEN 'clinic_manager' THEN desk_kind = 'clinic'
        WHEN 'health_department_specialist' THEN desk_kind = 'health_department'
        WHEN 'branch_specialist' THEN desk_kind = 'branch'
        WHEN 'central_expert' THEN desk_kind = 'centre'
        WHEN 'approver' THEN desk_kind <> 'clinic'
        ELSE true
    END
$$;
CREATE FUNCTION people_role_at_its_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.desk_id IS NOT NULL AND NOT people_role_belongs_at(
        NEW.role, (SELECT kind FROM directory_desk WHERE id = NEW.desk_id)
    ) THEN
        RAISE EXCEPTION 'the role % does not belong at this desk', NEW.role
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'staff_role_at_its_desk';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER role_at_its_desk BEFORE INSERT OR UPDATE OF role, desk_id ON people_staff
    FOR EACH ROW EXECUTE FUNCTION people_role_at_its_desk();
CREATE FUNCTION people_desk_keeps_its_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_staff WHERE desk_id = NEW.id AND NOT people_role_belongs_at(role, NEW.kind)) THEN
        RAISE EXCEPTION 'people work at this desk whose role belongs to another kind of desk'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'staff_role_at_its_desk';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER desk_keeps_its_people BEFORE UPDATE OF kind ON directory_desk
    FOR EACH ROW EXECUTE FUNCTION people_desk_keeps_its_people();
"""

NO_ROLE_AT_ITS_DESK = """
DROP TRIGGER desk_keeps_its_people ON directory_desk;
DROP TRIGGER role_at_its_desk ON people_staff;
DROP FUNCTION people_desk_keeps_its_people();
DROP FUNCTION people_role_at_its_desk();
DROP FUNCTION people_role_belongs_at(text, text);
"""

ONLY_GROWS = """
CREATE FUNCTION people_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON people_signinevent
    FOR EACH ROW EXECUTE FUNCTION people_only_grows();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON people_staffchange
    FOR EACH ROW EXECUTE FUNCTION people_only_grows();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON people_consenttext
    FOR EACH ROW EXECUTE FUNCTION people_only_grows();
"""

NOT_ONLY_GROWS = """
DROP TRIGGER only_grows ON people_signinevent;
DROP TRIGGER only_grows ON people_staffchange;
DROP TRIGGER only_grows ON people_consenttext;
DROP FUNCTION people_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_accounts_and_sign_in"), ("directory", "0001_initial")]

    operations = [
        migrations.RunSQL(ROLE_AT_ITS_DESK, NO_ROLE_AT_ITS_DESK),
        migrations.RunSQL(ONLY_GROWS, NOT_ONLY_GROWS),
    ]
