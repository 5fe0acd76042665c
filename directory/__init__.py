"""Support Directory: services for anyone affected by child sexual abuse, and where there are none.

Kept free of imports, so that a pure package such as `directory.search` can be
loaded without a web framework or a database.
"""
