"""A service's page on paper: one sheet, with what somebody needs in their hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

PAGES_IN_A_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("service", [1, 11, 106])
def test_a_service_prints_on_one_sheet(visitor: Page, site: str, service: int) -> None:
    answer = visitor.goto(f"{site}/services/{service}")
    assert answer and answer.status == 200
    assert len(PAGES_IN_A_PDF.findall(visitor.pdf(format="A4"))) == 1
