"""When a telephone must not ring."""

from datetime import datetime, time, timedelta, tzinfo


def after_quiet_hours(moment: datetime, *, hours: tuple[int, int], zone: tzinfo) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into.

    `hours` are the first quiet hour and the first hour that is not, on the clock of `zone`; they may span midnight,
    and 24 is midnight too. Two equal hours mean that no hour is quiet. `moment` is aware; so is the answer, in the
    same zone as it came.
    """
    begins, ends = hours[0], hours[1] % 24
    local = moment.astimezone(zone)
    if not _is_quiet(local.hour, begins, ends):
        return moment
    day = local.date() if local.hour < ends else local.date() + timedelta(days=1)
    return datetime.combine(day, time(ends), tzinfo=zone).astimezone(moment.tzinfo)


def _is_quiet(hour: int, begins: int, ends: int) -> bool:
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends
