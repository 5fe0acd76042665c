"""Spreadsheets and documents to take away, made from frozen views."""
