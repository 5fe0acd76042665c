"""The service: the thing that is listed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Service(Base):
    """One service. NULL and '' both mean 'not known'; they are never read as 'no' or as nought.

    Names follow Open Referral UK where it has the field. Lists that are only ever
    shown (alternate_name, source_url) are kept as text, one entry per line; those
    that are searched are rows of `attribute`, `contact_route`, `location` and `coverage`.
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("status IN ('active','inactive','defunct','temporarily closed')", name="status"),
        CheckConstraint("listing IN ('listed','needs checking')", name="listing"),
        CheckConstraint("inclusion_decision IN ('','included','pending','excluded')", name="inclusion"),
        CheckConstraint("waiting_list IN ('','none','open','closed')", name="waiting_list"),
        CheckConstraint("minimum_age >= 0 AND maximum_age >= minimum_age", name="ages"),
    )

    # The number in /services/<id>, given for good: it comes from the file or from `next free id`.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    organisation_url: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    listing: Mapped[str] = mapped_column(Text)
    listing_reason: Mapped[str] = mapped_column(Text)
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    age_note: Mapped[str] = mapped_column(Text)
    coverage_names: Mapped[str] = mapped_column(Text)
    coverage_is_partial: Mapped[bool]
    coverage_note: Mapped[str] = mapped_column(Text)
    # What the source says of the place (NULL: nothing), and what follows by the rule.
    confidential: Mapped[bool | None]
    is_confidential: Mapped[bool]
    confidential_reason: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    referral_note: Mapped[str] = mapped_column(Text)
    free_to_person: Mapped[bool | None]
    cost_note: Mapped[str] = mapped_column(Text)
    interpreters: Mapped[bool | None]
    accepting_referrals: Mapped[bool | None]
    waiting_list: Mapped[str] = mapped_column(Text)
    waiting_weeks: Mapped[int | None]
    waiting_as_at: Mapped[str] = mapped_column(Text)
    waiting_note: Mapped[str] = mapped_column(Text)
    capacity_per_year: Mapped[int | None]
    sector: Mapped[str] = mapped_column(Text)
    advice_to_professionals: Mapped[bool | None]
    can_stay_anonymous: Mapped[bool | None]
    when_they_must_tell: Mapped[str] = mapped_column(Text)
    safe_contact: Mapped[str] = mapped_column(Text)
    before_you_call: Mapped[str] = mapped_column(Text)
    before_you_refer: Mapped[str] = mapped_column(Text)
    inclusion_decision: Mapped[str] = mapped_column(Text)
    inclusion_profile: Mapped[str] = mapped_column(Text)
    source_name: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)
    source_note: Mapped[str] = mapped_column(Text)
    # As exact as the source: YYYY, YYYY-MM, YYYY-MM-DD, or '' for not known.
    source_date: Mapped[str] = mapped_column(Text)
    seen_on: Mapped[date | None] = mapped_column(Date)
    confidence: Mapped[str] = mapped_column(Text)
