"""The figures that answer back, driven by keyboard and by pointer."""

import re
import shutil

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from tests.report.interactive.conftest import examples_of, networks, render_live
from tests.report.interactive.node import INTERACTIVE
from tests.report.texts import edit

from answerbook.cifar10 import CLASSES
from answerbook.classification.lines import flattened
from answerbook.classification.rounding import round_network
from answerbook.classification.views import all_views, examples
from answerbook.errors import AnswerbookError

FIGURES = ["network", "units", "xor", "two-units", "fold", "backpropagation"]
FIGURES += ["curves", "others", "augmentation", "classifier", "temperature"]
BELOW = {"curves", "others", "augmentation"}  # stand below the drawn one
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TARGETS = """() => [...document.querySelectorAll('.live :is(button, select, label, input)')]
  .filter(element => !element.closest('label') || element.tagName === 'LABEL')
  .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect().height])
  .filter(([, height]) => height < 24)"""


def state(page, figure):
    """What the figure says of its state, as a reader sees it."""
    return re.sub(r"\s+", " ", page.locator(f"#fig-{figure} .state").inner_text())


def slider(page, figure, label):
    return page.locator(f"#fig-{figure}").get_by_role("slider", name=re.compile(f"^{label}"))


def press(locator, *keys):
    locator.focus()
    for key in keys:
        locator.press(key)


def drag(page, locator, start, end):
    """Drag from one point of the element to another, each as parts of its width and height."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()


def test_the_page_asks_for_nothing_but_itself_and_says_nothing(open_live, page_file):
    page = open_live()
    assert page.locator(".live").count() == len(FIGURES)
    assert [url for url in page.requests if not url.startswith("data:")] == [page_file.as_uri()]
    assert page.messages == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_every_width_and_keeps_the_guidelines(open_live, width, scheme):
    page = open_live(width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(TARGETS) == []
    found = Axe().run(page, options={"runOnly": GUIDELINES})
    assert found.response["violations"] == []


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
    """Of the figure that answers, or, on paper and without script, of the drawn one."""
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
    plain = open_live(java_script_enabled=False)
    assert plain.locator(caption).inner_text() == "Figure\u00a01: A drawn network."


def test_what_a_reader_sees_a_screen_reader_is_told_after_a_change(open_live):
    page = open_live()
    for figure in FIGURES:
        live = page.locator(f"#fig-{figure} .live")
        before = live.locator(".spoken").text_content()
        change = live.locator("input[type=range], input[type=number]").first
        press(change, "ArrowUp" if change.get_attribute("type") == "number" else "ArrowLeft")
        page.wait_for_function(
            "([spoken, seen, before]) =>"
            " spoken.textContent === seen.textContent && spoken.textContent !== before",
            arg=[
                live.locator(".spoken").element_handle(),
                live.locator(".state").element_handle(),
                before,
            ],
        )
        assert live.locator(".spoken").get_attribute("role") == "status"


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


@pytest.mark.parametrize(
    "figure, old, new, message",
    [
        ("curves", 'id="data-curves"', "", "no data “curves”"),
        ("curves", '"clean_train_loss"', '"another"', "the run baseline, seed 0, has no clean_tra"),
        ("augmentation", '"pixels":[', '"pixels":[0,', "3 × 32 × 32"),
        ("classifier", '"labels":[', '"labels":[0,', "not as many as their labels"),
        ("classifier", '"levels":"', '"levels":"AAAA', "This figure does not answer"),
    ],
)
def test_one_whose_data_are_not_as_expected_says_so_and_leaves_the_drawn_one(
    open_live, page_file, tmp_path, figure, old, new, message
):
    shutil.copy(page_file, tmp_path / "spoiled.html")
    edit(tmp_path / "spoiled.html", old, new)
    page = open_live(path=tmp_path / "spoiled.html")
    page.locator(f"#fig-{figure}").scroll_into_view_if_needed()
    page.locator(f"#fig-{figure} .live-missing", has_text=message).wait_for()
    assert page.locator(f"#fig-{figure} img").is_visible()
    assert page.locator("#fig-xor .live").is_visible()


def test_a_figure_that_names_no_script_fails_the_build_with_its_place(tmp_path):
    with pytest.raises(AnswerbookError, match=r"live\.qmd:7: .*interactive/nothing\.js"):
        render_live(tmp_path, {}, text='![A.](figures/disc.svg){#fig-a live="nothing" fig-alt="A"}')


def test_every_control_is_reached_and_left_by_the_keyboard(open_live):
    page = open_live()
    controls = ".live :is(input, select, button:not([tabindex='-1']))"
    radios = page.locator(".live input[type=radio]")
    groups = {radio.get_attribute("name") for radio in radios.all()}  # each is one stop
    wanted = page.locator(controls).count() - radios.count() + len(groups)
    seen = set()
    for _ in range(3 * wanted):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                f'[...document.querySelectorAll("{controls}")].indexOf(document.activeElement)'
            )
        )
    assert len(seen - {-1}) == wanted


def test_network_counts_while_weights_change(open_live):
    page = open_live()
    assert state(page, "network").startswith("63 kinks from 9 units in 3 layers: the most")
    start = page.locator("#fig-network select")
    for preset, said in (
        ("seven", "63 kinks from 14 units in 2 layers: the most"),
        ("sawtooth", "17 kinks from 8 units in 4 layers; there can be 46 at most"),
        ("identity", "0 kinks from 2 units in 1 layer; there can be 2 at most. At 1 more place"),
    ):
        start.select_option(preset)
        assert state(page, "network").startswith(said)
    cell = page.locator("#fig-network .layer button").first
    press(cell, "ArrowRight")  # on to the bias of the first unit
    assert page.evaluate("document.activeElement.ariaLabel") == "bias of layer 1, unit 1: 0"
    press(slider(page, "network", "bias of layer 1, unit 1"), "ArrowRight")
    assert state(page, "network").startswith("2 kinks from 2 units")
    page.get_by_role("button", name="no biases").click()
    assert "one kink, at 0" in state(page, "network")
    drag(page, cell, (0.5, 0.5), (1.5, 0.5))
    assert state(page, "network").startswith("1 kink from 2 units")
    press(slider(page, "network", "units"), "End")
    press(slider(page, "network", "layers"), "End")
    assert "8 units" not in state(page, "network") and "in 5 layers" in state(page, "network")


def test_units_move_their_crossing_with_the_depth(open_live):
    page = open_live()
    assert "8. The curves cross at k = 1.69" in state(page, "units")
    press(slider(page, "units", "layers"), "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    said = state(page, "units")
    assert "7 layers need 6.34 units, fewer than 8" in said and "cross at k = 2.89" in said
    press(slider(page, "units", "k"), "Home", "ArrowRight")
    assert "more than 4" in state(page, "units")
    assert page.locator("#fig-units .crossing").count() == 1


def test_xor_shows_where_the_source_s_step_breaks(open_live):
    page = open_live()
    assert "here it is 0.5, so that f is x₂ = 0.5 and not −x₁ = 1" in state(page, "xor")
    lit = page.locator("#fig-xor .units li.on")
    assert [text.split()[-1] for text in lit.all_inner_texts()] == ["1", "0.5", "0.5"]
    press(slider(page, "xor", "x₁"), *["ArrowRight"] * 5)
    assert "here it is −0.125, and f = −x₁" in state(page, "xor")
    plane = page.locator("#fig-xor svg").first
    drag(page, plane, (0.3, 0.3), (0.8, 0.8))
    said = state(page, "xor")
    assert "the smaller of x₁ and −x₂" in said
    assert page.locator("#fig-xor path.curve").count() == 1  # the source's line is of case 3


def test_two_units_are_never_right_and_three_are(open_live):
    page = open_live()
    figure = page.locator("#fig-two-units")
    said = state(page, "two-units")
    assert said.startswith("f = ReLU(x₁ − x₂) + ReLU(−x₁ + x₂) − 1.25. The sign is wrong on 16.8 %")
    press(slider(page, "two-units", "c"), "ArrowRight")
    assert "on 18.8 % of the square; least so far, with these 2 units: 16.8 %" in state(
        page, "two-units"
    )
    figure.locator("select").last.select_option(label="2")
    drag(page, figure.locator("svg"), (0.5, 0.5), (0.75, 0.5))  # the fold of the second unit
    assert "ReLU(−x₁ + x₂ + 1)" in state(page, "two-units")
    figure.locator("select").first.select_option("three")
    assert state(page, "two-units").endswith("− ReLU(x₁ + x₂). The sign is right everywhere.")
    assert figure.locator("select").last.locator("option").count() == 3
    press(slider(page, "two-units", "a"), "ArrowRight")
    assert "The sign is wrong on 50.0 % of the square" not in state(page, "two-units")
    assert "The sign is wrong on" in state(page, "two-units")


def test_the_fold_reads_off_the_address_of_a_point_that_is_dragged(open_live):
    page = open_live()
    figure = page.locator("#fig-fold")
    assert state(page, "fold").startswith("Address 4 3 2, one of 4 · 4 · 4 = 64")
    assert "f₃(x) = 0.7475. The line lies in 4 · 4 · 4 = 64 sheets" in state(page, "fold")
    assert figure.locator(".counts dd").all_inner_texts() == ["4 3 2", "0.49", "0.215", "0.7475"]
    assert figure.locator("circle.crossing").count() == 3 * 4 + 3 * 16
    press(slider(page, "fold", "x"), "Home")
    assert state(page, "fold").startswith("Address 1 1 1")
    press(slider(page, "fold", "x"), *["ArrowRight"] * 3)  # over the first kink, 1/343
    assert state(page, "fold").startswith("Address 1 1 2")
    drag(page, figure.locator("svg").first, (0.3, 0.5), (1, 0.2))
    assert state(page, "fold").startswith("Address 4 1 1")
    stack = figure.locator("svg").last
    drag(page, stack, (0.5, 0.5), (0.5, 0.98))  # the lowest sheet
    assert state(page, "fold").startswith("Address 1 1 1")


def test_the_line_is_folded_by_hand(open_live):
    page = open_live()
    folds = slider(page, "fold", "folds")
    bent = page.locator("#fig-fold svg").last.locator("path").first
    for key, folded in (("Home", "a single sheet"), ("ArrowRight", "a single sheet")):
        press(folds, key)
        assert state(page, "fold").endswith(f"The line lies in {folded}.")
        levels = {round(float(y)) for y in re.findall(r",(-?[\d.]+)", bent.get_attribute("d"))}
        assert (len(levels) == 1) == (key == "Home")
    press(folds, *["ArrowRight"] * 19)
    assert state(page, "fold").endswith("The line lies in 4 · 4 = 16 sheets.")


def test_backpropagation_follows_an_entry_and_agrees_with_a_finite_difference(open_live):
    page = open_live()
    said = state(page, "backpropagation")
    assert said.startswith("L = 10. ∂L/∂W₁₂ = 4 + 4 + 4 = 12; a finite difference is off by")
    assert "as in the source, it would be 10" in said
    strands = [
        page.locator(f'#fig-backpropagation path[style*="--{colour}"]').count()
        for colour in ("note", "warning", "tip")
    ]
    assert strands == [4, 2, 6]  # past the matrix, its second use, through it
    press(page.locator("#fig-backpropagation input[type=radio]:checked"), "ArrowUp")
    assert "∂L/∂W₁₁" in state(page, "backpropagation")
    field = page.locator("#fig-backpropagation input[type=number]").first
    field.fill("-1")
    assert state(page, "backpropagation").startswith("L = 8. ∂L/∂W₁₁ = 0 + 0 + 0 = 0")
    assert page.locator('#fig-backpropagation svg path[style*="--tip"]').count() == 0
    field.fill("")
    assert field.get_attribute("aria-invalid") == "true"
    assert state(page, "backpropagation").startswith("L = 8.")
    page.locator("#fig-backpropagation tr.row").last.locator("input").check()
    assert "∂L/∂W₂₂ = 8 + 8 + 8 = 24" in state(page, "backpropagation")


def test_curves_are_read_by_pointer_and_along_the_epochs(open_live):
    page = open_live()
    assert state(page, "curves") == (
        "Epoch 4, accuracy: baseline 27.0 % in training, 12.5 % in validation (mean of 2 seeds)."
    )
    assert "augmented 37.0 %" in state(page, "others") and "Epoch 3" in state(page, "others")
    press(slider(page, "curves", "epoch"), "Home")
    assert state(page, "curves").startswith("Epoch 1, accuracy: baseline 12.0 %")
    page.locator("#fig-curves .toggle", has_text="seed 1").locator("input").press("Space")
    assert "baseline 7.0 % in training, 2.5 % in validation (one seed)" in state(page, "curves")
    page.locator("#fig-curves select").last.select_option("running")
    page.locator("#fig-curves select").first.select_option("loss")
    assert "loss: baseline 1.950 in training, 1.500 in validation" in state(page, "curves")
    page.locator("#fig-curves .legend input").last.check()
    assert "augmented 1.750" in state(page, "curves")
    plot = page.locator("#fig-curves svg").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + 40)
    assert state(page, "curves").startswith("Epoch 4, loss: baseline 1.800")
    page.locator("#fig-curves .legend input").first.uncheck()
    assert "Epoch 3, loss: augmented" in state(page, "curves")


def test_every_curve_has_the_colour_of_its_experiment(open_live):
    """Those of the page, and there is one for each that the book is to have."""
    swatches = open_live().locator("#fig-curves .swatch")
    shown = [s.evaluate("s => getComputedStyle(s).borderTopColor") for s in swatches.all()]
    assert shown == ["rgb(0, 114, 178)", "rgb(213, 94, 0)"]
    settings = yaml.safe_load((INTERACTIVE.parents[1] / "config/config.yaml").read_text("utf-8"))
    coloured = re.findall(r"--of-(\w+):", (INTERACTIVE / "figures.css").read_text("utf-8"))
    assert settings["experiments"].keys() <= set(coloured)


def test_augmentation_moves_its_window_and_shows_what_the_network_is_given(open_live):
    page = open_live()
    assert state(page, "augmentation").startswith("Row 3, column 3, not flipped: one of 98")
    press(slider(page, "augmentation", "row"), "Home")
    page.locator("#fig-augmentation .toggle input").press("Space")
    assert state(page, "augmentation").startswith("Row 0, column 3, flipped")
    whole = page.locator("#fig-augmentation canvas").first
    drag(page, whole, (0.5, 0.5), (0.99, 0.99))
    assert state(page, "augmentation").startswith("Row 6, column 6, flipped")
    crop = page.locator("#fig-augmentation canvas").last
    crop.hover(position={"x": 1, "y": 1})
    assert "Pixel (0, 0)" in state(page, "augmentation")
    seen = set()
    for _ in range(12):
        page.get_by_role("button", name="draw").press("Enter")
        seen.add(state(page, "augmentation").partition(":")[0])
    assert len(seen) > 3


def test_temperature_changes_how_sure_networks_are_and_not_how_often_they_are_right(open_live):
    page = open_live()

    def told():
        return re.findall(
            r"is (\d+) % sure on average and right about (\d+) %", state(page, figure)
        )

    figure = "temperature"
    assert state(page, figure).startswith("Temperature 1.00: baseline is")
    (_, right), (sure, larger_right) = told()
    press(slider(page, figure, "temperature"), *["ArrowRight"] * 16)
    assert state(page, figure).startswith("Temperature 2.00: baseline is")
    (_, same), (less_sure, larger_same) = told()
    assert (same, larger_same) == (right, larger_right) and int(less_sure) < int(sure)
    assert page.locator(f"#fig-{figure} tr.row").count() == 6
    assert "NaN" not in page.locator(f"#fig-{figure}").inner_html()


def test_the_trained_networks_name_what_the_library_says_in_every_view(open_live):
    page = open_live()
    page.locator("#fig-classifier").scroll_into_view_if_needed()
    page.locator("#fig-classifier .state", has_text="rightly").wait_for()
    images, labels = examples_of()
    views = all_views(images[examples(labels)])
    typical = flattened(images)
    rounded = {name: round_network(n, typical) for name, n in networks().items()}
    named = {name: network(views).argmax(axis=-1) for name, network in rounded.items()}

    def expected(image, row, column, flip):
        view = 2 * (7 * row + column) + flip
        says = [CLASSES[classes[image, view]] for classes in named.values()]
        right = [(classes[image] == image // 2).sum() for classes in named.values()]
        return says, f"baseline names {right[0]}, augmented names {right[1]} rightly"

    for image, row, column, flip in ((0, 3, 3, 0), (3, 0, 3, 1)):
        page.locator("#fig-classifier .thumbnails input").nth(image).check()
        if row == 0:
            press(slider(page, "classifier", "row"), "Home")
        page.locator("#fig-classifier .toggle input").set_checked(bool(flip))
        says, counts = expected(image, row, column, flip)
        page.locator("#fig-classifier .state", has_text=counts).wait_for()
        said = state(page, "classifier")
        assert f"the baseline network says {says[0]}" in said
        assert f"the augmented network says {says[1]}" in said
        chosen = page.locator("#fig-classifier td.chosen")
        assert chosen.count() == 2
