"""Mail: written with what it tells of, sent afterwards."""
