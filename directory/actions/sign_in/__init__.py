"""Being signed in, as the database keeps it: attempts, links in mails, browsers."""
