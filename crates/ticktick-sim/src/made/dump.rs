//! Serializes all accounts as one text, and restores them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Error as _;
use serde_json::Error;
use serde_json::value::RawValue;

use crate::made::recipe::Recipe;
use crate::world::access::Kept;
use crate::world::account::Account;
use crate::world::lock::lock;
use crate::world::open_access::OpenKept;
use crate::world::part::Part;
use crate::world::shared_project::SharedProject;
use crate::world::state::World;

/// Version of the format.
const FORM: u32 = 1;

/// The text of a dump.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dump<'a> {
    #[serde(rename = "ticktick-sim")]
    form: u32,
    #[serde(borrow)]
    accounts: Vec<BTreeMap<&'a str, &'a RawValue>>,
    access: Option<Kept>,
    open: Option<OpenKept>,
    /// Shared projects, which refer to accounts by position.
    #[serde(default)]
    ties: Vec<SharedProject>,
}

/// Writes a dump.
pub(crate) fn write(world: &World) -> Vec<u8> {
    // This lock prevents copying between accounts while they are written.
    let ties = lock(&world.shared_projects);
    let mut out = format!("{{\"ticktick-sim\":{FORM},\n\"accounts\":[").into_bytes();
    let present = world.accounts.present();
    for (number, (_, account)) in present.iter().enumerate() {
        out.extend_from_slice(if number > 0 { b",\n" } else { b"\n" });
        write_account(&mut lock(account), &mut out);
    }
    // Empty positions are not written, so the others move up.
    let moved = |place: usize| present.iter().position(|(old, _)| *old == place);
    out.extend_from_slice(b"],\n\"access\":");
    let mut access = lock(&world.access).keep();
    access.renumber(moved);
    access.write(&mut out);
    out.extend_from_slice(b",\n\"open\":");
    lock(&world.open).keep().write(&mut out);
    out.extend_from_slice(b",\n\"ties\":");
    let ties: Vec<SharedProject> = ties.iter().map(|tie| tie.moved(moved)).collect();
    ties.write(&mut out);
    out.extend_from_slice(b"}\n");
    out
}

/// The content of a dump.
pub(crate) struct Loaded {
    pub(crate) accounts: Vec<Account>,
    pub(crate) access: Option<Kept>,
    pub(crate) open: Option<OpenKept>,
    pub(crate) shared_projects: Vec<SharedProject>,
}

fn write_account(account: &mut Account, out: &mut Vec<u8>) {
    for (place, (name, part)) in account.parts().into_iter().enumerate() {
        out.extend_from_slice(if place > 0 { b",\n\"" } else { b"{\"" });
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
        part.write(out);
    }
    out.push(b'}');
}

/// Reads a dump.
pub(crate) fn read(text: &[u8], recipe: &Recipe) -> Result<Loaded, Error> {
    let dump: Dump<'_> = serde_json::from_slice(text)
        .map_err(|error| Error::custom(format!("not the state of a simulator: {error}")))?;
    if dump.form != FORM {
        return Err(Error::custom(format!("unknown version {} of the format; expected {FORM}", dump.form)));
    }
    let mut accounts: Vec<Account> = Vec::with_capacity(dump.accounts.len());
    for (place, parts) in dump.accounts.into_iter().enumerate() {
        let account =
            read_account(parts, place, recipe).map_err(|error| within(format!("accounts[{place}]"), &error))?;
        if accounts.iter().any(|other| other.is_named(&account.username)) {
            return Err(Error::custom(format!("accounts[{place}]: another account has the same user name")));
        }
        accounts.push(account);
    }
    if !dump.ties.iter().all(|tie| tie.fits(accounts.len())) {
        return Err(Error::custom("ties: a shared project refers to an account that does not exist"));
    }
    Ok(Loaded { accounts, access: dump.access, open: dump.open, shared_projects: dump.ties })
}

/// Reads one account. Omitted parts are empty.
fn read_account(mut sent: BTreeMap<&str, &RawValue>, place: usize, recipe: &Recipe) -> Result<Account, Error> {
    let required = |key| sent.get(key).ok_or_else(|| Error::custom(format!("`{key}` is missing")));
    let username: String = serde_json::from_str(required("username")?.get())?;
    let password: String = serde_json::from_str(required("password")?.get())?;
    let number = match sent.get("userId") {
        Some(json) => serde_json::from_str(json.get()).map_err(|error| within("userId".into(), &error))?,
        None => recipe.number(place),
    };
    let mut account = recipe.empty(place, number, username, password);
    for (name, part) in account.parts() {
        if let Some(json) = sent.remove(name) {
            part.read(json).map_err(|error| within(name.into(), &error))?;
        }
    }
    match sent.keys().next() {
        Some(unknown) => Err(Error::custom(format!("unknown member `{unknown}`"))),
        None => Ok(account),
    }
}

fn within(place: String, error: &Error) -> Error {
    Error::custom(format!("{place}: {error}"))
}
