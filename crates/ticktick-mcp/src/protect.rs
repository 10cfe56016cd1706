//! Checks on startup that the protected projects exist, because a misspelled name would protect nothing.

use std::time::Duration;

use ticktick::Project;

use crate::account::Account;
use crate::refs;
use crate::text::{clean, title};

/// How long startup may wait for TickTick. Some clients give a server ten seconds to start.
const PATIENCE: Duration = Duration::from_secs(5);

/// Checks the names. If the account cannot be read, nothing is checked: calls that write check them again.
pub(crate) async fn check(account: &Account, names: &[String]) -> Result<(), String> {
    if unknown(account, names).is_ok_and(|unknown| unknown.is_none()) {
        return Ok(());
    }
    match tokio::time::timeout(PATIENCE, account.refresh(false)).await {
        Ok(Ok(())) => unknown(account, names).ok().flatten().map_or(Ok(()), Err),
        _ => Ok(()),
    }
}

/// Returns why a name does not match a project in the mirror. Fails if the mirror contains no account yet.
fn unknown(account: &Account, names: &[String]) -> Result<Option<String>, ()> {
    let mirror = &account.mirror;
    let is_filled = mirror.age().map_err(drop)?.is_some() && account.owns_mirror();
    let projects = mirror.projects().map_err(drop)?;
    if !is_filled {
        return Err(());
    }
    let is_inbox = |name: &String| name.trim().eq_ignore_ascii_case("inbox");
    let found = names.iter().filter(|name| !is_inbox(name)).map(|name| why(name, &projects));
    Ok(found.flatten().next())
}

fn why(name: &str, projects: &[Project]) -> Option<String> {
    let names = |found: &[&Project]| found.iter().map(|one| clean(one.name())).collect::<Vec<_>>().join(", ");
    let found = refs::all_named(name, projects, |one| (one.id.as_str(), one.name()));
    match found.as_slice() {
        [_] => None,
        [] => {
            let all = names(&projects.iter().collect::<Vec<_>>());
            Some(format!("--protect: there is no project \"{}\". There are: Inbox, {all}", title(name)))
        }
        several => Some(format!("--protect: \"{}\" is not one project. Candidates: {}", title(name), names(several))),
    }
}
