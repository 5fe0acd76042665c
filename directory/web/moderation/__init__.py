"""Pages for those who look twice: holds, the queue, decisions, history, the log of acts."""
