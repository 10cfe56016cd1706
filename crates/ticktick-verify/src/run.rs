//! Runs the calls.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use ticktick_models::{Clock, IdSource, TaskId};
use ticktick_raw::{Call, Error, Place, SendKind, Transport};

use crate::fill::{self, Names, Unknown};
use crate::path;
use crate::plan::{Check, Experiment, Outcome, Step, Wants};
use crate::report::{CallFailure, Effect, Seen, Verdict, code};
use crate::{PREFIX, PROJECT};

/// A step that succeeded, was refused, or was not made.
#[derive(Debug)]
pub(crate) enum Answer {
    Body(Vec<u8>),
    Refused {
        status: u16,
        code: Option<String>,
    },
    Failed(CallFailure),
    /// A value that an earlier response should have contained is missing.
    Missing(String),
}

/// The error that ends a run early, because no further call can succeed.
pub type Stop = Error;

/// Progress of a run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A read operation has finished.
    Read {
        /// Id of the operation.
        operation: &'static str,
        /// Its result.
        seen: &'a Seen,
    },
    /// An experiment has finished.
    Experiment {
        /// The experiment.
        experiment: &'static Experiment,
        /// What its outcome means, if one applies.
        says: Option<&'static str>,
        /// Its verdict.
        verdict: &'a Verdict,
    },
}

/// One run against a service.
pub struct Run<'t> {
    pub(crate) transport: &'t dyn Transport,
    ids: IdSource,
    now: Timestamp,
    pub(crate) names: Names,
}

impl<'t> Run<'t> {
    /// Creates a run. The transport must be signed in; its pace is respected.
    ///
    /// ```
    /// # async fn example(transport: &dyn ticktick_raw::Transport) -> Result<(), ticktick_raw::Error> {
    /// use ticktick_verify::{EXPERIMENTS, Run};
    ///
    /// let mut run = Run::new(transport, ticktick_models::SystemClock, [7; 8]);
    /// let operations = run.reads(|_| true, |event| println!("{event:?}")).await?;
    /// assert!(!operations.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(transport: &'t dyn Transport, clock: impl Clock + 'static, entropy: [u8; 8]) -> Self {
        let now = clock.now();
        let date = now.to_zoned_datetime(TimeZone::UTC);
        let mut names = Names::new();
        names.insert("now".to_owned(), date.strftime("%Y-%m-%dT%H:%M:%S.000+0000").to_string().into());
        names.insert("stamp".to_owned(), date.strftime("%Y%m%d").to_string().into());
        names.insert("millis".to_owned(), now.as_millisecond().into());
        names.insert("name".to_owned(), PREFIX.into());
        Self { transport, ids: IdSource::new(clock, entropy), now, names }
    }

    /// Runs an experiment and determines its outcome. It writes, unless it [creates](Experiment::creates)
    /// nothing; clean up afterwards.
    ///
    /// # Errors
    ///
    /// If the session has expired or the service cannot be reached, because no other call would succeed.
    pub async fn experiment(
        &mut self,
        experiment: &'static Experiment,
        mut on: impl FnMut(Event<'_>),
    ) -> Result<Verdict, Stop> {
        if experiment.creates.is_some() {
            self.need_project().await?;
        }
        let names = self.names.clone();
        self.invent(experiment);
        let mut answers: Vec<(&'static str, Answer)> = Vec::new();
        for step in experiment.steps {
            let answer = self.call(step).await?;
            answers.push((step.name, answer));
        }
        let bodies = answers.iter().map(|(name, answer)| (*name, Known::new(answer))).collect::<Vec<_>>();
        let outcome = experiment.outcomes.iter().find(|outcome| self.fits(outcome, &bodies));
        // The values learnt are only used in this experiment.
        self.names = names;
        let named = answers.iter().filter(|(name, _)| !name.is_empty());
        let verdict = Verdict {
            id: experiment.id.to_owned(),
            quirk: experiment.quirk.to_owned(),
            verdict: outcome.map_or("unclear", |outcome| outcome.verdict).to_owned(),
            effect: outcome.map_or(Effect::Nothing, |outcome| outcome.effect),
            steps: named.map(|(name, answer)| ((*name).to_owned(), answer.in_a_word())).collect(),
        };
        on(Event::Experiment { experiment, says: outcome.map(|outcome| outcome.says), verdict: &verdict });
        Ok(verdict)
    }

    /// Creates the project for experiments, once per run.
    async fn need_project(&mut self) -> Result<(), Stop> {
        if self.names.contains_key("sandbox") {
            return Ok(());
        }
        let id = self.next_id();
        let body = serde_json::json!({ "add": [{ "id": id, "name": PROJECT, "viewMode": "list", "kind": "TASK" }] });
        let answer: Value = Call::new(&ticktick_raw::op::PROJECT_BATCH).json(&body).decode(self.transport).await?;
        if answer["id2etag"].get(&id).is_none() {
            let why =
                "the service did not create the project for the experiments; the account may have too many projects";
            return Err(Error::custom(&ticktick_raw::op::PROJECT_BATCH, why));
        }
        self.names.insert("sandbox".to_owned(), id.into());
        Ok(())
    }

    /// Generates an id or a name for each placeholder that no response fills: `<task>`, `<task2>`, `<tag>`.
    fn invent(&mut self, experiment: &Experiment) {
        let learnt: Vec<&str> =
            experiment.steps.iter().flat_map(|step| step.learn.iter().map(|(name, _)| *name)).collect();
        let texts =
            experiment.steps.iter().flat_map(|step| step.params.iter().map(|(_, value)| *value).chain(step.body));
        let wanted: Vec<&str> = texts.flat_map(fill::wanted).filter(|name| !learnt.contains(name)).collect();
        for name in wanted {
            if !self.names.contains_key(name) {
                let id = self.next_id();
                let value = if name.starts_with("tag") { format!("{PREFIX}-{}", &id[16..]) } else { id };
                self.names.insert(name.to_owned(), value.into());
            }
        }
    }

    /// All ids of the service have the same form.
    fn next_id(&mut self) -> String {
        TaskId::new_with(&mut self.ids).to_string()
    }

    /// Makes one call and learns from its response.
    pub(crate) async fn call(&mut self, step: &Step) -> Result<Answer, Stop> {
        let call = match self.prepared(step) {
            Ok(call) => call,
            Err(Unknown(name)) => return Ok(Answer::Missing(name)),
        };
        let answer = match call.bytes(self.transport).await {
            Ok(body) => Answer::Body(body),
            Err(error) => failed(error)?,
        };
        if let Answer::Body(body) = &answer {
            let json: Value = serde_json::from_slice(body).unwrap_or_default();
            for (name, place) in step.learn {
                let value = fill::plain(place, &self.names).ok().and_then(|place| path::find(&json, &place).cloned());
                if let Some(value) = value.filter(|value| !value.is_null()) {
                    self.names.insert((*name).to_owned(), value);
                }
            }
        }
        Ok(answer)
    }

    fn prepared(&self, step: &Step) -> Result<Call, Unknown> {
        let mut call = Call::new(step.operation);
        for (name, value) in step.params {
            let value = fill::plain(value, &self.names)?;
            let place = step.operation.params.iter().find(|param| param.name == *name).map(|param| param.place);
            call = match place {
                Some(Place::Path) => call.path(name, &value),
                Some(Place::Header) => call.header(name, &value),
                _ => call.query(name, &value),
            };
        }
        match step.body {
            Some(body) => {
                let body: Value = serde_json::from_str(body).unwrap_or_default();
                Ok(call.json(&fill::json(body, &self.names)?))
            }
            None => Ok(call),
        }
    }

    fn fits(&self, outcome: &Outcome, answers: &[(&str, Known<'_>)]) -> bool {
        outcome.checks.iter().all(|check| {
            let answer = answers.iter().find(|(name, _)| *name == check.step);
            answer.is_some_and(|(_, answer)| self.holds(check, answer))
        })
    }

    fn holds(&self, check: &Check, answer: &Known<'_>) -> bool {
        let Ok(place) = fill::plain(check.path, &self.names) else { return false };
        let json = |text: &str| {
            let template = serde_json::from_str(text).unwrap_or_default();
            fill::json(template, &self.names).ok()
        };
        let found = answer.json.as_ref().and_then(|json| path::find(json, &place));
        let answered = matches!(answer.answer, Answer::Body(_));
        match check.wants {
            Wants::Answered => answered,
            Wants::Refused => matches!(answer.answer, Answer::Refused { .. }),
            Wants::Code(wanted) => {
                matches!(answer.answer, Answer::Refused { code: Some(code), .. } if code == wanted)
            }
            _ if !answered => false,
            Wants::Absent => found.is_none(),
            Wants::Null => found.is_some_and(Value::is_null),
            Wants::Present => found.is_some_and(|value| !value.is_null()),
            Wants::Equals(text) => json(text).is_some_and(|wanted| found == Some(&wanted)),
            Wants::Not(text) => json(text).is_some_and(|other| found != Some(&other)),
            Wants::Contains(part) => found.and_then(Value::as_str).is_some_and(|text| text.contains(part)),
        }
    }

    /// When the run started.
    #[must_use]
    pub fn began(&self) -> Timestamp {
        self.now
    }
}

/// A response whose JSON was parsed.
struct Known<'a> {
    answer: &'a Answer,
    json: Option<Value>,
}

impl<'a> Known<'a> {
    fn new(answer: &'a Answer) -> Self {
        let json = match answer {
            Answer::Body(body) => serde_json::from_slice(body).ok(),
            _ => None,
        };
        Self { answer, json }
    }
}

impl Answer {
    fn in_a_word(&self) -> String {
        match self {
            Self::Body(_) => "200".to_owned(),
            Self::Refused { status, .. } => status.to_string(),
            Self::Failed(what) => what.to_string(),
            Self::Missing(_) => "not-tried".to_owned(),
        }
    }
}

/// Distinguishes refusals, which say something about the contract, from errors that end the run.
fn failed(error: Error) -> Result<Answer, Stop> {
    if error.is_session_expired() || matches!(error, Error::InvalidInput { .. } | Error::Custom { .. }) {
        return Err(error);
    }
    match error {
        Error::Api(api) => {
            Ok(Answer::Refused { status: api.status, code: api.code.as_ref().and_then(|found| code(found.as_str())) })
        }
        Error::Send { kind: SendKind::Connect, .. } => Err(error),
        Error::Send { kind: SendKind::Timeout, .. } => Ok(Answer::Failed(CallFailure::Timeout)),
        Error::Send { .. } => Ok(Answer::Failed(CallFailure::Lost)),
        _ => Ok(Answer::Failed(CallFailure::Decode)),
    }
}
