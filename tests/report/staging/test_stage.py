"""The staged source is complete, and each mistake in it is named with its place."""

import pytest
import yaml

from answerbook.errors import AnswerbookError
from answerbook.report.rendering.render import render
from answerbook.report.staging.checks import source_problems


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_staged_folder_is_a_whole_quarto_project(staged):
    names = {str(path.relative_to(staged)) for path in staged.rglob("*") if path.is_file()}
    assert names >= {
        "_quarto.yml",
        "_variables.yml",
        "answerbook.qmd",
        "one.qmd",
        "references.bib",
        "figures/disc.svg",
        "_code/errors.AnswerbookError.qmd",
        "_claims/q7b-xor-iff.proved.qmd",
        "_tables/claims.qmd",
        "assets/fonts/stix-two-math.woff2",
        "filters/quarto.lua",
    }
    variables = yaml.safe_load((staged / "_variables.yml").read_text(encoding="utf-8"))
    assert variables["sample"]["accuracy"] == "93.4\u202f%"


def test_a_book_that_does_not_name_its_renderer_is_signed(staged):
    assert "{{< var rendering.engine >}}" in (staged / "answerbook.qmd").read_text("utf-8")


def test_a_book_that_names_its_renderer_is_not_signed_again(source, stage_sample):
    edit(source, "two.qmd", "> A quotation.", "Rendered by {{< var rendering.engine >}}.")
    assert "rendering.engine" not in (stage_sample() / "answerbook.qmd").read_text("utf-8")


def test_only_the_document_staged_and_what_it_includes_are_in_its_project(source, stage_sample):
    (source / "other.qmd").write_text("# Another\n\n{{< include part.qmd >}}\n", encoding="utf-8")
    (source / "part.qmd").write_text("A part.\n", encoding="utf-8")
    book = {path.name for path in stage_sample().glob("*.qmd")}
    assert book == {"answerbook.qmd", "one.qmd", "two.qmd"}
    other = stage_sample(main="other.qmd")
    assert {path.name for path in other.glob("*.qmd")} == {"other.qmd", "part.qmd"}


def test_a_project_renders_the_one_document_that_it_is_for(source, stage_sample):
    (source / "other.qmd").write_text("# Another\n", encoding="utf-8")
    for main in ("answerbook.qmd", "other.qmd"):
        project = (stage_sample(main=main) / "_quarto.yml").read_text(encoding="utf-8")
        assert yaml.safe_load(project)["project"]["render"] == [main]


def test_another_document_is_rendered_under_its_own_name(source, stage_sample, tmp_path):
    (source / "other.qmd").write_text("# Another\n", encoding="utf-8")
    render(stage_sample(main="other.qmd"), tmp_path / "else.html", engine="pandoc")
    assert "Another" in (tmp_path / "else.html").read_text(encoding="utf-8")


def test_staging_again_leaves_nothing_of_before(stage_sample):
    (stage_sample() / "_tables" / "old.qmd").write_text("old")
    assert not (stage_sample() / "_tables" / "old.qmd").exists()


def test_a_mistake_leaves_the_last_good_staging_and_nothing_beside_it(source, stage_sample):
    staged = stage_sample()
    edit(source, "one.qmd", "@fig-disc", "@fig-nowhere")
    with pytest.raises(AnswerbookError):
        stage_sample()
    assert (staged / "answerbook.qmd").is_file()
    assert [path.name for path in staged.parent.iterdir()] == ["source"]


MISTAKES = {
    "reference without target": ("@fig-disc", "@fig-nope", "one.qmd:3: @fig-nope has no target"),
    "section without target": ("@sec-kinks", "@sec-no", "one.qmd:3: @sec-no has no target"),
    "equation without target": ("@eq-net", "@eq-no", "one.qmd:4: @eq-no has no target"),
    "unknown citation": ("@thm-kinks", "@nobody2020", "@nobody2020 is not in references.bib"),
    "label twice": (
        "{#sec-third}",
        "{#sec-kinks}",
        "label sec-kinks is defined a second time, first in one.qmd:7",
    ),
    "unknown shortcode": (
        "{{< var sample.accuracy >}}",
        "{{< video x >}}",
        "one.qmd:5: unknown shortcode video",
    ),
    "missing variable": (
        "{{< var sample.accuracy >}}",
        "{{< var sample.nope >}}",
        "one.qmd:5: variable sample.nope is not in _variables.yml",
    ),
    "variable that is no leaf": (
        "{{< var sample.accuracy >}}",
        "{{< var sample >}}",
        "variable sample is not in",
    ),
    "open shortcode": ("{{< var sample.accuracy >}}", "{{< var sample.accuracy >", "not closed"),
    "variable in mathematics": ("$x^2$", "$x = {{< var sample.accuracy >}}$", "in mathematics"),
    "missing include": (
        "{{< include _claims/q7b-xor-iff.proved.qmd >}}",
        "{{< include three.qmd >}}",
        "included file three.qmd is not there",
    ),
    "include within a line": (
        "{{< include _claims/q7b-xor-iff.proved.qmd >}}",
        "See {{< include _claims/q7b-xor-iff.proved.qmd >}}",
        "a line of its own",
    ),
    "include of itself": (
        "{{< include _claims/q7b-xor-iff.proved.qmd >}}",
        "{{< include one.qmd >}}",
        "one.qmd includes itself",
    ),
    "missing image": (
        "figures/square.svg",
        "figures/circle.svg",
        "image figures/circle.svg is not there",
    ),
    "image without a text": ('{#fig-both-b fig-alt="Square two"}', "{#fig-both-b}", "no fig-alt"),
    "image with an empty text": ('fig-alt="Square two"', 'fig-alt=" "', "no fig-alt"),
    "unknown claim": (
        "q7b-xor-iff.proved",
        "q7b-other.proved",
        "claim q7b-other is not among the claims",
    ),
    "unknown code": (
        "{{< include _claims/q7b-xor-iff.proved.qmd >}}",
        "{{< include _code/errors.Nope.qmd >}}",
        "Nope is not in src/answerbook/errors.py",
    ),
}


@pytest.mark.parametrize("old, new, message", MISTAKES.values(), ids=MISTAKES.keys())
def test_each_mistake_is_named_with_its_place(source, stage_sample, old, new, message):
    edit(source, "one.qmd", old, new)
    with pytest.raises(AnswerbookError) as caught:
        stage_sample()
    assert message in str(caught.value)
    assert "one.qmd:" in str(caught.value)


def test_all_mistakes_are_told_at_once(source, stage_sample):
    edit(source, "one.qmd", "@fig-disc", "@fig-nope")
    edit(source, "two.qmd", 'when-format="html"', 'when-format="docx"')
    with pytest.raises(AnswerbookError, match=r"2 mistake\(s\)") as caught:
        stage_sample()
    assert "one.qmd:3: @fig-nope" in str(caught.value)
    assert "two.qmd:25: format docx" in str(caught.value)


def test_a_verdict_other_than_the_text_was_written_for_fails(stage_sample):
    claim = {
        "id": "q7b-xor-iff",
        "question": "7(b)",
        "statement": "s",
        "verdict": "refuted",
        "evidence": "e",
    }
    with pytest.raises(AnswerbookError) as caught:
        stage_sample(claims=[claim])
    assert (
        "one.qmd:46: claim q7b-xor-iff: the text was written for the verdict proved, "
        "the verdict reached is refuted" in str(caught.value)
    )


def test_what_code_and_comments_say_is_no_reference(source, stage_sample):
    example = "\n```python\n@fig-decorator\n```\n\n`@fig-code` and <!-- @fig-comment --> a@b.org\n"
    edit(source, "one.qmd", "Text.\n", example)
    assert source_problems(stage_sample(), []) == []


def test_a_shortcode_in_code_is_refused_since_quarto_would_replace_it(source, stage_sample):
    edit(source, "one.qmd", "Text.\n", "```\n{{< var sample.accuracy >}}\n```\n")
    with pytest.raises(AnswerbookError, match="stands in a code block"):
        stage_sample()


def test_a_key_twice_in_the_bibliography_is_a_mistake(source, stage_sample):
    path = source / "references.bib"
    path.write_text(path.read_text() + "\n@book{hanin2019,\n title = {T},\n}\n")
    with pytest.raises(AnswerbookError, match="hanin2019 is there more than once"):
        stage_sample()


def test_a_verdict_on_the_source_gives_both_statements(stage_sample):
    claim = {
        "id": "q7b-xor-iff",
        "question": "7(b)",
        "statement": "It is $k^2 + 2k$.",
        "source_statement": "It is $4k^2$.",
        "verdict": "proved",
        "evidence": "k*k",
    }
    text = (stage_sample(claims=[claim]) / "_claims" / "q7b-xor-iff.proved.qmd").read_text("utf-8")
    assert text == (
        '::: {.callout-tip title="Proved (q7b-xor-iff)"}\n'
        "**The source.** It is $4k^2$.\n\n"
        "**The book.** It is $k^2 + 2k$. **Evidence.** k\\*k\n:::\n"
    )
