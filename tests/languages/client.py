"""Signs on, syncs and creates a task. docs/other-languages.md says how to run this file."""

import json
import os
import secrets

from ticktick_api import AuthenticatedClient, Client
from ticktick_api.api.auth import auth_sign_on
from ticktick_api.api.sync import sync_check
from ticktick_api.api.task import task_batch
from ticktick_api.models import BatchAnswer, BatchTasks, SignOn, SignOnAnswer, SyncAnswer, Task


def answer(kind, response):
    """Returns the response of a call, or raises the reason for which the service refused it."""
    if not isinstance(response.parsed, kind):
        code = getattr(response.parsed, "error_code", None)
        raise RuntimeError(f"the service answered {response.status_code.value} {code or ''}")
    return response.parsed


URL = os.environ.get("TICKTICK_URL", "https://api.ticktick.com")
# Keep one id for each installation, because the service may flag unknown devices.
DEVICE = os.environ.get("TICKTICK_DEVICE") or secrets.token_hex(12)
HEADERS = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36",
    "X-Device": json.dumps(
        {"platform": "web", "os": "Windows 10", "device": "Chrome 150.0.0.0", "name": "", "version": 8121, "id": DEVICE}
    ),
    "Origin": "https://ticktick.com",
    "Referer": "https://ticktick.com/",
}

credentials = SignOn(username=os.environ["TICKTICK_USERNAME"], password=os.environ["TICKTICK_PASSWORD"])
signed_on = answer(SignOnAnswer, auth_sign_on.sync_detailed(client=Client(URL, headers=HEADERS), body=credentials))
if not signed_on.token:
    raise SystemExit("this account asks for a second factor")
client = AuthenticatedClient(
    URL, headers=HEADERS, token=f"t={signed_on.token}", auth_header_name="Cookie", prefix=""
)

full = answer(SyncAnswer, sync_check.sync_detailed(0, client=client))
print(len(full.sync_task_bean.update or []), "open tasks")

# A batch answers 200 even if it refuses an item.
task = Task(id=secrets.token_hex(12), project_id=full.inbox_id or "inbox", title="Buy milk")
stored = answer(BatchAnswer, task_batch.sync_detailed(client=client, body=BatchTasks(add=[task])))
if not stored.id2etag or task.id not in stored.id2etag.additional_properties:
    raise SystemExit(f"not stored: {stored.id2error}")

delta = answer(SyncAnswer, sync_check.sync_detailed(full.check_point, client=client))
for changed in delta.sync_task_bean.update or []:
    print("changed:", changed.title)
