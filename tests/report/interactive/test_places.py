"""What stands where, and what stands there instead."""

import shutil

import pytest
from tests.report.interactive.conftest import FIGURES
from tests.report.texts import edit

BELOW = {"curves", "others", "augmentation", "segment"}  # stand below the drawn one


def test_the_page_asks_for_nothing_but_itself_and_says_nothing(open_live, page_file):
    page = open_live()
    assert page.locator(".live").count() == len(FIGURES)
    assert [url for url in page.requests if not url.startswith("data:")] == [page_file.as_uri()]


def test_each_has_a_name_and_a_sentence_to_try_and_stands_for_or_below_the_drawn_one(open_live):
    page = open_live()
    for media, drawn in (("screen", False), ("print", True)):
        page.emulate_media(media=media)
        for figure in FIGURES:
            live = page.locator(f"#fig-{figure} .live")
            assert live.get_attribute("aria-label").endswith(", interactive")
            assert live.locator(".try").text_content().endswith((".", "?"))
            assert live.is_visible() != drawn
            seen = page.locator(f"#fig-{figure} img").is_visible()
            assert seen == (drawn or figure in BELOW)


def test_its_caption_tells_of_what_stands_there(open_live):
    """Of the figure that answers, or, on paper, of the drawn one."""
    caption = "#fig-network figcaption"
    page = open_live()
    for media, told in (("screen", "One that answers, with"), ("print", "A drawn network.")):
        page.emulate_media(media=media)
        assert told in page.locator(caption).inner_text()
        assert page.locator(f"{caption} .of-drawn").is_visible() == (media == "print")
        assert page.locator(f"{caption} .of-live").is_visible() == (media == "screen")
    page.emulate_media(media="screen")
    reference = page.locator(f"{caption} a.reference")
    assert reference.inner_text() == "Figure\u00a02"


def test_a_link_from_outside_leads_to_its_figure_though_those_above_it_grow(open_live, page_file):
    page = open_live()
    page.goto("about:blank")
    page.goto(f"{page_file.as_uri()}#fig-curves")
    top = "document.querySelector('#fig-curves').getBoundingClientRect().top"
    page.wait_for_timeout(1500)  # a smooth way would be at its end
    assert page.evaluate(top) == pytest.approx(48, abs=2)


def test_without_script_the_drawn_figures_stand_in_their_place(open_live):
    page = open_live(java_script_enabled=False)
    assert page.locator(".live").count() == 0
    assert page.locator("figure img").count() == len(FIGURES)
    assert all(image.is_visible() for image in page.locator("figure img").all())
    told = page.locator("#fig-network figcaption").inner_text()
    assert told.startswith("Figure\u00a01: A drawn network.\n")


@pytest.mark.parametrize(
    "spoiled",
    [
        [
            ("curves", 'id="data-curves"', "", "no data “curves”"),
            ("augmentation", '"pixels":[', '"pixels":[0,', "3 × 32 × 32"),
            ("classifier", '"labels":[', '"labels":[0,', "not as many as their labels"),
        ],
        [
            ("curves", '"clean_train_loss"', '"no"', "the run baseline, seed 0, has no clean_tra"),
            ("classifier", '"levels":"', '"levels":"AAAA', "This figure does not answer"),
        ],
    ],
)
def test_those_whose_data_are_not_as_expected_say_so_and_leave_the_drawn_ones(
    open_live, page_file, tmp_path, spoiled
):
    shutil.copy(page_file, tmp_path / "spoiled.html")
    for _, old, new, _ in spoiled:
        edit(tmp_path / "spoiled.html", old, new)
    page = open_live(path=tmp_path / "spoiled.html")
    for figure, _, _, message in spoiled:
        page.locator(f"#fig-{figure}").scroll_into_view_if_needed()
        page.locator(f"#fig-{figure} .live-missing", has_text=message).wait_for()
        assert page.locator(f"#fig-{figure} img").is_visible()
    assert page.locator("#fig-xor .live").is_visible()
