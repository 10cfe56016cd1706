//! The path of a request through the simulator.

use ticktick_raw::{Method, Operation, op};

use crate::control;
use crate::control::log::Logged;
use crate::control::state::State;
use crate::exchange::call::{Call, Incoming};
use crate::exchange::reply::{Lost, Reply};
use crate::exchange::route::{find, one_slash, unknown};
use crate::fault::rule::Asked;
use crate::server::cors;

/// Maximum size of a body in bytes. Uploads are at most 50 MB.
pub(crate) const BODY_LIMIT: usize = 64 << 20;

impl State {
    /// Handles a request and logs it. Requests to the control routes are not logged.
    pub(crate) fn serve(&self, mut incoming: Incoming) -> Reply {
        if let Some(reply) = control::answer(self, &incoming) {
            return reply;
        }
        let mut entry = Logged {
            method: incoming.method.clone(),
            target: incoming.target.clone(),
            status: 413,
            operation: None,
            body: incoming.body.clone(),
            missing: Vec::new(),
        };
        let cors = cors::headers(&incoming);
        let mut reply = if incoming.body.len() > BODY_LIMIT {
            entry.body.clear();
            incoming.body.clear();
            Reply::empty().with_status(entry.status)
        } else if let Some(reply) = cors::preflight(&incoming) {
            reply
        } else {
            let (operation, reply) = self.route(incoming);
            entry.operation = operation.map(|operation| operation.id);
            reply
        };
        for (name, value) in cors {
            reply = reply.with_header(name, value);
        }
        entry.missing.clone_from(&reply.missing);
        entry.status = match reply.delivery.lost {
            Some(Lost::Unheard | Lost::Answer) => 0,
            _ => reply.status,
        };
        self.log.push(entry);
        reply
    }

    fn route(&self, incoming: Incoming) -> (Option<&'static Operation>, Reply) {
        let method: Option<Method> = incoming.method.parse().ok();
        let path = one_slash(incoming.path());
        let found = method.and_then(|method| find(method, &path));
        let operation = found.as_ref().map(|(operation, _)| *operation);
        let now = self.world().clock.now();
        let asked =
            Asked { operation: operation.map(|operation| operation.id), method: &incoming.method, path: &path, now };
        let plan = self.faults.decide(&asked);
        let late = self.latency + plan.late;
        let mut reply = match (plan.instead(now), found) {
            (Some(answer), _) => self.context.conclude(|| answer),
            (None, None) => plan.damage(unknown(&path)),
            (None, Some((operation, places))) => {
                let session = self.context.session(&incoming, plan.ends_session());
                let call = Call::new(operation, places, incoming, now, session);
                plan.damage(self.carry_out(&call))
            }
        };
        reply.delivery.late = late;
        (operation, reply)
    }

    fn carry_out(&self, call: &Call) -> Reply {
        let reply = self.context.answer(call);
        // Reads change nothing that a data file contains.
        if call.operation.method != Method::Get || *call.operation == op::AUTH_SIGN_OUT {
            self.note_write();
        }
        reply
    }
}

#[cfg(test)]
mod tests {
    use ticktick_raw::op;

    use crate::server::testing::{browser, tester, tester_with};

    #[test]
    fn unknown_routes_get_a_web_page() {
        let reply = tester().send("POST", "/api/v3/batch/taskProject", "[]");
        assert_eq!(reply.status, 404);
        assert!(reply.body.starts_with(b"<!doctype html>"));
    }

    #[test]
    fn slashes_do_not_matter() {
        let tester = tester();
        for path in [
            "/api/v2//projects",
            "/api/v2/projects/",
            "//api/v2///projects//",
            "/api/v2/project/all/completed?limit=5",
            "/api/v2/project/all/closed/?limit=5",
            "/api/v2/project/all/completedInAll",
        ] {
            assert_eq!(tester.get(path), serde_json::json!([]), "{path}");
        }
        assert_eq!(tester.send("POST", "/api/v2/projects/", "").status, 405);
    }

    #[test]
    fn bodies_over_the_limit_are_refused_and_not_kept() {
        let tester = tester();
        let reply = tester.send("POST", "/api/v2/batch/task", vec![b' '; super::BODY_LIMIT + 1]);
        assert_eq!(reply.status, 413);
        assert_eq!(tester.send("GET", "/api/v2/nothing", "").status, 404, "the simulator still answers");
    }

    #[test]
    fn wrong_methods_get_405() {
        let tester = tester();
        for (method, path) in [
            ("PATCH", "/api/v2/projects"),
            ("GET", "/api/v2/project/65f0c1d2a3b4c5d6e7f80912"),
            ("HEAD", "/api/v2/projects"),
            ("PUT", "/api/v2/column"),
        ] {
            assert_eq!(tester.send(method, path, "").status, 405, "{method} {path}");
        }
    }

    #[test]
    fn bodies_that_are_no_json_are_refused() {
        let tester = tester();
        for body in ["", "{", "nonsense", "7"] {
            tester.send("POST", "/api/v2/batch/task", body).refused(500, "unknown_exception");
        }
    }

    #[test]
    fn batch_task_wants_a_device() {
        let tester = tester();
        let mut headers = browser();
        headers.retain(|(name, _)| name != "x-device");
        let token = tester.service.state.world().access.lock().unwrap().open("me@example.com", 0).token;
        headers.push(("cookie".into(), format!("t={token}")));
        let send = |path| tester.send_with(headers.clone(), "POST", path, "[]");
        send("/api/v2/batch/task").refused(403, "access_forbidden");
        send("/api/v2/batch/taskProject").value(200);
        headers.push(("x-device".into(), "web".into()));
        tester.send_with(headers, "POST", "/api/v2/batch/task", "[]").refused(403, "access_forbidden");
    }

    #[test]
    fn somebody_may_watch() {
        let (seen, lines) = std::sync::mpsc::channel();
        let tester = tester_with(|builder| {
            let seen = std::sync::Mutex::new(seen);
            builder.on_request(move |entry| seen.lock().unwrap().send(format!("{entry:?}")).unwrap())
        });
        tester.get("/api/v2/projects");
        assert_eq!(lines.recv().unwrap(), "GET /api/v2/projects -> 200 (0 bytes sent)");
    }

    #[test]
    fn requests_are_logged() {
        let tester = tester();
        tester.get("/api/v2/user/status");
        tester.send("GET", "/nowhere", "");
        let log = tester.service.requests();
        assert_eq!(log[0].operation, Some(op::USER_STATUS.id));
        assert_eq!(log[1].status, 404);
        assert_eq!(log[1].operation, None);
        assert_eq!(tester.service.count(&op::USER_STATUS), 1);
        tester.service.forget_requests();
        assert!(tester.service.requests().is_empty());
    }

    #[test]
    fn any_member_may_be_sent_as_null() {
        let tester = tester();
        for (path, body) in [
            (
                "/api/v2/batch/projectGroup",
                serde_json::json!({ "add": [{ "name": "G", "id": null, "sortOrder": null }] }),
            ),
            (
                "/api/v2/batch/project",
                serde_json::json!({ "add": [{ "name": "P", "id": null, "kind": null, "inAll": null }] }),
            ),
            (
                "/api/v2/batch/task",
                serde_json::json!({ "add": [{ "id": null, "projectId": null, "items": null, "tags": null }] }),
            ),
            (
                "/api/v2/batch/tag",
                serde_json::json!({ "add": [{ "name": "t", "label": null, "type": null, "parent": null }] }),
            ),
            (
                "/api/v2/batch/filter",
                serde_json::json!({ "add": [{ "id": null, "name": "F", "rule": "", "sortType": null }] }),
            ),
        ] {
            let answer = tester.post(path, &body);
            assert_eq!(answer["id2etag"].as_object().unwrap().len(), 1, "{path}: {answer}");
        }
    }
}
