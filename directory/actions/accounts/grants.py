"""The areas a commissioner speaks for, and roles of the whole site."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.actions.accounts.held import holders_of, locked_account
from directory.actions.accounts.sign_ins import end_sign_ins
from directory.actions.accounts.standing import NotAllowed, Standing
from directory.actions.accounts.withdraw import take_back_of_staff
from directory.actions.audit import record
from directory.errors import RuleBroken
from directory.models.account import Account, Role
from directory.models.membership import AreaGrant
from directory.queries.sign_ins import STAFF
from directory.queries.statements import areas_on
from directory.reference.hours import LONDON

AREAS_MAX = 400


def areas_of(session: Session, field: str, codes: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Codes of areas that hold today, each once, sorted. Raises RuleBroken(field) for none, or one that is no area."""
    asked = sorted({code.strip() for code in codes if code.strip()})
    if not asked:
        raise RuleBroken(field, "Choose at least one area.")
    if len(asked) > AREAS_MAX:
        raise RuleBroken(field, f"Choose {AREAS_MAX} areas or fewer, or one that is wider.")
    where = areas_on(session, now.astimezone(LONDON).date())
    for code in asked:
        if where.get(code) is None:
            raise RuleBroken(field, f"No area of today has the code ‘{code[:40]}’.")
    return tuple(asked)


def set_areas(
    session: Session, account_id: int, codes: Iterable[str], *, by: Standing, now: datetime
) -> tuple[str, ...]:
    """The areas of a commissioner, in place of those before. Raises RuleBroken('areas'), NotFound, NotAllowed."""
    if not by.is_administrator:
        raise NotAllowed("only an administrator sets areas")
    account = locked_account(session, account_id)
    if not any(role.name == "commissioner" for role in account.roles):
        raise RuleBroken("areas", "This account is no commissioner’s.")
    areas = areas_of(session, "areas", codes, now)
    put_areas(session, account.id, areas)
    record(session, by.actor, "set areas", "account", account.id, now=now, areas=" ".join(areas))
    return areas


def put_areas(session: Session, account_id: int, areas: Iterable[str], *, keep: bool = False) -> None:
    """Write checked codes. keep: those that are there stay."""
    if not keep:
        session.execute(delete(AreaGrant).where(AreaGrant.account_id == account_id))
    held = set(session.scalars(select(AreaGrant.area_code).where(AreaGrant.account_id == account_id)))
    session.add_all(AreaGrant(account_id=account_id, area_code=code) for code in areas if code not in held)
    session.flush()


def give_role(session: Session, account: Account, name: str) -> bool:
    """Add a role of the whole site; False where it was there. Recording it is the caller's."""
    if any(role.name == name for role in account.roles):
        return False
    account.roles.append(session.scalars(select(Role).where(Role.name == name)).one())
    session.flush()
    return True


def end_role(session: Session, account_id: int, name: str, *, by: Standing, now: datetime) -> None:
    """Take a role away; the account stays, and is signed out everywhere. What it invited to as staff is taken back.

    Raises RuleBroken('role') for the last administrator and for a role it does not have; NotFound; NotAllowed.
    """
    if not by.is_administrator:
        raise NotAllowed("only an administrator ends roles")
    account = locked_account(session, account_id)
    held = next((role for role in account.roles if role.name == name), None)
    if held is None:
        raise RuleBroken("role", "This account does not have that role.")
    if name == "administrator":
        refuse_last_administrator(session, account)
    account.roles.remove(held)
    if name == "commissioner":
        put_areas(session, account.id, ())
    left = {role.name for role in account.roles}
    # A moderator's role that ends beside an administrator's takes nothing away.
    if name in STAFF and "administrator" not in left:
        take_back_of_staff(session, account.id, now=now)
    end_sign_ins(session, account, now=now)
    record(session, by.actor, "end role", "account", account.id, now=now, role=name)


def refuse_last_administrator(session: Session, account: Account) -> None:
    """Raises RuleBroken('role') when nobody else could look after the site."""
    if any(role.name == "administrator" for role in account.roles) and not holders_of(
        session, "administrator", without=account.id
    ):
        raise RuleBroken(
            "role",
            "Nobody else is an administrator. Invite another first, and wait until they have accepted.",
        )
