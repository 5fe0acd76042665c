"""Pure: what ships in data/ besides the listings: terms, support types, help lines, opening hours."""
