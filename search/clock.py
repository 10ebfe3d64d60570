"""One clock for all that is read from the database to be indexed: it never goes back, and is the same on every machine.

It keeps the database's own order: who reads later has the later moment, whatever the machines' clocks say. It runs along with them, so that
after a backup was restored, too, everything is later than what the index holds.
"""

import time

from django.db import connection, transaction

from search.models import Clock

ONLY = 1
TICK = f"""
    INSERT INTO {Clock._meta.db_table} AS held (id, moment) VALUES (%s, %s)
    ON CONFLICT (id) DO UPDATE SET moment =
        CASE WHEN excluded.moment > held.moment THEN excluded.moment ELSE held.moment + 1 END
"""


def tick() -> int:
    """A moment, in microseconds, later than all before. Take it before reading."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TICK, [ONLY, time.time_ns() // 1000])
        return Clock.objects.values_list("moment", flat=True).get(pk=ONLY)
