"""One file per form: raw input to a dataclass, or errors."""
