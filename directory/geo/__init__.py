"""Pure: postcodes, places, areas and distances."""
