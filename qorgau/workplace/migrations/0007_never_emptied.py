from django.db import migrations

from qorgau.lib.never_emptied import never_emptied


class Migration(migrations.Migration):
    dependencies = [("workplace", "0006_several_at_once")]

    operations = never_emptied("workplace", ["workplace_export"])
