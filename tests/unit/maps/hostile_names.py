"""Names that would be code if anything wrote them into a page unguarded. Each would call alert()."""

HOSTILE_NAMES = (
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "`;alert(1);//",
    "`${alert(1)}`",
    '"><img src=x onerror=alert(1)>',
    "'\"><svg onload=alert(1)>",
    "\\';alert(1);//",
    "\\u0027;alert(1);//",
    "a\u2028alert(1)//",
    "a\u2029alert(1)//",
    "a\nalert(1)//",
    "*/alert(1)/*",
    "<!--<script>alert(1)</script>",
    "{{ alert(1) }}",
    "javascript:alert(1)",
    "&lt;img src=x onerror=alert(1)&gt;",
)
