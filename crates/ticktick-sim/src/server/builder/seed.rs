//! Accounts described in JSON, and numbers of generated tasks.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::made::recipe::{Contents, Planned};
use crate::made::seed::Seed;
use crate::server::builder::pending::{Pending, Source};
use crate::server::builder::{Builder, DEMO_PASSWORD, DEMO_USER};

impl Builder {
    /// Adds or fills accounts from JSON: lists of tasks, projects, folders, columns, tags, filters, habits
    /// and check-ins in the shapes of the API.
    ///
    /// Everything except names and titles is optional. `{"accounts": [...]}` describes several accounts,
    /// each with `username` and `password`; anything else describes one account, which is the one of its
    /// `username`, or else the first account or the demo user. `docs/simulator.md` lists all members, and
    /// `docs/schemas/seed.schema.json` is the JSON Schema. The text is parsed when the simulator is built;
    /// if it is invalid, [`Builder::open`] fails and names the JSON path.
    ///
    /// ```
    /// use ticktick_sim::{Collection, Simulator};
    ///
    /// let sim = Simulator::builder()
    ///     .account("me@example.com", "secret")
    ///     .seed_json(r#"{"projects": ["Work"], "tasks": ["Call Ann", {"title": "Report", "project": "Work"}]}"#)
    ///     .build();
    /// assert_eq!(sim.objects("me@example.com", Collection::Tasks).len(), 2);
    /// ```
    pub fn seed_json(mut self, json: impl Into<String>) -> Self {
        self.pending.seeds.push(Source::Text(json.into()));
        self
    }

    /// Adds or fills accounts from a JSON file, as [`Self::seed_json`] does.
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.pending.seeds.push(Source::File(path.into()));
        self
    }

    /// Fills one account with synthetic tasks, as [`Self::synthetic`] does, using [`Self::seed`].
    ///
    /// [`Builder::open`] fails if the account does not exist.
    pub fn synthetic_for(mut self, user: impl Into<String>, tasks: usize) -> Self {
        self.pending.tasks.push((user.into(), tasks));
        self
    }

    /// Plans the contents of the accounts, once all accounts are known.
    pub(super) fn plan_pending(&mut self) -> io::Result<()> {
        let Pending { seeds, tasks } = std::mem::take(&mut self.pending);
        for source in seeds {
            for seed in source.read()? {
                self.plan_seed(seed)?;
            }
        }
        let seed = self.recipe.seed;
        for (user, tasks) in tasks {
            let Some(planned) = self.recipe.planned_mut(&user) else {
                return Err(refused("tasks were requested for an account that does not exist; add the account first"));
            };
            planned.contents = Contents::Synthetic { tasks, seed };
        }
        Ok(())
    }

    /// Plans a seed as the contents of its account, and adds the account if it is new.
    fn plan_seed(&mut self, seed: Seed) -> io::Result<()> {
        let first = self.recipe.planned.first().map(|planned| planned.username.clone());
        let user = seed.account.username.clone().or(first).unwrap_or_else(|| DEMO_USER.to_owned());
        let (password, contents) = (seed.password(), Contents::Seeded(Arc::new(seed)));
        if let Some(planned) = self.recipe.planned_mut(&user) {
            planned.contents = contents;
            planned.password = password.unwrap_or(std::mem::take(&mut planned.password));
            return Ok(());
        }
        let known = (user == DEMO_USER).then(|| DEMO_PASSWORD.to_owned());
        let Some(password) = password.or(known) else {
            return Err(refused(
                "an account in the seed has no `password`; add it to the seed or configure the account",
            ));
        };
        self.recipe.planned.push(Planned { username: user, password, contents, totp: None });
        Ok(())
    }
}

fn refused(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}
