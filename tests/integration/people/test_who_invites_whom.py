"""The table of who may invite whom, tried in full."""

from __future__ import annotations

import pytest

from directory.actions.accounts.members import end_membership
from directory.actions.accounts.standing import THE_COMMAND, NotAllowed, Standing
from directory.actions.accounts.withdraw import withdraw_invitation
from directory.errors import NotFound, RuleBroken
from tests.accounts import make_account, make_organisation
from tests.integration.people.doing import NOW, Doing, as_role

HERS, OTHER, NEW = "Example Organisation", "Example Organisation B", "Example Organisation C"
# (who, kind, for whose organisation): allowed. Everything that is not here is refused. Organisation C has no owner.
MAY = {
    ("owner", "owner", HERS),
    ("owner", "editor", HERS),
    ("moderator", "owner", NEW),
    ("administrator", "owner", NEW),
    ("administrator", "commissioner", ""),
    ("administrator", "moderator", ""),
    ("administrator", "administrator", ""),
}
KINDS = ("owner", "editor", "commissioner", "moderator", "administrator")
WHO = ("owner", "editor", "commissioner", "moderator", "administrator", "visitor")


@pytest.mark.parametrize("who", WHO)
def test_everybody_invites_whom_the_table_says_and_nobody_else(doing: Doing, who: str) -> None:
    number = {name: make_organisation(doing.database, name) for name in (HERS, OTHER, NEW)}
    her_account = make_account(doing.database, owner_of=[number[HERS]])
    make_account(doing.database, owner_of=[number[OTHER]])
    standing = {
        "owner": as_role(account_id=her_account, owner_of=(number[HERS],)),
        "editor": as_role(),
        "visitor": as_role(),
    }.get(who, as_role(who))
    done = set()
    for kind in KINDS:
        for place in (HERS, OTHER, NEW) if kind in {"owner", "editor"} else ("",):
            areas = ("E06000031",) if kind == "commissioner" else ()
            try:
                doing.invite("new@example.org", kind, number.get(place), *areas, by=standing)
            except (NotAllowed, RuleBroken):
                continue
            done.add((who, kind, place))
    assert done == {each for each in MAY if each[0] == who}
    assert len([mail for mail in doing.mails() if mail.subject == "An invitation"]) == len(done)
    assert doing.acts() == ["invite person"] * len(done)


def test_an_editor_is_in_no_position_to_invite_to_her_own_organisation(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    editor = make_account(doing.database, editor_of=[organisation])
    with pytest.raises(NotAllowed):
        doing.invite(organisation_id=organisation, by=as_role(account_id=editor))


def test_staff_without_a_second_factor_have_no_standing() -> None:
    assert not as_role("commissioner").is_staff
    assert as_role("moderator").is_staff and not as_role("moderator").is_administrator


@pytest.mark.parametrize(
    ("kind", "organisation_id", "field"),
    [
        ("owner", None, "organisation"),
        ("moderator", 1, "organisation"),
        ("king", None, "kind"),
        ("", None, "kind"),
    ],
)
def test_what_is_no_invitation_is_refused(
    doing: Doing, kind: str, organisation_id: int | None, field: str
) -> None:
    make_organisation(doing.database)
    with pytest.raises(RuleBroken) as refused:
        doing.invite("new@example.org", kind, organisation_id)
    assert refused.value.field == field


def test_an_organisation_that_is_not_there_is_not_found(doing: Doing) -> None:
    with pytest.raises(NotFound):
        doing.invite(organisation_id=999_999)


@pytest.mark.parametrize("areas", [(), ("E99999999",), ("E06000031", "Peterborough")])
def test_a_commissioner_is_invited_for_areas_that_are_there(doing: Doing, areas: tuple[str, ...]) -> None:
    with pytest.raises(RuleBroken) as refused:
        doing.invite("new@example.org", "commissioner", None, *areas)
    assert refused.value.field == "areas"


def test_a_second_invitation_takes_the_first_one_back_with_its_mail(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    first = doing.invite(organisation_id=organisation)
    second = doing.invite(organisation_id=organisation)
    with pytest.raises(NotFound):
        doing.accept(first.token)
    assert [(mail.state, mail.body is None) for mail in doing.mails()] == [
        ("given up", True),
        ("waiting", False),
    ]
    assert doing.accept(second.token).organisation_id == organisation


def test_nobody_mails_many_people_by_invitations(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    for number in range(20):
        doing.invite(f"team{number}@example.org", organisation_id=organisation)
    with pytest.raises(RuleBroken, match="20 invitations"):
        doing.invite("team20@example.org", organisation_id=organisation)


def test_inviting_answers_alike_whether_the_address_has_an_account(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    make_account(doing.database, email="known@example.org")
    known = doing.invite("known@example.org", organisation_id=organisation)
    unknown = doing.invite("unknown@example.org", organisation_id=organisation)
    known_mail, unknown_mail = (
        str(mail.body).replace(known.token, "").replace(unknown.token, "") for mail in doing.mails()
    )
    assert known_mail == unknown_mail
    assert all(mail.subject == "An invitation" for mail in doing.mails())


def _withdraw(doing: Doing, number: int, organisation_id: int | None, by: Standing) -> None:
    with doing.database.transaction() as session:
        withdraw_invitation(session, number, organisation_id=organisation_id, by=by, now=NOW)


def test_an_invitation_is_taken_back_by_its_organisation_alone(doing: Doing) -> None:
    hers, other = make_organisation(doing.database), make_organisation(doing.database, OTHER)
    invited = doing.invite(organisation_id=hers)
    with pytest.raises(NotFound):
        _withdraw(doing, invited.invitation_id, other, as_role(owner_of=(other,)))
    with pytest.raises(NotAllowed):
        _withdraw(doing, invited.invitation_id, hers, as_role(owner_of=(other,)))
    _withdraw(doing, invited.invitation_id, hers, as_role(owner_of=(hers,)))
    with pytest.raises(NotFound):
        doing.accept(invited.token)
    staff = doing.invite("new@example.org", "moderator")
    with pytest.raises(NotAllowed):
        _withdraw(doing, staff.invitation_id, None, as_role("moderator"))


def test_what_an_owner_invited_to_is_taken_back_when_she_is_removed(doing: Doing) -> None:
    organisation = make_organisation(doing.database)
    leaving = make_account(doing.database, owner_of=[organisation])
    make_account(doing.database, owner_of=[organisation])
    by = as_role(account_id=leaving, owner_of=(organisation,))
    invited = doing.invite(organisation_id=organisation, by=by)
    number = doing.membership(leaving, organisation)
    with doing.database.transaction() as session:
        end_membership(session, number, organisation, by=THE_COMMAND, now=NOW)
    with pytest.raises(NotFound):
        doing.accept(invited.token)
