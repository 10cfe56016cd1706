//! Adds, resets and removes accounts while the simulator runs.

use std::sync::Arc;

use crate::control::outcome::{Outcome, bad, done};
use crate::control::state::State;
use crate::exchange::call::Incoming;
use crate::exchange::reply::Reply;
use crate::generated::control::{Account, AccountList};
use crate::made::recipe::{Contents, Planned};
use crate::made::seed::Seed;
use crate::world::lock::lock;

/// Handles a request about the account in the path.
pub(super) fn route(state: &State, incoming: &Incoming, rest: &str) -> Option<Outcome> {
    let (name, verb) = rest.split_once('/').map_or((rest, None), |(name, verb)| (name, Some(verb)));
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned();
    Some(match (verb, &*incoming.method) {
        _ if name.is_empty() => Err((400, "expected a user name after /_sim/accounts/".into())),
        (None, "GET") => {
            state.world().accounts.named(&name).map(|place| Reply::json(&shown(state, place))).ok_or_else(nobody)
        }
        (None, "PUT") => put(state, &name, &incoming.body),
        (None, "DELETE") => remove(state, &name),
        (Some("reset"), "POST") => reset(state, &name),
        (None | Some("reset"), _) => Err((405, "an account supports GET, PUT, DELETE and POST .../reset".into())),
        _ => return None,
    })
}

/// Lists the accounts.
pub(super) fn list(state: &State) -> Reply {
    let accounts = state.world().accounts.present().into_iter().filter_map(|(place, _)| shown(state, place));
    Reply::json(&AccountList(accounts.collect()))
}

fn shown(state: &State, place: usize) -> Option<Account> {
    let account = state.world().accounts.get(place)?;
    let account = lock(&account);
    let (username, inbox_id) = (account.username.clone(), account.inbox_id.clone());
    Some(Account { username, user_id: account.user_id, inbox_id })
}

/// Creates or replaces an account.
fn put(state: &State, name: &str, body: &[u8]) -> Outcome {
    let seed = Seed::read(body).map_err(bad)?;
    if seed.account.username.as_deref().is_some_and(|user| user != name) {
        return Err((400, "$.username: expected the name in the path, or no `username`".into()));
    }
    let _alone = lock(&state.changing);
    let place = state.world().accounts.named(name);
    let now = place.and_then(|place| state.world().accounts.get(place)).map(|account| lock(&account).password.clone());
    let Some(password) = seed.password().or(now).filter(|password| !password.is_empty()) else {
        return Err((400, "$.password: expected a password, because the account is new".into()));
    };
    let contents = Contents::Seeded(Arc::new(seed));
    let planned = Planned { username: name.to_owned(), password, contents, totp: None };
    let place = state.renew(place, &planned).map_err(bad)?;
    lock(&state.put).insert(name.to_lowercase(), planned);
    state.note_write();
    Ok(Reply::json(&shown(state, place)))
}

/// Resets an account to its initial state.
fn reset(state: &State, name: &str) -> Outcome {
    let _alone = lock(&state.changing);
    let place = state.world().accounts.named(name).ok_or_else(nobody)?;
    let put = lock(&state.put).get(&name.to_lowercase()).cloned();
    let planned = put.or_else(|| state.recipe.planned(name).cloned());
    let planned = planned
        .ok_or((409, "the account came from a data file or a state, so it has no initial contents to restore".into()));
    let place = state.renew(Some(place), &planned?).map_err(bad)?;
    state.share_planned_of(name).map_err(bad)?;
    state.note_write();
    Ok(Reply::json(&shown(state, place)))
}

fn remove(state: &State, name: &str) -> Outcome {
    let _alone = lock(&state.changing);
    let place = state.world().accounts.named(name).ok_or_else(nobody)?;
    state.world().leave_projects(place);
    state.world().accounts.remove(place, state.recipe.empty(place, 0, String::new(), String::new()));
    lock(&state.world().access).forget_account(name, place);
    lock(&state.world().open).forget_user(name, true);
    lock(&state.put).remove(&name.to_lowercase());
    state.note_write();
    Ok(done())
}

fn nobody() -> (u16, String) {
    (404, "no account has this name; GET /_sim/accounts lists the accounts".into())
}

impl State {
    /// Resets or adds an account, in its position or after all others, and returns the position. Its sessions end.
    fn renew(&self, place: Option<usize>, planned: &Planned) -> std::io::Result<usize> {
        let all = self.world().accounts.all();
        let number = match place {
            Some(place) => lock(&all[place]).user_id,
            None => {
                let last = all.iter().map(|account| lock(account).user_id + 1).max();
                self.recipe.number(all.len()).max(last.unwrap_or_default())
            }
        };
        let new = self.recipe.account(planned, place.unwrap_or(all.len()), number)?;
        if let Some(place) = place {
            self.world().leave_projects(place);
        }
        let place = place.unwrap_or(all.len());
        self.world().accounts.put(place, new);
        lock(&self.world().access).forget_account(&planned.username, place);
        lock(&self.world().open).forget_user(&planned.username, false);
        Ok(place)
    }
}
