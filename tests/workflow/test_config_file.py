import json
from pathlib import Path

import pytest
import yaml

from answerbook.errors import AnswerbookError
from answerbook.workflow.config import check_file
from answerbook.workflow.config_file import read_config

ROOT = Path(__file__).parents[2]
SCHEMA = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_text())
CONFIG = yaml.safe_load((ROOT / "config/config.yaml").read_text())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"seeds: [1", "is not valid YAML: line 1, column 10: expected ',' or ']', but got"),
        (b"data:\n\tsource: x", "is not valid YAML: line 2, column 1: found character '\\t'"),
        (b"seeds: [1]\nseeds: [2]", "line 2, column 1: the key 'seeds' stands there twice"),
        (b'{"a": {"b": 1, "b": 2}}', "the key 'b' stands there twice"),
        (b"a: 1\n---\na: 2", "is not valid YAML: line 2, column 1: but found another document"),
        (b"a: !!python/tuple [1]", "could not determine a constructor for the tag"),
        (b"a: \xff", "cannot be read: 'utf-8' codec can't decode byte 0xff in position 3"),
        (b"a: " + b"9" * 5000, "cannot be read: Exceeds the limit"),
        (b"a: 0x" + b"f" * 5000, "cannot be read: Exceeds the limit"),
        (b"a: 2020-02-30", "cannot be read: day is out of range for month"),
        (b"a: &a [*a]", "line 1, column 4: found unconstructable recursive node"),
        (b"a: " + b"[" * 5000, "cannot be read: maximum recursion depth exceeded"),
        (b"a: {" + b"? [1]\n: 2}", "is not valid YAML: line 1, column 7: found unhashable key"),
        (b"__use_yte__: true", "has __use_yte__: a config holds values, no program"),
        (b"", "must hold keys with values, as in `device: cpu`; found None"),
        (b"- 1", "must hold keys with values, as in `device: cpu`; found [1]"),
        (b"pathvars: [1]", "pathvars: [1] is not of type 'object'"),
        (b"pathvars: {results: 3}", "pathvars.results: allowed: a folder whose path"),
    ],
)
def test_a_file_that_is_no_config_is_named_with_the_place(tmp_path, content, expected):
    path = tmp_path / "config.yaml"
    path.write_bytes(content)
    with pytest.raises(AnswerbookError) as error:
        check_file(path, SCHEMA)
    assert str(error.value).startswith(str(path))
    assert expected in str(error.value)


def test_a_file_that_is_not_there_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(AnswerbookError, match=r"mine\.yaml cannot be read: No such file"):
        read_config(tmp_path / "mine.yaml")
    with pytest.raises(AnswerbookError, match="cannot be read: Is a directory"):
        read_config(tmp_path)


def test_configs_in_yaml_with_anchors_and_in_json_are_read(tmp_path):
    path = tmp_path / "config"
    path.write_text("a: &a {x: 1}\nb: {<<: *a, x: 2}\nc: *a\n")
    assert read_config(path) == {"a": {"x": 1}, "b": {"x": 2}, "c": {"x": 1}}
    path.write_text("\ufeff" + json.dumps(CONFIG, indent="\t"), encoding="utf-8")
    assert read_config(path) == CONFIG
