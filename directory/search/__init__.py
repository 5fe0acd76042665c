"""Pure: the column index over listings: filter, rank, count facets, forgive typing."""
