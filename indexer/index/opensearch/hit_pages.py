"""All hits of a search, page after page, as of one moment."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import suppress
from typing import Any

from corpus.errors import EngineError
from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.client import ClusterClient

_PAGE = 5000
_KEEP_ALIVE = "5m"


def read_pages(
    client: ClusterClient, index: str, body: Mapping[str, Any], parameters: Mapping[str, str] | None = None
) -> Generator[list[ClusterAnswer], None, None]:
    """Yield the hits of a search page by page, however many they are.

    Args:
        client: the cluster.
        index: the name of the index.
        body: the search, with a sort that orders every document in one way.
        parameters: of the search's address.

    Raises:
        EngineError: the cluster does not answer, or not in full, or with the same page over and over.
    """
    moment = client.request("POST", f"/{index}/_search/point_in_time?keep_alive={_KEEP_ALIVE}").text("pit_id")
    asked = {"size": _PAGE, **body, "pit": {"id": moment, "keep_alive": _KEEP_ALIVE}}
    is_away = False
    try:
        while True:
            answer = client.search("", asked, **(parameters or {}))
            hits = answer.tables("hits", "hits")
            if hits:
                yield hits
            if len(hits) < asked["size"]:
                return
            last = hits[-1].listed("sort")
            if last == asked.get("search_after"):
                client.refuse("the same page twice")
            asked["search_after"] = last
    except EngineError:
        is_away = True
        raise
    finally:
        if not is_away:  # the cluster closes it by itself after a while
            with suppress(EngineError):
                client.request("DELETE", "/_search/point_in_time", {"pit_id": [moment]})
