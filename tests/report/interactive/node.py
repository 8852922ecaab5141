"""The figures' scripts, run by Node without a page."""

import json
import subprocess
from functools import cache
from pathlib import Path

import playwright
import pytest

INTERACTIVE = Path(__file__).parents[3] / "report" / "interactive"
_NODE = Path(playwright.__file__).parent / "driver" / "node"
_RUN = """
const [folder, name, expression] = process.argv.slice(1);
const [vm, fs] = [require('vm'), require('fs')];
const run = file => vm.runInThisContext(fs.readFileSync(`${folder}/${file}`));
delete globalThis.module; // or D3 would take the page for Node
globalThis.document = { querySelectorAll: () => [] };
run('d3.js');
run('figure.js');
run('trained.js');
run(`${name}.js`);
const given = JSON.parse(fs.readFileSync(0));
const plain = (key, value) => (typeof value === 'bigint' ? value.toString() : value);
const compute = new Function('given', ...Object.keys(answerbook.computed[name]), expression);
Promise.resolve(compute(given, ...Object.values(answerbook.computed[name])))
  .then(result => console.log(JSON.stringify(result, plain)));
"""


@cache
def why_no_node() -> str | None:
    """What Node says where it does not start; it is Playwright's, and drives the browser."""
    done = subprocess.run([_NODE, "--version"], capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr.strip()


def skip_without_node() -> None:
    """Skip the test where Node does not start."""
    if reason := why_no_node():
        pytest.skip(f"the Node inside playwright does not start: {reason}")


def compute(name: str, expression: str, given: object = None) -> object:
    """What the functions of the figure `name` make of `given`: the body of a function of it."""
    skip_without_node()
    command = [str(_NODE), "-e", _RUN, str(INTERACTIVE), name, f"return {expression};"]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
