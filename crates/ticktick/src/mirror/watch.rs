//! [`Watched`]: the transport of a client with a mirror. Records each write before it is sent, and stores the objects
//! in responses.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::value::RawValue;
use ticktick_models::{Json, Misfit, Object};
use ticktick_raw::{self as raw, ApiError, Auth, Operation, Pending, Request, Response, Transport};

use super::action::ChangeAction;
use super::journal::{self, Outcome, Write};
use super::kind::Kind;
use super::members::Members;
use super::meta::set_meta;
use super::observe::{is_observed, observe};
use super::plan::{Item, Plan};
use super::store::{Source, Sql, Store};
use super::{Mirror, MirrorError};
use crate::Error;
use crate::relogin::Relogin;
use crate::write::is_outcome_unknown;

/// A transport that updates a mirror with the requests and responses that pass through it.
pub(crate) struct Watched {
    relogin: Arc<Relogin>,
    mirror: Mirror,
}

impl Watched {
    pub(crate) fn new(relogin: Arc<Relogin>, mirror: Mirror) -> Self {
        Self { relogin, mirror }
    }

    async fn read(&self, request: Request) -> Result<Response, raw::Error> {
        let answer = self.relogin.send(request.clone()).await;
        if let Ok(response) = &answer
            && ApiError::of(request.operation, response).is_none()
        {
            self.note(self.mirror.observe(&request, response));
        }
        answer
    }

    async fn write(&self, request: Request) -> Result<Response, raw::Error> {
        for project in Plan::deleted_projects(&request) {
            // A sync does not contain columns, and the journal needs them to undo the write.
            drop(raw::column::list_by_project(self, &project.into()).await);
        }
        let (entry, plan) = self
            .mirror
            .begin(&request)
            // Without a record, the write could not be undone.
            .map_err(|error| raw::Error::custom(request.operation, Error::Mirror(error)))?;
        let operation = request.operation;
        let answer = self.relogin.send(request).await;
        self.note(self.mirror.finish(operation, entry, plan, &answer));
        answer
    }

    /// Logs an error of the file. The call itself must not fail, because the service has answered it. The next refresh
    /// repairs the file.
    fn note(&self, outcome: Result<(), MirrorError>) {
        if let Err(error) = outcome {
            tracing::warn!(%error, "could not store a response in the mirror");
        }
    }
}

impl Transport for Watched {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, raw::Error>> {
        let operation = request.operation;
        if operation.auth != Auth::Session || operation.id.starts_with("auth.") {
            self.relogin.send(request)
        } else if !operation.reads && !self.relogin.is_read_only() {
            Box::pin(self.write(request))
        } else if is_observed(operation.id) {
            Box::pin(self.read(request))
        } else {
            self.relogin.send(request)
        }
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        self.relogin.accepts(operation, misfits)
    }

    fn can_stream(&self) -> bool {
        self.relogin.can_stream()
    }
}

impl Mirror {
    fn observe(&self, request: &Request, response: &Response) -> Result<(), MirrorError> {
        let (zone, now) = (self.zone()?, self.now());
        self.write(|tx| {
            observe(&mut Store::new(tx, &zone, now)?, request, response)?;
            journal::settle(tx, now)
        })?;
        self.shared.observed.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn begin(&self, request: &Request) -> Result<(i64, Plan), MirrorError> {
        let now = self.now();
        let command = self.command();
        self.write(|tx| {
            let plan = Plan::of(tx, request)?;
            let write = Write {
                operation: request.operation.id,
                command: &command.text,
                run: &command.run,
                undoes: command.undoes,
                plan: &plan,
            };
            Ok((journal::begin(tx, now, &write)?, plan))
        })
    }

    fn finish(
        &self,
        operation: &Operation,
        entry: i64,
        plan: Plan,
        answer: &Result<Response, raw::Error>,
    ) -> Result<(), MirrorError> {
        let (zone, now) = (self.zone()?, self.now());
        let (outcome, error) = match answer {
            Ok(response) => match ApiError::of(operation, response) {
                None => (Outcome::Done, None),
                Some(refusal) => failed(&raw::Error::from(refusal)),
            },
            Err(error) => failed(error),
        };
        self.write(|tx| {
            let answered = answer.as_ref().ok().filter(|_| outcome == Outcome::Done);
            let mut store = Store::new(tx, &zone, now)?;
            let outcomes = Answered::new(answered).carry_out(&mut store, plan.items, outcome)?;
            for (position, (item, outcome)) in outcomes.iter().enumerate() {
                journal::finish_item(tx, (entry, position), item, *outcome)?;
            }
            journal::finish(tx, entry, total(outcome, &outcomes), error.as_deref())?;
            if plan.spreads {
                set_meta(tx, "stale", "1")?;
            }
            let (most, oldest) = self.retention(now);
            journal::prune(tx, most, oldest)
        })
    }
}

fn failed(error: &raw::Error) -> (Outcome, Option<String>) {
    let outcome = if is_outcome_unknown(error) { Outcome::Unknown } else { Outcome::Refused };
    (outcome, Some(error.to_string()))
}

/// Returns the outcome of an entry from those of its objects.
fn total(outcome: Outcome, items: &[(Item, Outcome)]) -> Outcome {
    let has = |wanted| items.iter().any(|(_, outcome)| *outcome == wanted);
    match outcome {
        Outcome::Done if !items.is_empty() && !has(Outcome::Done) => {
            if has(Outcome::Refused) {
                Outcome::Refused
            } else {
                Outcome::NotApplied
            }
        }
        outcome => outcome,
    }
}

/// The outcomes of the objects of a write, according to the response.
#[derive(Default)]
struct Answered {
    /// The members that the response contains for each object, such as its etag, by id.
    named: Vec<(String, Object)>,
    refused: Vec<String>,
    /// Whether the response lists the stored objects.
    is_batch: bool,
}

impl Answered {
    fn new(response: Option<&Response>) -> Self {
        let parse = || {
            let object: Object = serde_json::from_slice(&response?.body).ok()?;
            Some(Self::of(object))
        };
        parse().unwrap_or_default()
    }

    fn of(object: Object) -> Self {
        let map = |key| object.get(key).and_then(|map| map.decode::<Object>().ok());
        let Some(etags) = map("id2etag") else {
            // Some operations return the stored object.
            let id = Members(object.clone()).text("id");
            return Self { named: id.map(|id| (id, object)).into_iter().collect(), ..Self::default() };
        };
        let named = etags.iter().map(|(id, value)| (id.to_owned(), members(value))).collect();
        let refused = map("id2error").unwrap_or_default();
        Self { named, refused: refused.iter().map(|(id, _)| id.to_owned()).collect(), is_batch: true }
    }

    /// Stores the objects that were written, and returns the outcome of each.
    fn carry_out(&self, store: &mut Store<'_>, items: Vec<Item>, outcome: Outcome) -> Sql<Vec<(Item, Outcome)>> {
        let alone = items.len() == 1;
        let mut outcomes = Vec::new();
        for mut item in items {
            let outcome = if outcome == Outcome::Done { self.outcome(&mut item, alone) } else { outcome };
            if outcome == Outcome::Done && !item.recorded {
                carry_out(store, &item)?;
            }
            outcomes.push((item, outcome));
        }
        if outcome == Outcome::Done {
            self.relatives(store, &outcomes)?;
        }
        Ok(outcomes)
    }

    fn outcome(&self, item: &mut Item, alone: bool) -> Outcome {
        if self.refused.contains(&item.answered) {
            return Outcome::Refused;
        }
        let named = self.named.iter().find(|(id, _)| *id == item.answered).or_else(|| {
            // A lone new object may be stored under another id.
            self.named
                .first()
                .filter(|_| alone && self.is_batch && self.named.len() == 1 && item.action == ChangeAction::Create)
        });
        match named {
            Some((id, members)) => {
                let mut members = members.clone();
                if item.kind != Kind::Checkin && *id != item.answered {
                    item.id.clone_from(id);
                    members.set(item.kind.key(), id.as_str());
                }
                item.after = item.after.take().map(|after| merged(&after, members));
                Outcome::Done
            }
            // The response names neither deletes nor check-ins that were stored.
            None if !self.is_batch || item.action == ChangeAction::Delete || item.kind == Kind::Checkin => {
                Outcome::Done
            }
            None => Outcome::NotApplied,
        }
    }

    /// Stores changes to objects that only the response names, such as the new parent of a task.
    fn relatives(&self, store: &mut Store<'_>, done: &[(Item, Outcome)]) -> Sql<()> {
        for (id, members) in &self.named {
            if done.iter().any(|(item, _)| item.id == *id) || members.get("childIds").is_none() {
                continue;
            }
            if let Some(row) = store.find(Kind::Task, id)? {
                store.put(Kind::Task, &merged(&row.json, members.clone()), Source::Us)?;
            }
        }
        Ok(())
    }
}

/// Returns the members that a response contains for an object: an etag or an object.
fn members(value: &Json) -> Object {
    if value.kind() == "object" {
        return value.decode().unwrap_or_default();
    }
    let mut members = Object::new();
    if value.kind() == "string" {
        members.set("etag", value.clone());
    }
    members
}

fn merged(json: &str, members: Object) -> String {
    let Ok(mut object) = serde_json::from_str::<Object>(json) else { return json.to_owned() };
    object.merge(members);
    serde_json::value::to_raw_value(&object).map_or_else(|_| json.to_owned(), |raw: Box<RawValue>| raw.get().to_owned())
}

fn carry_out(store: &mut Store<'_>, item: &Item) -> Sql<()> {
    match (&item.after, item.action) {
        (_, ChangeAction::Delete) => store.remove(item.kind, &item.id, Source::Us).map(drop),
        (Some(json), _) => store.put_below(item.kind, item.owner.as_deref(), json, Source::Us).map(drop),
        // The next response that contains the object adds it.
        (None, ChangeAction::Create) => store.expect(item.kind, &item.id),
        // The file does not hold the object, so there is nothing to change.
        (None, ChangeAction::Update) => Ok(()),
    }
}
