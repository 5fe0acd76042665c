"""Nobody is left on a page with nothing to go on to: what to drop, where to go back, what stands first."""

from __future__ import annotations

from flask.testing import FlaskClient
from lxml import html

from tests.integration.finder.pages import ask, listed_in, page


def words(tree: html.HtmlElement) -> str:
    return " ".join(tree.xpath("string(//main)").split())


def test_where_nothing_is_certain_the_page_says_which_one_choice_to_drop_and_what_is_certain_then(
    client: FlaskClient,
) -> None:
    address = ask(client, "Wrexham", group=["adult-survivors"], without_speaking="yes", bsl="yes")
    tree = page(client, address)
    assert words(tree).startswith("0 services")
    (way,) = tree.xpath("//a[contains(., 'Without ‘British Sign Language’')]/@href")
    count = int(
        tree.xpath("string(//a[contains(., 'Without ‘British')]/following-sibling::text()[1])").split()[1]
    )
    assert count > 0
    assert f"{count} services for people near Wrexham" in words(page(client, way))


def test_where_something_is_certain_nothing_is_said_of_dropping(client: FlaskClient) -> None:
    tree = page(client, ask(client, "PE1 1QL", group=["parents"], without_speaking="yes"))
    assert "without one of your choices" not in words(tree)


def test_without_a_place_what_is_in_one_place_waits_behind_its_heading_on_a_phone(
    client: FlaskClient,
) -> None:
    address = ask(client, group=["children"])
    tree = page(client, address)
    (fold,) = tree.xpath("//section[@id='further']/details[@data-fold-on-a-phone='always'][@open]")
    assert fold.xpath("./summary/h2") and listed_in(tree, "further")
    assert not page(client, ask(client, "PE1 1QL", group=["children"])).xpath("//*[@data-fold-on-a-phone]")
    assert not page(client, ask(client, text="ISVA")).xpath("//*[@data-fold-on-a-phone]")


def test_whoever_asks_for_no_voice_reads_the_way_without_one_before_the_telephone(
    client: FlaskClient,
) -> None:
    tree = page(client, ask(client, "Wrexham", without_speaking="yes"))
    front = " ".join(tree.xpath("string(//section[@class='front-doors'])").split())
    assert front.index("Without speaking:") < front.index("Or call the NSPCC")
    spoken = page(client, ask(client, "Wrexham"))
    front = " ".join(spoken.xpath("string(//section[@class='front-doors'])").split())
    assert front.index("Or call the NSPCC") < front.index("Without speaking:")


def test_a_service_page_says_what_is_not_known_is_its_place(client: FlaskClient) -> None:
    assert "Where: Not known. Ask when you get in touch." in words(page(client, "/services/74"))
