"""The figures that answer back are for everybody."""

import pytest
from tests.report.conftest import violations
from tests.report.interactive.conftest import FIGURES, press

TARGETS = """() => [...document.querySelectorAll('.live :is(button, select, label, input)')]
  .filter(element => !element.closest('label') || element.tagName === 'LABEL')
  .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect().height])
  .filter(([, height]) => height < 24)"""
TOLD = """([spoken, seen, before]) =>
  spoken.textContent === seen.textContent && spoken.textContent !== before"""


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_it_fits_every_width_and_keeps_the_guidelines(open_live, width, scheme):
    page = open_live(width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(TARGETS) == []
    assert violations(page) == []


def test_what_a_reader_sees_a_screen_reader_is_told_after_a_change(open_live):
    page = open_live()
    for figure in FIGURES:
        live = page.locator(f"#fig-{figure} .live")
        before = live.locator(".spoken").text_content()
        change = live.locator("input[type=range], input[type=number]").first
        press(change, "ArrowUp" if change.get_attribute("type") == "number" else "ArrowLeft")
        parts = [live.locator(part).element_handle() for part in (".spoken", ".state")]
        page.wait_for_function(TOLD, arg=[*parts, before])
        assert live.locator(".spoken").get_attribute("role") == "status"


def test_every_control_is_reached_and_left_by_the_keyboard(open_live):
    page = open_live()
    controls = ".live :is(input, select, button:not([tabindex='-1']))"
    radios = page.locator(".live input[type=radio]")
    groups = {radio.get_attribute("name") for radio in radios.all()}  # each is one stop
    wanted = page.locator(controls).count() - radios.count() + len(groups)
    seen = set()
    for _ in range(3 * wanted):
        page.keyboard.press("Tab")
        at = f'[...document.querySelectorAll("{controls}")].indexOf(document.activeElement)'
        seen.add(page.evaluate(at))
    assert len(seen - {-1}) == wanted
