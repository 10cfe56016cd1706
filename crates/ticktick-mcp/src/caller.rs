//! [`Caller`]: the client that made a call. It receives progress, can ask its user, and can cancel.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::time::Duration;

use rmcp::model::{
    CallToolRequestParams, ElicitRequest, ElicitRequestParams, ElicitationAction, ElicitationCapability,
    ElicitationSchema, InputRequest, InputRequiredResult, ProgressNotificationParam, ProtocolVersion,
};
use rmcp::service::{RequestContext, RoleServer};

/// How long a user has to answer a question. Some clients time out after a minute.
const PATIENCE: Duration = Duration::from_secs(50);

/// The name of the question in the newer protocol.
const QUESTION: &str = "confirm";

/// Nothing has been sent yet, so the call can be stopped.
const OPEN: u8 = 0;
/// A change may have been sent.
const WRITING: u8 = 1;
/// Nothing will be sent any more.
const STOPPED: u8 = 2;

/// The client that made a call.
#[derive(Default)]
pub(crate) struct Caller {
    /// `None` if the server itself makes the call, for example to read a resource.
    context: Option<RequestContext<RoleServer>>,
    steps: AtomicU32,
    state: AtomicU8,
}

/// How a client asks its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    Never,
    /// During the call: up to 2025-11-25.
    Now,
    /// Before it repeats the call: from 2026-07-28 on.
    Later,
}

/// What the user decided about a preview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Consent {
    /// Nobody was asked.
    #[default]
    Open,
    /// The user agreed to what this token covers.
    Given(String),
    /// The user was asked and did not agree.
    Refused(&'static str),
}

impl Consent {
    /// Reads the answer of a client that repeats a call.
    pub(crate) fn of(request: &CallToolRequestParams) -> Self {
        let Some(answer) = request.input_responses.as_ref().and_then(|answers| answers.get(QUESTION)) else {
            return Self::Open;
        };
        match (answer["action"].as_str(), &request.request_state) {
            (Some("accept"), Some(token)) => Self::Given(token.clone()),
            (Some("decline"), _) => Self::Refused("the user, or the client, declined"),
            (Some("cancel"), _) => Self::Refused("the question was closed"),
            _ => Self::Open,
        }
    }
}

impl Caller {
    pub(crate) fn of(context: RequestContext<RoleServer>) -> Self {
        Self { context: Some(context), ..Self::default() }
    }

    /// Reports a step of a long call, if the client wants to know.
    pub(crate) async fn step(&self, message: impl Into<String>) {
        let Some(context) = &self.context else { return };
        let Some(token) = context.meta.get_progress_token() else { return };
        let step = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        let progress = ProgressNotificationParam::new(token, step.into()).with_message(message);
        // A client that has disconnected needs no progress.
        drop(context.peer.notify_progress(progress).await);
    }

    /// Waits until the client cancels the call.
    pub(crate) async fn cancelled(&self) {
        match &self.context {
            Some(context) => context.ct.cancelled().await,
            None => pending().await,
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.context.as_ref().is_some_and(|context| context.ct.is_cancelled())
    }

    /// Begins to send changes. Returns `false` if the call was stopped.
    pub(crate) fn begin(&self) -> bool {
        self.state.compare_exchange(OPEN, WRITING, Ordering::SeqCst, Ordering::SeqCst) != Err(STOPPED)
    }

    /// Returns whether changes may have been sent.
    pub(crate) fn has_begun(&self) -> bool {
        self.state.load(Ordering::SeqCst) == WRITING
    }

    /// Stops the call. Returns `false` if changes may have been sent.
    pub(crate) fn stop(&self) -> bool {
        self.state.compare_exchange(OPEN, STOPPED, Ordering::SeqCst, Ordering::SeqCst) != Err(WRITING)
    }

    /// Returns how the client asks its user.
    pub(crate) fn asks(&self) -> Asks {
        let Some(context) = &self.context else { return Asks::Never };
        let capability = context.client_capabilities().and_then(|capabilities| capabilities.elicitation);
        if !capability.is_some_and(|one| has_forms(&one)) {
            return Asks::Never;
        }
        let is_new = context.protocol_version().is_some_and(|version| version >= ProtocolVersion::V_2026_07_28);
        if is_new { Asks::Later } else { Asks::Now }
    }

    /// Asks the user during the call.
    pub(crate) async fn ask(&self, question: &str, token: &str) -> Consent {
        let Some(context) = &self.context else { return Consent::Open };
        let asked = context.peer.create_elicitation_with_timeout(form(question), Some(PATIENCE)).await;
        match asked.map(|answer| answer.action) {
            Ok(ElicitationAction::Accept) => Consent::Given(token.to_owned()),
            Ok(ElicitationAction::Decline) => Consent::Refused("the user, or the client, declined"),
            Ok(ElicitationAction::Cancel) => Consent::Refused("the question was closed"),
            _ => Consent::Refused("nobody answered the question"),
        }
    }
}

/// Returns the result that makes a client ask its user and then repeat the call.
pub(crate) fn ask_later(question: &str, token: String) -> InputRequiredResult {
    let request = InputRequest::Elicitation(ElicitRequest::new(form(question)));
    InputRequiredResult::new(Some(BTreeMap::from([(QUESTION.to_owned(), request)])), Some(token))
}

/// A form without fields: the user can only accept, decline or close it.
fn form(question: &str) -> ElicitRequestParams {
    let requested_schema = ElicitationSchema::new(BTreeMap::new());
    ElicitRequestParams::FormElicitationParams { meta: None, message: question.to_owned(), requested_schema }
}

/// A client that declares no mode supports forms.
fn has_forms(capability: &ElicitationCapability) -> bool {
    capability.form.is_some() || capability.url.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_stopped_only_before_it_writes() {
        let caller = Caller::default();
        assert!(!caller.has_begun() && caller.begin() && caller.begin() && caller.has_begun() && !caller.stop());
        let caller = Caller::default();
        assert!(caller.stop() && !caller.begin() && caller.stop());
    }
}
