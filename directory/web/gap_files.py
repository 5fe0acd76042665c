"""A gap register to take away, as CSV and as a workbook with its sources: what the page shows, by the same filters."""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import gettext as _

from directory.documents.table import Source, Table, Value
from directory.geo.areas import areas
from directory.matrix.findings import Limits
from directory.matrix.need import Estimate, rounded
from directory.matrix.priority import Component
from directory.matrix.small_numbers import Hidden
from directory.reference.collaboration_duty import duty_scope
from directory.reference.need_rates import need_rates
from directory.security.who_sees import Fact, sees
from directory.web.downloads import csv_answer, xlsx_answer
from directory.web.gap_lines import Line
from directory.web.gap_register import Register
from directory.web.gap_tables import row_of
from directory.web.gap_words import closing_words, mode_words
from directory.web.permanent import in_full
from directory.web.reply_words import replies_words
from directory.web.words import term, translated


def register_csv(register: Register) -> Response:
    """The lines as CSV."""
    return csv_answer(_lines(register), _name(register))


def register_xlsx(register: Register) -> Response:
    """A workbook: the lines, what was decided, and the sources."""
    tables = (_lines(register), _decisions(register))
    today = register.registers.world.rules.today
    return xlsx_answer(tables, _sources(register), today, _name(register))


def _name(register: Register) -> str:
    """A neutral name: it stays in a folder of downloads."""
    return f"register-{register.area.code}-{register.registers.world.rules.today}"


def _lines(register: Register) -> Table:
    columns = [
        _("Id"), _("List"), _("Code"), _("Support"), _("Group"), _("How"), _("Rule"), _("What we know"),
        _("What would change it"), _("How firm"), _("Dates of the evidence"), _("Services"), _("Statements"),
        _("Replies of services to them"),
        _("Authorities"), _("People, low"), _("People, middle"), _("People, high"), _("People in words"),
        _("Usual commissioner"), _("Duty to work together"), _("Why within or outside"), _("Status"), _("Since"),
        _("Address that shows these lines again"),
    ]  # fmt: skip
    if sees(Fact.NOTE):
        columns.append(_("Reason"))
    if sees(Fact.ASSESSOR):
        columns.append(_("Decided by"))
    if sees(Fact.WEIGHT):
        columns.append(_("Priority, of 100"))
        columns += [_("%(part)s, points", part=term(part.value, "gap_component")) for part in Component]
    columns.append(_("As at"))
    return Table(
        str(_("Register of %(area)s", area=register.area.name)),
        tuple(str(name) for name in columns),
        tuple(_values(line, register) for line in register.shown),
    )


def _values(line: Line, register: Register) -> tuple[Value, ...]:
    finding, row = line.finding, row_of(line, register.area, register.registers.limits)
    estimate, decision = line.estimate, line.history[-1] if line.history else None
    values: list[Value] = [
        line.gap_id,
        str(_("Gap") if finding.is_gap else _("To find out")),
        finding.support_type,
        translated(line.support_type.label),
        row.group,
        mode_words(finding.mode),
        term(finding.rule.value, "gap_rule"),
        row.what,
        closing_words(finding),
        term(finding.firmness.value, "gap_firmness"),
        "; ".join(finding.dates),
        "; ".join(str(number) for number in finding.services),
        "; ".join(str(number) for number in finding.statements),
        replies_words(each for number in finding.statements for each in register.replies.get(number, ())),
        "; ".join(areas()[code].name for code in finding.authorities),
        *_people(estimate),
        row.people,
        row.commissioner,
        row.duty,
        translated(duty_scope()[finding.support_type].reason),
        row.status,
        decision.on if decision else None,
        in_full(register.permanent) or None,
    ]
    if sees(Fact.NOTE):
        values.append(decision.reason if decision else "")
    if sees(Fact.ASSESSOR):
        values.append(decision.role if decision else "")
    if sees(Fact.WEIGHT):
        values.append(line.score.points)
        values += [part.points for part in line.score.parts]
    values.append(register.registers.world.rules.today)
    return tuple(values)


def _people(estimate: Estimate | None) -> tuple[Value, Value, Value]:
    """The range, rounded as on the page; what is below ten, and what is not told, is an empty cell."""
    if estimate is None:
        return None, None, None
    low, middle, high = (
        None if part is None or isinstance(shown := rounded(part), Hidden) else shown
        for part in (estimate.low, estimate.central, estimate.high)
    )
    # As on the page: where the middle is the low end, there is no middle to tell.
    return low, None if middle == low else middle, high


def _decisions(register: Register) -> Table:
    """Every decision that whoever asks may see, also about gaps that are no longer found."""
    held = {line.gap_id for line in register.lines}
    columns = [_("Id"), _("Still found"), _("Status"), _("On")]
    columns += [_("Reason")] if sees(Fact.NOTE) else []
    columns += [_("Decided by")] if sees(Fact.ASSESSOR) else []
    rows = []
    for gap_id, history in register.history.items():
        for one in history:
            row: list[Value] = [
                gap_id,
                str(_("yes") if gap_id in held else _("no")),
                term(one.status, "gap_status"),
                one.on,
            ]
            row += [one.reason] if sees(Fact.NOTE) else []
            row += [one.role] if sees(Fact.ASSESSOR) else []
            rows.append(tuple(row))
    return Table(str(_("Decisions")), tuple(str(name) for name in columns), tuple(rows))


def _sources(register: Register) -> tuple[Source, ...]:
    """Where the lines are from: listings, statements, rules, the Act, need; and what was asked of them."""
    world, limits = register.registers.world, register.registers.limits
    today = str(world.rules.today)
    found = [
        Source(
            str(_("Listings and statements")),
            in_full(url_for("about.data")),
            str(_("as they stood on %(day)s", day=today)),
        ),
        Source(str(_("Rules and limits")), "data/gap_rules.csv", _limits_words(limits)),
        Source(str(_("People: a national rate applied locally")), "data/need_rates.csv", today),
    ]
    if sees(Fact.WEIGHT):
        weights = "; ".join(
            f"{term(part.value, 'gap_component')} {weight}"
            for part, weight in register.asked.weights_in_use.items()
        )
        whose = _("your weights") if register.asked.has_own_weights else _("our weights")
        found.append(Source(str(_("Priority: %(whose)s", whose=whose)), "data/priority_weights.csv", weights))
    seen = sorted({(one.source) for one in duty_scope().values()})
    found += [Source(str(_("Duty to work together; check that it is in force")), one, today) for one in seen]
    if register.permanent:
        again = str(_("Address that shows these lines again"))
        found.append(Source(again, in_full(register.permanent), today))
    rates = {(rate.source_name, "; ".join(rate.source_urls)) for rate in need_rates()}
    found += [Source(str(_("Need rates")), f"{name} {url}".strip(), today) for name, url in sorted(rates)]
    return tuple(found)


def _limits_words(limits: Limits) -> str:
    return str(
        _(
            "more than %(weeks)s weeks; funding within %(months)s months; within %(miles)s miles",
            weeks=limits.wait_weeks,
            months=limits.funding_months,
            miles=limits.near_miles,
        )
    )
