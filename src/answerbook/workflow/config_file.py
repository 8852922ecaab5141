"""A config file, read strictly: what YAML lets pass, or reads otherwise than meant, is refused."""

import json
from collections.abc import Hashable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from answerbook.errors import AnswerbookError
from answerbook.workflow.config_messages import shown

TEMPLATE = "__use_yte__"  # has Snakemake run the Python expressions in the file


def read_config(path: Path) -> dict:
    """The mapping in the YAML or JSON file `path`.

    Raises `AnswerbookError` that names the file, and the place in it, where it cannot be read, is
    no UTF-8 or no YAML, gives a key twice, contains itself, has no keys at the top, or asks to run
    expressions.
    """
    try:
        config = _parse(path.read_text(encoding="utf-8-sig"))
        repr(config)  # of numbers that are too long even to be told
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise AnswerbookError(f"{path} is not valid YAML: {place}{problem}") from error
    except (OSError, ValueError, OverflowError, RecursionError) as error:
        problem = getattr(error, "strerror", None) or error
        raise AnswerbookError(f"{path} cannot be read: {problem}") from error
    if not isinstance(config, dict):
        raise AnswerbookError(
            f"{path} must hold keys with values, as in `device: cpu`; found {shown(config)}"
        )
    if TEMPLATE in config:
        raise AnswerbookError(f"{path} has {TEMPLATE}: a config holds values, no program")
    return config


def _parse(text: str) -> Any:
    if text.lstrip().startswith("{"):  # JSON may have tabs, which YAML may not
        with suppress(json.JSONDecodeError):
            return json.loads(text, object_pairs_hook=_each_key_once)
    loader = _Loader(text)
    node = loader.get_single_node()
    # Built in depth, since what contains itself can then not be built.
    return node and loader.construct_object(node, deep=True)


def _each_key_once(pairs: Iterable[tuple[Hashable, Any]]) -> dict:
    mapping = {}
    for key, value in pairs:
        if key in mapping:
            raise ValueError(f"the key {shown(key)} stands there twice")
        mapping[key] = value
    return mapping


class _Loader(yaml.SafeLoader):
    """YAML in which each key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        own = [pair for pair in node.value if pair[0].tag != "tag:yaml.org,2002:merge"]
        for i, (key, _) in enumerate(own):
            if any(key.value == other.value and key.tag == other.tag for other, _ in own[:i]):
                problem = f"the key {shown(key.value)} stands there twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        return super().construct_mapping(node, deep=deep)
