"""The support matrix: need, access, cells, gaps and their reasons. Pure: numbers and strings in, numbers with reasons out."""
