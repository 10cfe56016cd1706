//! Serialises all accounts as one text, and restores them.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::Error;
use serde_json::value::RawValue;

use crate::access::{Access, Kept};
use crate::account::Account;
use crate::accounts::Accounts;
use crate::open::{OpenAccess, OpenKept};
use crate::recipe::{Recipe, Shared};
use crate::share::Tie;
use crate::state::{State, lock};

/// Version of the format.
const FORM: u32 = 1;

/// A named part of a dump.
pub(crate) trait Part {
    fn write(&self, out: &mut Vec<u8>);

    /// Restores what was written; on an error nothing is changed.
    fn read(&mut self, json: &RawValue) -> Result<(), Error>;
}

impl<T: Serialize + DeserializeOwned> Part for T {
    fn write(&self, out: &mut Vec<u8>) {
        // Writing to memory cannot fail, and every key is a text.
        drop(serde_json::to_writer(out, self));
    }

    fn read(&mut self, json: &RawValue) -> Result<(), Error> {
        *self = serde_json::from_str(json.get())?;
        Ok(())
    }
}

/// A dump as text has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dump<'a> {
    #[serde(rename = "ticktick-sim")]
    form: u32,
    #[serde(borrow)]
    accounts: Vec<BTreeMap<&'a str, &'a RawValue>>,
    access: Option<Kept>,
    open: Option<OpenKept>,
    /// Lists that accounts share, identified by position.
    #[serde(default)]
    ties: Vec<Tie>,
}

/// What a dump is made of.
#[derive(Clone)]
pub(crate) struct Whole {
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) access: Arc<Mutex<Access>>,
    pub(crate) open: Arc<Mutex<OpenAccess>>,
    pub(crate) ties: Arc<Mutex<Vec<Tie>>>,
}

impl Whole {
    pub(crate) fn write(&self) -> Vec<u8> {
        // While the accounts are locked, nothing is copied between them.
        let ties = lock(&self.ties);
        let mut out = format!("{{\"ticktick-sim\":{FORM},\n\"accounts\":[").into_bytes();
        let present = self.accounts.present();
        for (number, (_, account)) in present.iter().enumerate() {
            out.extend_from_slice(if number > 0 { b",\n" } else { b"\n" });
            write_account(&mut lock(account), &mut out);
        }
        // Empty positions are not written, so the others move up.
        let moved = |place: usize| present.iter().position(|(old, _)| *old == place);
        out.extend_from_slice(b"],\n\"access\":");
        let mut access = lock(&self.access).keep();
        access.renumber(moved);
        access.write(&mut out);
        out.extend_from_slice(b",\n\"open\":");
        lock(&self.open).keep().write(&mut out);
        out.extend_from_slice(b",\n\"ties\":");
        let ties: Vec<Tie> = ties.iter().map(|tie| tie.moved(moved)).collect();
        ties.write(&mut out);
        out.extend_from_slice(b"}\n");
        out
    }
}

/// What a dump holds.
pub(crate) struct Loaded {
    pub(crate) accounts: Vec<Account>,
    pub(crate) access: Option<Kept>,
    pub(crate) open: Option<OpenKept>,
    pub(crate) ties: Vec<Tie>,
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
    let dump: Dump<'_> = serde_json::from_slice(text)?;
    if dump.form != FORM {
        return Err(Error::custom(format!("form {} is not known; this version writes form {FORM}", dump.form)));
    }
    let mut accounts: Vec<Account> = Vec::with_capacity(dump.accounts.len());
    for (place, parts) in dump.accounts.into_iter().enumerate() {
        let account =
            read_account(parts, place, recipe).map_err(|error| within(format!("accounts[{place}]"), &error))?;
        if accounts.iter().any(|other| other.is_named(&account.username)) {
            return Err(Error::custom(format!("accounts[{place}]: the user name comes twice")));
        }
        accounts.push(account);
    }
    if !dump.ties.iter().all(|tie| tie.fits(accounts.len())) {
        return Err(Error::custom("ties: a list is shared by accounts that are not there"));
    }
    Ok(Loaded { accounts, access: dump.access, open: dump.open, ties: dump.ties })
}

/// Reads one account; omitted parts are as in an empty account.
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
        Some(unknown) => Err(Error::custom(format!("`{unknown}` is not known"))),
        None => Ok(account),
    }
}

fn within(place: String, error: &Error) -> Error {
    Error::custom(format!("{place}: {error}"))
}

impl State {
    /// Returns the contents of a dump.
    pub(crate) fn whole(&self) -> Whole {
        let (accounts, access) = (self.accounts.clone(), self.access.clone());
        Whole { accounts, access, open: self.open.clone(), ties: self.ties.clone() }
    }

    /// Replaces all accounts by those of a dump; on an error nothing is changed.
    ///
    /// Sessions are restored from the dump; if it has none, the sessions and tokens of accounts that still
    /// exist stay valid.
    pub(crate) fn load(&self, text: &[u8]) -> io::Result<()> {
        let _alone = lock(&self.changing);
        let Loaded { accounts, access: kept, open, ties } = read(text, &self.recipe)?;
        let mut shared = lock(&self.ties);
        let before: Vec<String> = self.accounts.all().iter().map(|account| lock(account).username.clone()).collect();
        let mut access = lock(&self.access);
        match kept {
            Some(kept) => access.restore(kept),
            None => access.renumber(|place| accounts.iter().position(|account| account.is_named(&before[place]))),
        }
        self.accounts.replace(accounts);
        *shared = ties;
        drop((access, shared));
        if let Some(open) = open {
            lock(&self.open).restore(open);
        }
        self.note_write();
        Ok(())
    }

    /// Shares the lists configured by the builder.
    pub(crate) fn share_planned(&self) -> io::Result<()> {
        self.recipe.shares.iter().try_for_each(|shared| self.share_one(shared))
    }

    /// Shares the lists that the builder configured for an account again, with accounts that still exist.
    pub(crate) fn share_planned_of(&self, user: &str) -> io::Result<()> {
        let is_user = |name: &str| name.to_lowercase() == user.to_lowercase();
        let there = |name: &str| self.accounts.named(name).is_some();
        let shares = self.recipe.shares.iter().filter(|shared| is_user(&shared.owner) || is_user(&shared.guest));
        shares
            .filter(|shared| there(&shared.owner) && there(&shared.guest))
            .try_for_each(|shared| self.share_one(shared))
    }

    fn share_one(&self, Shared { owner, list, guest, permission }: &Shared) -> io::Result<()> {
        let (Some(owner), Some(guest)) = (self.accounts.named(owner), self.accounts.named(guest)) else {
            let message = "a list is to be shared by accounts that are not there";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        self.share(owner, list, guest, permission);
        Ok(())
    }

    /// Restores the initial state: accounts, clock, captcha, faults and the log. All sessions end.
    pub(crate) fn reset(&self) {
        let _alone = lock(&self.changing);
        self.clock.restart();
        lock(&self.access).forget();
        lock(&self.open).forget();
        {
            let mut shared = lock(&self.ties);
            // Creating them succeeded at the start, so it succeeds again.
            self.accounts.replace(self.recipe.accounts().unwrap_or_default());
            shared.clear();
        }
        lock(&self.put).clear();
        // Sharing succeeded at the start, with the same accounts.
        drop(self.share_planned());
        *lock(&self.captcha) = self.recipe.captcha.clone();
        self.faults.restart();
        self.log.clear();
        self.note_write();
    }
}
