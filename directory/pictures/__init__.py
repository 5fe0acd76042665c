"""Pictures from numbers, as SVG. Pure."""
