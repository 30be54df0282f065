"""The settings of an archive: the table of all keys, and the file ``muniment.toml``."""

from corpus.settings.settings_file import (
    MAX_LIST_ITEMS,
    MAX_TEXT_CHARACTERS,
    SETTINGS_FILE,
    EffectiveSetting,
    Settings,
    effective_settings,
    load_settings,
)

__all__ = [
    "MAX_LIST_ITEMS",
    "MAX_TEXT_CHARACTERS",
    "SETTINGS_FILE",
    "EffectiveSetting",
    "Settings",
    "effective_settings",
    "load_settings",
]
