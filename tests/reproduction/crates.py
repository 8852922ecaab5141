"""What `rocrate-validator` says of a crate, without a network."""

import json
from io import BytesIO
from pathlib import Path

import rocrate
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
# Where the terms of version 1.1 lie elsewhere than those of 1.3, which rocrate has with it.
OLDER = {
    "ComputationalWorkflow": "https://bioschemas.org/ComputationalWorkflow",
    "FormalParameter": "https://bioschemas.org/FormalParameter",
    "input": "https://bioschemas.org/ComputationalWorkflow#input",
    "output": "https://bioschemas.org/ComputationalWorkflow#output",
}


class Shelf(HTTPAdapter):
    """Answers with the context of RO-Crate 1.1, whatever is asked."""

    def send(self, request, **_):
        path = Path(rocrate.__file__).parent / "data/ro-crate.jsonld"
        context = json.loads(path.read_text(encoding="utf-8"))["@context"] | OLDER
        body = BytesIO(json.dumps({"@context": context}).encode())
        answer = HTTPResponse(
            body,
            headers={"Content-Type": "application/ld+json"},
            status=200,
            preload_content=False,
            request_url=request.url,
        )
        return self.build_response(request, answer)


def issues(crate, cache):
    """What keeps the folder `crate` from being a Provenance Run Crate; `cache` is a new folder."""
    cache.mkdir()
    with CachedSession(str(cache / "http"), backend="sqlite", expire_after=-1) as session:
        session.mount(CONTEXT, Shelf())
        session.get(CONTEXT)
    result = services.validate(
        {
            "rocrate_uri": str(crate),
            "profile_identifier": "provenance-run-crate",
            "requirement_severity": "REQUIRED",
            "offline": True,
            "cache_path": cache / "http",
        }
    )
    return [f"{issue.message} {issue.violatingEntity}" for issue in result.get_issues()]
