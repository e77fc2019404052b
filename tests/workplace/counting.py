"""How many queries a page takes, without the look at the directory's version that comes every two seconds."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, address: str) -> list[str]:
    """The queries of a page that was opened once before."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries if "directory_directoryversion" not in query["sql"]]
