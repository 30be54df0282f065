"""Questions to one state of an index on a cluster: searches, counts of documents, and the terms of patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, NoReturn

from indexer.index.opensearch.answer import ClusterAnswer
from indexer.index.opensearch.client import ClusterClient
from indexer.index.opensearch.hit_pages import read_pages
from search.deadline import check_deadline

Body = dict[str, Any]

ALL: Body = {"bool": {"filter": [{"match_all": {}}]}}
"""Matches every document with a score of 0."""
NONE: Body = {"match_none": {}}

LISTED_TERMS = 1000
"""Terms of a pattern that one request lists; the cluster allows 1,024 at a time."""
_COUNTS_AT_ONCE = 48
"""Counts of one request that looks at each document once; more are asked singly, which costs more but does not grow."""
_SEARCHES_AT_ONCE = 200
_ROUTINGS_OF_A_PART = 100
"""Routing values that are tried for each part of the index. They lead to its parts by chance."""


class ClusterReader:
    """Asks one index on a cluster. Any thread may use it.

    Attributes:
        index: the name of the index.
    """

    def __init__(self, client: ClusterClient, index: str) -> None:
        self._client, self.index = client, index

    def search(self, body: Mapping[str, Any], *, scored: bool = False) -> ClusterAnswer:
        """Return the answer to a search, of which every part of the index has a share.

        Args:
            body: the search.
            scored: whether scores are asked for, which then go by the counts of the whole index.
        """
        check_deadline()
        parameters = {"search_type": "dfs_query_then_fetch"} if scored else {}
        return self._client.search(self.index, body, **parameters)

    def count(self, query: Body) -> int:
        """Return the number of documents that a query matches."""
        answer = self.search({"size": 0, "track_total_hits": True, "query": query})
        return answer.integer("hits", "total", "value")

    def counts(self, queries: Sequence[Body]) -> list[int]:
        """Return the number of documents that each of some queries matches."""
        if not queries:
            return []
        if len(queries) <= _COUNTS_AT_ONCE:
            filters = {str(number): query for number, query in enumerate(queries)}
            answer = self.search({"size": 0, "aggs": {"counts": {"filters": {"filters": filters}}}})
            buckets = answer.table("aggregations", "counts", "buckets")
            return [buckets.integer(str(number), "doc_count") for number in range(len(queries))]
        found: list[int] = []
        for start in range(0, len(queries), _SEARCHES_AT_ONCE):
            found += self._count_singly(queries[start : start + _SEARCHES_AT_ONCE])
        return found

    def _count_singly(self, queries: Sequence[Body]) -> list[int]:
        check_deadline()
        lines = [line for query in queries for line in ({}, {"size": 0, "track_total_hits": True, "query": query})]
        content = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
        answer = self._client.request("POST", f"/{self.index}/_msearch", content)
        whole = [self._client.require_whole(part) for part in answer.tables("responses")]
        if len(whole) != len(queries):
            self._client.refuse(f"{len(whole)} of {len(queries)} answers")
        return [part.integer("hits", "total", "value") for part in whole]

    def pages(self, body: Mapping[str, Any], *, scored: bool = False) -> Iterator[Sequence[ClusterAnswer]]:
        """Yield the hits of a search page by page, as of one moment, however many they are.

        Args:
            body: the search, with a sort that orders every document in one way.
            scored: as for `search`.
        """
        parameters = {"search_type": "dfs_query_then_fetch"} if scored else {}
        with closing(read_pages(self._client, self.index, body, parameters)) as pages:
            check_deadline()
            for page in pages:
                yield page
                check_deadline()

    def terms(self, field: str, queries: Sequence[Body]) -> tuple[list[str], bool]:
        """Return the terms of a field that patterns stand for, in the order of their bytes.

        Args:
            field: an index field of words.
            queries: queries for terms of this field, each rewritten to its first `LISTED_TERMS` terms.

        Returns:
            The terms, and whether there may be more behind the last one.
        """
        if not queries:
            return [], False
        check_deadline()
        path = f"/{self.index}/_validate/query?rewrite=true&explain=true&all_shards=true"
        answer = self._client.request("POST", path, {"query": {"bool": {"should": list(queries)}}})
        self._client.require_whole(answer)
        # A pattern without any term is spelled out as it is: /pattern/ or word~2.
        term, listed, end = re.compile(rf"(?:^|[ (]){re.escape(field)}:([^ ()^/~]+)(?![^ ()^])"), set[str](), ""
        is_cut = False
        for part in answer.tables("explanations"):
            if part.has("error") or not part.flag("valid"):
                self.refuse(part.get("error", ""))
            here = {found.group(1) for found in term.finditer(part.text("explanation"))}
            listed |= here
            if len(here) >= LISTED_TERMS:
                last = max(here, key=str.encode)
                end = last if not is_cut else min(end, last, key=str.encode)
                is_cut = True
        ordered = sorted(listed, key=str.encode)
        # Behind the last term of a shard that lists no further ones, the terms of that shard are lacking.
        return ([one for one in ordered if one.encode() <= end.encode()] if is_cut else ordered), is_cut

    def routings(self) -> list[str]:
        """Return for each part of the index a routing value that leads to it."""
        path = f"/{self.index}/_search_shards"
        parts = len(self._client.request("GET", path).listed("shards"))
        found: dict[int, str] = {}
        for routing in map(str, range(_ROUTINGS_OF_A_PART * parts)):
            if len(found) == parts:
                break
            answer = self._client.request("GET", f"{path}?routing={routing}")
            found.setdefault(answer.integer("shards", 0, 0, "shard"), routing)
        if len(found) != parts:
            self.refuse(f"{len(found)} of {parts} shards")
        return list(found.values())

    def term_statistics(self, field: str, terms: Sequence[str], routing: str) -> list[int]:
        """Return how many documents of one part of the index contain each of some terms, replaced documents included.

        Args:
            field: an index field of words.
            terms: the terms.
            routing: a routing value that leads to the part.
        """
        check_deadline()
        body = {
            "doc": {field: " ".join(terms)}, "fields": [field], "term_statistics": True, "field_statistics": False,
            "positions": False, "offsets": False, "payloads": False,
        }  # fmt: skip
        answer = self._client.request("POST", f"/{self.index}/_termvectors?routing={routing}", body)
        counts = answer.table("term_vectors", field, "terms")
        # A term that no document of this part contains has no number.
        return [counts.integer(term, "doc_freq") if counts.has(term, "doc_freq") else 0 for term in terms]

    def refuse(self, reason: object) -> NoReturn:
        """Raise the error for an answer that cannot be right.

        Raises:
            EngineError: always.
        """
        self._client.refuse(reason)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
