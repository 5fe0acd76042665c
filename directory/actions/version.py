"""The numbers by which all workers see that listings, or statements and named areas, have changed."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.models.listings_version import ListingsVersion
from directory.models.matrix_version import MatrixVersion


def take_turn(session: Session) -> int:
    """Wait for whoever else is writing listings; return the version. SQLite has waited at its BEGIN."""
    return session.scalars(select(ListingsVersion.version).with_for_update()).one()


def bump_listings_version(session: Session) -> None:
    """Say that listings have changed; once for each write, in its transaction."""
    session.execute(update(ListingsVersion).values(version=ListingsVersion.version + 1))


def take_matrix_turn(session: Session) -> int:
    """Wait for whoever else is writing statements or named areas; return the version."""
    return session.scalars(select(MatrixVersion.version).with_for_update()).one()


def bump_matrix_version(session: Session) -> None:
    """Say that statements or named areas have changed; once for each write, in its transaction."""
    session.execute(update(MatrixVersion).values(version=MatrixVersion.version + 1))
