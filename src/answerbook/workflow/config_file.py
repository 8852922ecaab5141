"""A config file, read strictly: what YAML lets pass, or reads otherwise than meant, is refused."""

import json
from collections import Counter
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
    except OSError as error:
        raise AnswerbookError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise AnswerbookError(
            f"{path} is not a text in UTF-8 (its byte {error.start}): save it as UTF-8"
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise AnswerbookError(f"{path} is not valid YAML: {place}{error.problem}") from error
    except yaml.YAMLError as error:  # of characters that YAML does not have
        problem = str(error).partition("\n")[0]
        raise AnswerbookError(f"{path} is not valid YAML: {problem}") from error
    except (ValueError, OverflowError) as error:  # of numbers and dates
        raise AnswerbookError(f"{path} has a value that cannot be read: {error}") from error
    except RecursionError as error:
        raise AnswerbookError(f"{path} nests its values too deeply") from error
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


class _Loader(yaml.SafeLoader):
    """YAML in which each key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        keys = []
        for key_node, _ in node.value:
            if key_node.tag != "tag:yaml.org,2002:merge":
                keys.append(self.construct_object(key_node, deep=True))
                if keys[-1] in keys[:-1]:
                    problem = f"the key {shown(keys[-1])} stands there twice"
                    raise yaml.constructor.ConstructorError(
                        None, None, problem, key_node.start_mark
                    )
        return super().construct_mapping(node, deep=deep)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict:
    for key, times in Counter(key for key, _ in pairs).items():
        if times > 1:
            raise ValueError(f"the key {shown(key)} stands there twice")
    return dict(pairs)
