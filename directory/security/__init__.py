"""Who may do what, headers, limits, cross-site writes."""
