"""The forms about people: invitations, requests, decisions. Fields that are not here change nothing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovPasswordInput,
    GovRadioInput,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import PasswordField, RadioField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from directory.actions.accounts.ask import WORDS_MAX
from directory.actions.accounts.decide_request import REASON_MAX
from directory.actions.accounts.email_address import LENGTH_MAX
from directory.actions.accounts.new_organisation import NAME_MAX as ORGANISATION_NAME_MAX
from directory.actions.accounts.second_factor import REASON_MAX as RESET_REASON_MAX
from directory.actions.said_words import ROLE_LENGTH_MAX
from directory.web.forms.account_forms import PlainForm

PASSWORD_LENGTH_MAX = 200
AREAS_TYPED_MAX = 4_000

_NO_NAME = _l("Your post or what you do, such as service manager. Please do not write your name.")


def _email(label: object, description: object) -> StringField:
    return StringField(
        label,
        description=description,
        widget=GovTextInput(),
        validators=[
            InputRequired(message=_l("Enter an e-mail address, like name@example.org.")),
            Length(max=LENGTH_MAX, message=_l("This is too long for an e-mail address.")),
        ],
    )


def _title(label: object, description: object = _NO_NAME) -> StringField:
    return StringField(
        label,
        description=description,
        widget=GovTextInput(),
        validators=[
            InputRequired(message=_l("Write a role, such as service manager.")),
            Length(max=ROLE_LENGTH_MAX, message=_l("Shorten this to 100 letters or fewer.")),
        ],
    )


def _words(label: object, description: object) -> TextAreaField:
    return TextAreaField(
        label,
        description=description,
        widget=GovTextArea(),
        validators=[Length(max=WORDS_MAX, message=_l("Shorten this to 1,000 letters or fewer."))],
    )


class InviteColleagueForm(PlainForm):
    """An owner asks a colleague; a moderator asks the first owner."""

    email = _email(
        _l("E-mail address"),
        _l("A shared mailbox, such as referrals@example.org, still works when somebody leaves."),
    )
    kind = RadioField(
        _l("What this person will be"),
        widget=GovRadioInput(),
        choices=[
            ("editor", _l("Editor: keeps the listings up to date")),
            ("owner", _l("Owner: an editor who can also invite and remove people")),
        ],
        validators=[InputRequired(message=_l("Choose what this person will be."))],
    )
    send = SubmitField(_l("Send the invitation"), widget=GovSubmitInput())


class InviteOrganisationForm(PlainForm):
    """A moderator asks the first owner of an organisation that is not listed yet."""

    name = StringField(
        _l("Name of the organisation"),
        description=_l("As it should stand on its listings."),
        widget=GovTextInput(),
        validators=[
            InputRequired(message=_l("Write the organisation’s name, in 200 letters or fewer.")),
            Length(
                max=ORGANISATION_NAME_MAX,
                message=_l("Write the organisation’s name, in 200 letters or fewer."),
            ),
        ],
    )
    email = _email(
        _l("E-mail address of its first owner"),
        _l("Take it from the organisation’s own website or a register, not from a message."),
    )
    send = SubmitField(_l("Send the invitation"), widget=GovSubmitInput())


class InviteToTheSiteForm(PlainForm):
    """An administrator asks staff and commissioners."""

    email = _email(_l("Work e-mail address"), "")
    kind = RadioField(
        _l("What this person will be"),
        widget=GovRadioInput(),
        choices=[
            ("commissioner", _l("Commissioner: says for their areas which support there is")),
            ("moderator", _l("Moderator: checks what organisations change")),
            ("administrator", _l("Administrator: a moderator who also looks after accounts")),
        ],
        validators=[InputRequired(message=_l("Choose what this person will be."))],
    )
    areas = StringField(
        _l("Areas of a commissioner"),
        description=_l("Codes such as E06000031, with spaces between them. Leave empty for anybody else."),
        widget=GovTextInput(),
        validators=[Length(max=AREAS_TYPED_MAX, message=_l("These are too many areas."))],
    )
    send = SubmitField(_l("Send the invitation"), widget=GovSubmitInput())


class AcceptForm(PlainForm):
    """Somebody without an account says yes."""

    title = _title(_l("What you are"))
    password = PasswordField(
        _l("Password"),
        widget=GovPasswordInput(),
        validators=[Length(max=PASSWORD_LENGTH_MAX, message=_l("Shorten this password."))],
    )
    accept = SubmitField(_l("Accept the invitation"), widget=GovSubmitInput())


class AcceptSignedInForm(PlainForm):
    """Somebody who is signed in says yes."""

    accept = SubmitField(_l("Accept the invitation"), widget=GovSubmitInput())


class ManageForm(PlainForm):
    """A visitor asks to manage a listing."""

    title = _title(_l("What you are"))
    email = _email(
        _l("Work e-mail address"), _l("We write to it only about this. It is never shown on the site.")
    )
    words = _words(
        _l("Anything that helps us to check (optional)"),
        _l("For example whom at the service we can ask, by their post."),
    )
    send = SubmitField(_l("Send the request"), widget=GovSubmitInput())


class ReplaceOwnerForm(PlainForm):
    """An editor asks for a new owner."""

    email = _email(_l("E-mail address of the new owner"), _l("It can be your own."))
    title = _title(
        _l("What the new owner is"), _l("Their post, such as service manager. Please write no name.")
    )
    words = _words(_l("What has happened (optional)"), _l("For example: the manager has left."))
    send = SubmitField(_l("Ask a moderator"), widget=GovSubmitInput())


class ChangeEmailForm(PlainForm):
    """Somebody asks for another address."""

    email = _email(
        _l("New e-mail address"),
        _l(
            "A moderator checks this with your organisation first, by telephone or another way that we already know. "
            "Then we send a link to the new address, and it counts once you have opened that. Your old address is told."
        ),
    )
    words = _words(_l("Anything that helps us to check (optional)"), "")
    send = SubmitField(_l("Ask for the new address"), widget=GovSubmitInput())


class ResetSecondFactorForm(PlainForm):
    """An administrator takes a lost second factor away."""

    reason = TextAreaField(
        _l("Why, and how you made sure who asks"),
        description=_l(
            "For example: lost phone; rang the number in the list of staff. It is kept for good: write no name."
        ),
        widget=GovTextArea(),
        validators=[
            InputRequired(message=_l("Write why, and how you made sure who asks.")),
            Length(max=RESET_REASON_MAX, message=_l("Shorten this to 300 letters or fewer.")),
        ],
    )
    reset = SubmitField(
        _l("Reset the second step"), widget=GovSubmitInput(), render_kw={"class": "govuk-button--warning"}
    )


class TitleForm(PlainForm):
    """What the person is."""

    title = _title(_l("What you are"))
    save = SubmitField(_l("Save"), widget=GovSubmitInput())


class ApproveForm(PlainForm):
    """A moderator approves. channel: choices are those held before, put in by the view."""

    channel = RadioField(
        _l("How did you ask the organisation?"),
        description=_l(
            "Only ways that stood in its listings before the request. Never use one from the request itself."
        ),
        widget=GovRadioInput(),
        validate_choice=False,
    )
    spoke_to = _title(_l("Who answered"), _l("Their post, such as centre manager. Please write no name."))
    owners = SelectMultipleField(
        _l("Owners who have left"),
        description=_l("They can no longer change the listings. Each is told by e-mail."),
        widget=GovCheckboxesInput(),
        validate_choice=False,
    )
    approve = SubmitField(_l("Approve"), widget=GovSubmitInput())


class RefuseForm(PlainForm):
    """A moderator refuses."""

    reason = TextAreaField(
        _l("Why not"),
        description=_l(
            "It is sent to the person who asked. Nothing about a child or any other person: no names, dates of birth, "
            "NHS numbers or single cases."
        ),
        widget=GovTextArea(),
        validators=[
            InputRequired(message=_l("Write why, in words for the person who asked.")),
            Length(max=REASON_MAX, message=_l("Shorten this to 500 letters or fewer.")),
        ],
    )
    refuse = SubmitField(
        _l("Refuse"), widget=GovSubmitInput(), render_kw={"class": "govuk-button--secondary"}
    )
