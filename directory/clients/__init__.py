"""Servers of others that the site hands something to. Nothing here knows of tables or pages."""
