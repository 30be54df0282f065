"""The researcher's own store: records, saved searches and review sets, in the user's folder and never in an archive.

Who searched for what can endanger people, so nothing of it travels with an archive or its bags. All SQL on it is here.
"""

from corpus.researcher_store.store_file import ResearcherStore
from corpus.researcher_store.store_place import open_store

__all__ = ["ResearcherStore", "open_store"]
