"""Errors that pass by themselves: the database, or the disk that it is on, cannot be reached just now."""

from __future__ import annotations

import errno

from directory.db import DatabaseOutOfReach, NoConnectionFree

# How the system says that a file cannot grow: the disk, a share of it, or the size that a file may have.
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def cannot_be_reached(error: Exception) -> bool:
    """Whether the database is locked, full or gone, or the disk is: nothing was written, and it may pass."""
    reached = (DatabaseOutOfReach, NoConnectionFree)
    return error.errno in DISK_FULL if isinstance(error, OSError) else isinstance(error, reached)


def may_wait_long(error: Exception, dialect_name: str) -> bool:
    """Whether another question may wait as long as the one that failed.

    A file on this machine that is full, or locked for writers, is read at once or says so soon; a server that does
    not answer, or a pool without a free connection, keeps everybody waiting again.
    """
    return isinstance(error, NoConnectionFree) or (
        isinstance(error, DatabaseOutOfReach) and dialect_name != "sqlite"
    )
