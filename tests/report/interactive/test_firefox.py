"""The figures that answer back in Firefox, without network."""

import json
import shutil

import pytest
from tests.report.interactive.firefox import opened

FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")
KEYS = {"range": "\ue012", "number": "\ue013"}  # the arrows to the left and upwards
FOCUS = """(() => {
  const input = document.querySelectorAll('.live')[%d].querySelector('[type=range], [type=number]');
  input.focus();
  return input.type;
})()"""
STATES = "[...document.querySelectorAll('.live .state')].map(state => state.textContent)"
# Those that do not change within 20 seconds: the weights of the last figure have to be unpacked.
SAME = """new Promise(done => {
  const before = %s, start = performance.now();
  const look = () => {
    const same = STATES.filter((state, figure) => state === before[figure]);
    if (!same.length || performance.now() - start > 20000) done(same);
    else setTimeout(look, 100);
  };
  look();
})""".replace("STATES", STATES)

pytestmark = pytest.mark.skipif(FIREFOX is None, reason="there is no firefox on the PATH")


def test_every_figure_comes_alive_and_follows_the_keyboard(page_file, tmp_path):
    with opened(FIREFOX, tmp_path) as page:
        page.open(page_file.as_uri(), 1280)
        before = page.evaluate(STATES)
        assert len(before) == page.evaluate("document.querySelectorAll('figure').length") > 5
        for figure in range(len(before)):
            page.press(KEYS[page.evaluate(FOCUS % figure)])
        assert page.evaluate(SAME % json.dumps(before)) == []
        asked = [url for url in page.requests() if not url.startswith("data:")]
        assert asked == []  # Firefox does not tell of the file itself
        assert page.evaluate("(console.log('the last'), document.title)") == "Figures that answer"
        assert page.messages() == ["the last"]
