"""The forms of signing in. What was typed as a password or a code is never written back into a page."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import Field, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.actions.accounts.email_address import email_of
from directory.errors import RuleBroken

EMAIL_LENGTH_MAX = 255
SECRET_LENGTH_MAX = 1000


def _is_an_address(_form: FlaskForm, field: Field) -> None:
    try:
        email_of("email", field.data or "")
    except RuleBroken:
        raise ValidationError(_l("Enter an e-mail address, such as name@example.org.")) from None


class PlainForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """Writes of other sites are refused before a form is read, so it needs no token."""

    class Meta:
        csrf = False


def _email() -> StringField:
    return StringField(
        _l("Your e-mail address"),
        widget=GovTextInput(),
        validators=[
            InputRequired(message=_l("Enter your e-mail address.")),
            Length(max=EMAIL_LENGTH_MAX, message=_l("That is too long for an e-mail address.")),
            _is_an_address,
        ],
    )


def _secret(label: LazyString, missing: LazyString, description: LazyString | str = "") -> PasswordField:
    return PasswordField(
        label,
        description=description,
        widget=GovPasswordInput(),
        validators=[
            InputRequired(message=missing),
            Length(max=SECRET_LENGTH_MAX, message=_l("That is too long.")),
        ],
    )


class EmailForm(PlainForm):
    """Who wants a mail."""

    email = _email()

    @property
    def address(self) -> str:
        """The address as it is kept, of a form that is valid."""
        return email_of("email", self.email.data or "")


class SignInForm(EmailForm):
    """With a password."""

    password = _secret(_l("Your password"), _l("Enter your password."))


class NewPasswordForm(PlainForm):
    """The one to use from now on."""

    password = _secret(
        _l("New password"),
        _l("Enter a new password."),
        _l("At least 12 characters. Three or four words that do not belong together work well."),
    )


class ChangePasswordForm(NewPasswordForm):
    """The same, from somebody who has one."""

    current = _secret(_l("Your password now"), _l("Enter the password you have now."))


class CodeForm(PlainForm):
    """A code, of an authenticator app or of the list of recovery codes."""

    code = StringField(
        _l("Code"),
        widget=GovTextInput(),
        validators=[
            InputRequired(message=_l("Enter the code.")),
            Length(max=100, message=_l("That is too long for a code.")),
        ],
    )


class PasskeyForm(PlainForm):
    """What a passkey shall be called."""

    name = StringField(
        _l("A name for it"),
        description=_l("For you to know it by, such as ‘work laptop’."),
        widget=GovTextInput(),
        validators=[
            InputRequired(message=_l("Enter a name for the passkey, such as ‘work laptop’.")),
            Length(max=64, message=_l("Use at most 64 letters.")),
        ],
    )
