"""What no honest browser sends, as it stands on the line: percent-encoded in an address or a form, raw in a header."""

from urllib.parse import quote

# Name → percent-encoded.
VALUES = {
    "NUL": "%00",
    "NUL in words": "afval%00groep",
    "NUL encoded twice": "%2500",
    "half a surrogate pair": "%ed%a0%80",
    "no UTF-8": "%ff%fe%c3%28",
    "a broken escape": "%zz%",
    "a name for a number": "abc",
    "a number too large for the database": "99999999999999999999",
    "a number too large to read": "9" * 4_400,
    "a negative number": "-1",
    "a number in other digits": quote("٣"),
    "a number with an exponent": "1e999",
    "not a number": "NaN",
    "nothing": "",
    "blanks": "%20%09%0a",
    "a line break and a header": "x%0d%0aX-Evil:%20yes",
    "five thousand words": "%20".join(["woord"] * 5_000),
    "one long word": "a" * 3_000,
    "deep brackets": "%28" * 500,
    "turned round": quote("\u202egpj.exe\u2066"),
    "piled accents": quote("Z" + "\u0335\u0336" * 300),
    "an emoji in parts": quote("👩\u200d👩\u200d👧\U000e0067"),
    "letters that grow": quote("ﬃİŉΐ"),
    "markup": quote("\"><script>alert('evil')</script>"),
    "a template": quote("{{ settings.SECRET_KEY }}{% load x %}${7*7}"),
    "a format": "%25s%25n%7B0.__class__%7D",
    "SQL": quote("' OR 1=1; DROP TABLE wagtailcore_page; --"),
    "a pattern of LIKE": quote("%_\\" * 50),
    "a question to an index": quote('"afval* NEAR(groep AND NOT) ^ title:x -'),
    "a costly pattern": quote("(a+)+$" * 20),
    "a way up": "..%2f..%2f..%2fetc%2fpasswd",
    "another site": "%2f%2fevil.example%2f",
    "a script as address": quote("javascript:alert('evil')"),
    "a list": "x&x[]=1&x[__proto__]=2",
}

# What public pages read of an address, besides the facets of the finder.
NAMES = (
    *("q", "page", "sort", "exact", "provincie", "next", "return_url"),
    *("process", "action", "scope", "auth_params", "code", "state", "error", "_redir"),
)
# What forms without an account send. Whoever fills in the honeypot is heard no further, so it has a place of its own.
FIELDS = (
    *(*NAMES, "key", "position", "found", "remark", "email", "login", "username", "password", "password1", "new_password1"),
    *("first_name", "last_name", "remember", "credential"),
)
GUARDS = ("csrfmiddlewaretoken", "website")
# Sent after all others, so that a form with one impossible field says nothing of the rest.
FITTING = "email=sam%40example.org&position=1&first_name=Sam&last_name=Zand&password1=een-lang-en-hostiel-wachtwoord"

# Headers as a server hands them on: characters up to 255, whatever they meant.
HEADERS = {
    "HTTP_HOST": ("evil.example", "localhost:99999", "[::1", "local host", "localhost\x00"),
    "HTTP_COOKIE": ("sessionid=\x00; csrftoken=%00", "csrftoken=" + "x" * 4_000, "=;;==; a", "messages=W1tdXQ"),
    "HTTP_ACCEPT_LANGUAGE": ("x" * 3_000, "nl;q=1e999", "\xff", "*-*;q=,"),
    "HTTP_ACCEPT_ENCODING": ("gzip;q=NaN", "br, \xff", ","),
    "HTTP_IF_NONE_MATCH": ('"', 'W/"\xff"', "*", ", ".join(['"a"'] * 500)),
    "HTTP_IF_MODIFIED_SINCE": ("Mon, 99 Foo 99999 25:61:61 GMT", "0", "Sat, 30 Feb 0000 00:00:00 GMT"),
    "HTTP_RANGE": ("bytes=-1,5-2,99999999999999999999-", "bytes=x"),
    "HTTP_ORIGIN": ("null", "http://[::1", "https://evil.example"),
    "HTTP_REFERER": ("http://[::1", "\xff\xfe", "javascript:1"),
    "HTTP_X_FORWARDED_FOR": ("999.1.1.1, \xff", "::ffff:1.2.3.4%eth0"),
    "REMOTE_ADDR": ("", "unix:", "fe80::1%eth0"),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_SEC_FETCH_SITE": ("\xff",),
    "CONTENT_TYPE": tuple(f"text/plain; charset{name}" for name in ("=hex", "=rot13", "=undefined", "=utf-7", "*=bogus''x")),
}

# Media type and body of forms that are none.
BODIES = (
    ("application/x-www-form-urlencoded", b"\xff\xfe=%zz&=&&%00=%00"),
    ("application/x-www-form-urlencoded; charset=no-such-charset", b"q=1"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"q=1"),
    ("application/x-www-form-urlencoded", b"remark=" + b"x" * 1_000_000),
    ("application/x-www-form-urlencoded", b"&".join(b"q=%d" % number for number in range(12_000))),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\nnever ends'),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="remark"; filename="a.txt"\r\n\r\nx\r\n--x--\r\n',
    ),
    ("multipart/form-data; boundary=\xff", b"--\xff\r\n\r\n"),
    (
        "multipart/form-data; boundary=x; charset=utf-7",
        b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n+2AA-\r\n--x--\r\n',
    ),
    ("application/json", b"{" * 10_000),
    ("", b"\x00\x01\x02"),
)
