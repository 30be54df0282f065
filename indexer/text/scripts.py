"""Ranges of characters, as they are written inside a character class of a pattern."""

KOREAN = "\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\u3130-\u318f\uac00-\ud7a3\uffa0-\uffdc"
"""Letters and syllables of Korean, composed and decomposed."""
SPACELESS = (
    "\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f\u1780-\u17df\u17ea-\u17ff"
    "\u3005\u303b\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that put no spaces between words, without their digits: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""
UNSPACED = f"{KOREAN}{SPACELESS}"
"""Scripts whose words are not found by spaces: also Korean, which has none between a word and its particles. A number
in their digits is one token."""
