"""Characters that no text of ours holds, because nobody sees them and they do harm."""

import re

# Characters that change the reading direction of what follows: with one of them "photo[U+202E]gnp.exe" reads as "photoexe.png".
DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# In a text of several lines: control characters (PostgreSQL refuses NUL), lone surrogates (cannot be encoded), and the above.
REFUSED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(DIRECTION_CONTROLS))}]")
# In one line: the controls that part lines and columns too.
REFUSED_IN_LINE = re.compile(f"{REFUSED.pattern}|[\t\n\r]")
