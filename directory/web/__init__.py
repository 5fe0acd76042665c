"""One file per page family: parse, call, render."""
