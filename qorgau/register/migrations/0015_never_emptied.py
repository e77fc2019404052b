from django.db import migrations

from qorgau.lib.never_emptied import never_emptied


class Migration(migrations.Migration):
    dependencies = [("register", "0014_what_a_desk_sees_by_receipt")]

    operations = never_emptied("register", ["register_appeal", "register_journalline", "register_opening"])
