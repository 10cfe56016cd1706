//! Signs in again, once, when a call finds that the session has expired.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ticktick_models::{Misfit, Secret};
use ticktick_raw::http::Http;
use ticktick_raw::{self as raw, ApiError, Auth, ErrorClass, Operation, Pending, Request, Response, SendKind};
use ticktick_raw::{Transport, op};

use crate::Error;
use crate::credentials::CredentialSource;
use crate::sign_on::Authenticator;

/// A transport that renews the session if there are credentials.
///
/// If several calls find the same session expired, one signs in and the others wait. After a failed sign-in, no other
/// is sent until a session is set.
pub(crate) struct Relogin {
    pub(crate) authenticator: Arc<Authenticator>,
    source: Option<Arc<dyn CredentialSource>>,
    state: Mutex<State>,
    /// Lets one caller at a time sign in. If the task driving the sign-in is cancelled, the next waiter takes over the
    /// same future, because a second attempt could count against the lock-out limit.
    gate: tokio::sync::Mutex<Option<Pending<'static, Result<(), Error>>>>,
    /// Whether operations that may change the account are rejected.
    read_only: bool,
}

/// Whether the client may sign in automatically.
#[derive(Clone, Default)]
enum State {
    #[default]
    Ready,
    /// The sign-in failed; later calls return the same error.
    Failed(Error),
    /// Disabled: signed out, or the service rejects new sessions as well.
    Off,
}

impl Relogin {
    pub(crate) fn new(authenticator: Authenticator, source: Option<Arc<dyn CredentialSource>>) -> Self {
        let (state, gate) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { authenticator: Arc::new(authenticator), source, state, gate, read_only: false }
    }

    pub(crate) fn read_only(self, read_only: bool) -> Self {
        Self { read_only, ..self }
    }

    /// Returns whether operations that may change the account are rejected.
    #[cfg(feature = "mirror")]
    pub(crate) fn is_read_only(&self) -> bool {
        self.read_only
    }

    pub(crate) fn http(&self) -> &Http {
        &self.authenticator.http
    }

    /// Enables automatic sign-in again, because a session was set.
    pub(crate) fn arm(&self) {
        *self.state() = State::Ready;
        if let Ok(mut abandoned) = self.gate.try_lock() {
            *abandoned = None;
        }
    }

    /// Ends the session on the service and removes it here. Disables automatic sign-in.
    pub(crate) async fn sign_out(&self) -> Result<(), raw::Error> {
        // A sign-in in progress would create a new session.
        let mut under_way = self.gate.lock().await;
        *under_way = None;
        *self.state() = State::Off;
        let answer = match self.token() {
            Some(_) => raw::auth::sign_out(self.http()).await,
            None => Ok(()),
        };
        self.http().set_session(None)?;
        answer
    }

    async fn send_or_renew(
        &self,
        source: &Arc<dyn CredentialSource>,
        request: Request,
    ) -> Result<Response, raw::Error> {
        let operation = request.operation;
        let used = self.token();
        let answer = self.http().send(request.clone()).await;
        if !is_over(operation, &answer) || !request.is_repeatable() {
            return answer;
        }
        match self.renew(source, used).await {
            Ok(true) => {}
            Ok(false) => return answer,
            Err(error) => return Err(raw::Error::custom(operation, error)),
        }
        let answer = self.http().send(request).await;
        if is_over(operation, &answer) {
            // A new session does not help, so later calls must not sign in either.
            *self.state() = State::Off;
        }
        answer
    }

    /// Returns whether there is now another session than the one that was used.
    async fn renew(&self, source: &Arc<dyn CredentialSource>, used: Option<Secret>) -> Result<bool, Error> {
        let mut gate = self.gate.lock().await;
        if self.has_other_than(used.as_ref()) {
            return Ok(true);
        }
        let state = self.state().clone();
        match state {
            State::Ready => {}
            State::Failed(error) => return Err(error),
            State::Off => return Ok(false),
        }
        let sign_in = gate.get_or_insert_with(|| sign_in(Arc::clone(&self.authenticator), Arc::clone(source)));
        let outcome = sign_in.await;
        *gate = None;
        match outcome {
            Ok(()) => Ok(true),
            Err(_) if self.has_other_than(used.as_ref()) => Ok(true),
            Err(error) => {
                if !is_unsent(&error) {
                    *self.state() = State::Failed(error.clone());
                }
                Err(error)
            }
        }
    }

    fn has_other_than(&self, used: Option<&Secret>) -> bool {
        let held = self.token();
        held.is_some() && held.as_ref() != used
    }

    fn token(&self) -> Option<Secret> {
        self.http().session().map(|session| session.token)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Relogin {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, raw::Error>> {
        if self.read_only && !request.operation.reads {
            let error = raw::Error::invalid(
                request.operation,
                "the client is read-only, and this operation may change the account",
            );
            return Box::pin(async { Err(error) });
        }
        match &self.source {
            Some(source) if needs_session(request.operation) => Box::pin(self.send_or_renew(source, request)),
            _ => self.http().send(request),
        }
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        self.http().accepts(operation, misfits)
    }

    fn can_stream(&self) -> bool {
        self.http().can_stream()
    }
}

fn sign_in(
    authenticator: Arc<Authenticator>,
    source: Arc<dyn CredentialSource>,
) -> Pending<'static, Result<(), Error>> {
    Box::pin(async move {
        let credentials = source.credentials().await;
        let credentials =
            credentials.map_err(|why| Error::invalid_input(format!("there are no credentials: {why}")))?;
        authenticator.sign_in(&credentials).await
    })
}

/// Signing out needs no sign-in.
fn needs_session(operation: &Operation) -> bool {
    operation.auth == Auth::Session && operation.id != op::AUTH_SIGN_OUT.id
}

fn is_over(operation: &Operation, answer: &Result<Response, raw::Error>) -> bool {
    match answer {
        Ok(response) => {
            ApiError::of(operation, response).is_some_and(|refusal| refusal.class() == ErrorClass::SessionExpired)
        }
        Err(error) => error.is_session_expired(),
    }
}

/// Returns whether the sign-in never reached the service, so that the next one is the first attempt.
fn is_unsent(error: &Error) -> bool {
    matches!(error, Error::Raw(raw::Error::Send { kind: SendKind::Connect, .. }))
}
