"""How long answers take, in working time: the median and the time within which nine of ten came.

Set-wise in one statement: the calendar goes along as a table of days with the working seconds before each
(`rules/working_time.py`), so the working time between two moments is a difference of two look-ups, whatever hours and
holidays lie between them.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Least

from qorgau.directory.calendars import Calendars
from qorgau.directory.reference import current
from qorgau.register.models import Message
from qorgau.rules.working_time import DayOfWork, days_of_work
from qorgau.workplace.supervision.asked import COLUMN_OF, Asked
from qorgau.workplace.supervision.figures import Figure

_FIRST_DAY = date(2015, 1, 1)
"""No appeal in the register is older."""


@dataclass(frozen=True, slots=True)
class Times:
    """Working seconds until the first answer and until the answer: of half of the appeals, and of nine in ten."""

    first_half: int
    first_most: int
    whole_half: int
    whole_most: int


def times(asked: Asked) -> tuple[dict[int | None, Times], Times | None]:
    """The times of each line of the table, and of all together; lines without an answer have none."""
    column = COLUMN_OF[asked.by]
    written = Message.objects.filter(appeal_id=OuterRef("pk"), direction="to_applicant").order_by("at")
    answered = (
        asked.counted(Figure.ANSWERED)
        .order_by()
        .annotate(key=F(column), first_words=Least(Subquery(written.values("at")[:1]), F("answered_at")))
        .values_list("key", "received_at", "first_words", "answered_at")
    )
    sql, parameters = answered.query.sql_with_params()
    table = _days(current().calendars, asked.today)
    days = [[getattr(row, name) for row in table] for name in ("day", "opens", "closes", "before")]
    with connection.cursor() as cursor:
        cursor.execute(_PERCENTILES.format(answered=sql), [*days, *parameters, *[settings.TIME_ZONE] * 3])
        rows = cursor.fetchall()
    lines = {key: Times(*first, *whole) for key, is_total, first, whole in rows if not is_total}
    total = next((Times(*first, *whole) for _key, is_total, first, whole in rows if is_total and first), None)
    return lines, total


def _passed(moment: str) -> str:
    """SQL of the working seconds until a moment, from the day of the table it is joined to."""
    day = f"{moment}_day"
    return f"{day}.before + LEAST(GREATEST({moment}_second - {day}.opens, 0), {day}.closes - {day}.opens)"


_PERCENTILES = f"""
    WITH days AS MATERIALIZED (
        SELECT * FROM unnest(%s::date[], %s::int[], %s::int[], %s::int[]) AS d (day, opens, closes, before)
    ), answered (key, received_at, first_at, whole_at) AS ({{answered}}),
    here AS (
        SELECT key, received_at AT TIME ZONE %s AS received, first_at AT TIME ZONE %s AS first,
            whole_at AT TIME ZONE %s AS whole
        FROM answered
    ), seconds AS (
        SELECT key, received::date AS received_on, first::date AS first_on, whole::date AS whole_on,
            floor(extract(epoch FROM received::time))::int AS received_second,
            floor(extract(epoch FROM first::time))::int AS first_second,
            floor(extract(epoch FROM whole::time))::int AS whole_second
        FROM here
    ), took AS (
        SELECT key,
            GREATEST({_passed("first")} - ({_passed("received")}), 0) AS first,
            GREATEST({_passed("whole")} - ({_passed("received")}), 0) AS whole
        FROM seconds
        JOIN days AS received_day ON received_day.day = received_on
        JOIN days AS first_day ON first_day.day = first_on
        JOIN days AS whole_day ON whole_day.day = whole_on
    )
    SELECT key, grouping(key) = 1,
        percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY first),
        percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY whole)
    FROM took GROUP BY GROUPING SETS ((key), ())
"""  # noqa: S608 - made of our own words; values are parameters


@lru_cache(maxsize=4)
def _days(calendars: Calendars, last: date) -> list[DayOfWork]:
    # Whenever the directory is read anew its calendars are others, so a holiday that is moved makes another table.
    return days_of_work(_FIRST_DAY, last, calendars.on)
