//! The shared state, and the path of a request through it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ticktick_raw::{Auth, Host, Method, Operation, op};

use crate::access::{Access, Session};
use crate::account::Account;
use crate::accounts::Accounts;
use crate::auth::SignOnRule;
use crate::call::{Call, Incoming};
use crate::clock::SimClock;
use crate::control;
use crate::cors;
use crate::data::Keeper;
use crate::fault::{Asked, Faults, Plan};
use crate::forms::Forms;
use crate::generated::control::Captcha;
use crate::generated::{Handler, ROUTES};
use crate::log::{Log, Logged};
use crate::open::OpenAccess;
use crate::recipe::{Planned, Recipe};
use crate::refusal::Refusal;
use crate::reply::{Answer, Lost, Reply};
use crate::shape;
use crate::share::Tie;

/// Most bytes of a body; an upload is at most 50 MB.
pub(crate) const BODY_LIMIT: usize = 64 << 20;

/// Every operation that has an answer, by its id.
static HANDLERS: LazyLock<HashMap<&str, Handler>> =
    LazyLock::new(|| ROUTES.iter().map(|(operation, handler)| (operation.id, *handler)).collect());

pub(crate) struct State {
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) access: Arc<Mutex<Access>>,
    pub(crate) open: Arc<Mutex<OpenAccess>>,
    pub(crate) clock: SimClock,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    /// What the accounts are made of at a reset.
    pub(crate) recipe: Recipe,
    /// Keeps the accounts in a file.
    pub(crate) keeper: Option<Keeper>,
    pub(crate) captcha: Mutex<Option<Captcha>>,
    /// By how much every answer is late.
    pub(crate) latency: Duration,
    /// Lists that accounts share.
    pub(crate) ties: Arc<Mutex<Vec<Tie>>>,
    /// Which headers of a browser a request needs.
    pub(crate) sign_on: SignOnRule,
    /// Whether others may reach the server.
    pub(crate) open_to_others: bool,
    /// What accounts are made of that were put while it runs, by user name in small letters.
    pub(crate) put: Mutex<BTreeMap<String, Planned>>,
    /// Held while accounts come, go or begin again.
    pub(crate) changing: Mutex<()>,
    pub(crate) forms: Forms,
}

/// Locks even after a panic of another holder: requests leave no half-done state behind.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Answers a request and logs it; requests of the control are answered only.
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
        let now = self.clock.now();
        let asked =
            Asked { operation: operation.map(|operation| operation.id), method: &incoming.method, path: &path, now };
        let plan = self.faults.strike(&asked);
        let late = self.latency + plan.late;
        let mut reply = match (plan.instead(now), found) {
            (Some(answer), _) => self.conclude(|| answer),
            (None, None) => plan.damage(unknown(&path)),
            (None, Some((operation, places))) => {
                let session = self.session(&incoming, &plan);
                let call = Call::new(operation, places, incoming, now, session);
                plan.damage(self.carry_out(&call))
            }
        };
        reply.delivery.late = late;
        (operation, reply)
    }

    /// Returns the session of a request, unless it has to end.
    fn session(&self, incoming: &Incoming, plan: &Plan) -> Option<Session> {
        let token = incoming.cookie("t")?;
        let mut access = lock(&self.access);
        if plan.ends_session() {
            access.close(token);
        }
        let device = incoming.device_id().filter(|_| self.sign_on != SignOnRule::Lenient);
        access.enter(token, device.as_deref())
    }

    fn carry_out(&self, call: &Call) -> Reply {
        let reply = match self.admit(call).and_then(|()| shape::readable(call)) {
            Ok(()) => match HANDLERS.get(call.operation.id) {
                Some(handler) => handler(self, call),
                None => Reply::not_implemented(call),
            },
            Err(refusal) => self.refuse(refusal),
        };
        // Reading changes nothing that has to outlive a restart.
        if call.operation.method != Method::Get || *call.operation == op::AUTH_SIGN_OUT {
            self.note_write();
        }
        reply
    }

    /// Gives an account another password, which ends its sessions.
    pub(crate) fn change_password(&self, place: usize, password: String) {
        if let Some(account) = self.accounts.get(place) {
            lock(&account).password = password;
        }
        lock(&self.access).close_all(Some(place));
        self.note_write();
    }

    /// Ends every session.
    pub(crate) fn end_sessions(&self) {
        lock(&self.access).close_all(None);
        self.note_write();
    }

    /// Has the accounts kept, if they are kept in a file.
    pub(crate) fn note_write(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.note();
        }
    }

    /// Checks what the service checks before it looks at what is asked.
    fn admit(&self, call: &Call) -> Result<(), Refusal> {
        let operation = call.operation;
        // Web pages answer without a session too.
        let wants_session = operation.auth == Auth::Session && operation.host != Host::Web;
        if wants_session && call.session.is_none() {
            return Err(Refusal::not_signed_on());
        }
        if *operation == op::TASK_BATCH && self.sign_on != SignOnRule::Lenient && call.device().is_none() {
            return Err(Refusal::new(403, "access_forbidden").lacking("X-Device"));
        }
        Ok(())
    }

    /// Lets a handler work on the account of the session.
    pub(crate) fn with(&self, call: &Call, work: impl FnOnce(&mut Account) -> Answer) -> Reply {
        self.conclude(|| {
            let session: &Session = call.session.as_ref().ok_or_else(Refusal::not_signed_on)?;
            self.together(session.account, call.now, work)
        })
    }

    pub(crate) fn conclude(&self, work: impl FnOnce() -> Answer) -> Reply {
        work().unwrap_or_else(|refusal| self.refuse(refusal))
    }

    fn refuse(&self, refusal: Refusal) -> Reply {
        let key = lock(&self.access).key();
        refusal.reply(&key)
    }
}

/// Collapses repeated slashes, as the service does.
fn one_slash(path: &str) -> String {
    let mut collapsed = String::with_capacity(path.len());
    collapsed.extend(
        path.chars()
            .scan('_', |last, next| Some((std::mem::replace(last, next), next)))
            .filter_map(|(last, next)| (last != '/' || next != '/').then_some(next)),
    );
    collapsed
}

/// Finds an operation, whether its path ends in a slash or not.
fn find(method: Method, path: &str) -> Option<(&'static Operation, Vec<(&'static str, String)>)> {
    let other = || path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    Operation::route(method, path).or_else(|| Operation::route(method, &other()))
}

/// Answers a path that no operation has with this method.
fn unknown(path: &str) -> Reply {
    let methods = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
    if methods.iter().any(|method| find(*method, path).is_some()) { Reply::wrong_method() } else { Reply::not_found() }
}

#[cfg(test)]
mod tests {
    use ticktick_raw::op;

    use crate::testing::{browser, tester, tester_with};

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
        assert_eq!(tester.send("GET", "/api/v2/nothing", "").status, 404, "it goes on");
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
        let token = tester.service.state.access.lock().unwrap().open("me@example.com", 0).token;
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
        assert_eq!((log[1].status, log[1].operation), (404, None));
        assert_eq!(tester.service.count(&op::USER_STATUS), 1);
        tester.service.forget_requests();
        assert!(tester.service.requests().is_empty());
    }
}
