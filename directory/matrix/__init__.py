"""The support matrix: need, access, cells, gaps and their reasons.

Pure: numbers and strings go in, numbers with their reasons come out.
"""
