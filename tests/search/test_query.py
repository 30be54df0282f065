"""The walks over a query tree, compared with naive ones."""

from __future__ import annotations

import pytest
from hypothesis import given

from search.query import And, Boost, Not, Or, Query, Word, boosted_leaves, children, leaves, map_parts
from tests.search.query_trees import trees

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines


def naive_leaves(query: Query) -> list[Query]:
    match query:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in naive_leaves(part)]
        case Not(part) | Boost(part):
            return naive_leaves(part)
    return [query]


@given(trees)
def test_mapping_the_identity_over_the_parts_gives_the_same_tree(tree: Query) -> None:
    assert map_parts(tree, lambda part: part) == tree


@given(trees)
def test_mapping_visits_exactly_the_children_in_order(tree: Query) -> None:
    visited: list[Query] = []
    map_parts(tree, lambda part: visited.append(part) or part)  # type: ignore[func-returns-value]
    assert tuple(visited) == children(tree)


@given(trees)
def test_the_leaves_are_those_of_a_naive_walk(tree: Query) -> None:
    assert list(leaves(tree)) == naive_leaves(tree)


@given(trees)
def test_boosted_leaves_are_the_leaves_without_the_negated_ones(tree: Query) -> None:
    def without_negated(query: Query) -> list[Query]:
        if isinstance(query, Not):
            return []
        return [leaf for part in children(query) for leaf in without_negated(part)] if children(query) else [query]

    assert [leaf for leaf, _ in boosted_leaves(tree)] == without_negated(tree)


def test_boosts_around_a_leaf_are_multiplied() -> None:
    tree = Boost(Or((Boost(Word("a"), 2.0), Not(Boost(Word("b"), 7.0)), Word("c"))), 1.5)
    assert list(boosted_leaves(tree)) == [(Word("a"), 3.0), (Word("c"), 1.5)]
