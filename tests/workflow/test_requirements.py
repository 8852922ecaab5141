import pytest
from workflow.support.requirements import check_installed

from answerbook.errors import AnswerbookError


def test_what_is_missing_is_named_with_the_ways_on():
    check_installed(["numpy"])
    with pytest.raises(AnswerbookError, match=r"lacks numpie, .* `make setup` .* `--sdm conda`"):
        check_installed(["numpy", "numpie"])
