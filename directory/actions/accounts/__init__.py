"""Accounts, memberships and invitations."""
