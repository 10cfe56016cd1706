"""A check for schemathesis: every 500 is a refusal by the application, with a code of `spec/errors.yaml`."""

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
