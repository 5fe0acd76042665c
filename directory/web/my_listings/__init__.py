"""Pages with which an organisation keeps its own listings true."""
