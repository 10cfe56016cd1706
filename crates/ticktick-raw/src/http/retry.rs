//! When calls are retried: a policy that uses neither clock nor network, and the layer that applies it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ticktick_models::Clock;

use super::sleep::Sleep;
use crate::{
    ApiError, Error, ErrorClass, ErrorCode, Operation, Pending, Request, Response, Retry, RetryAdvice, SendKind,
    Transport,
};
use crate::{decode, refusal};

/// The service counts requests per minute.
const RATE_WINDOW: Duration = Duration::from_secs(60);

/// Decides whether and when a call is retried.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use ticktick_raw::http::{Decision, Outcome, RetryPolicy};
/// use ticktick_raw::{Retry, SendKind};
///
/// let policy = RetryPolicy::default();
/// let lost = Outcome::Unanswered(SendKind::Connect);
/// assert_eq!(policy.next(Retry::Safe, 1, &lost, 0.0), Decision::Wait(Duration::from_secs(1)));
/// assert_eq!(policy.next(Retry::Never, 1, &lost, 0.0), Decision::Stop);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Maximum number of attempts, including the first.
    pub tries: u32,
    /// Wait before the first retry; it doubles each time.
    pub first_wait: Duration,
    /// Longest wait. If the service asks for a longer one, the call fails with the error that contains it.
    pub max_wait: Duration,
}

impl RetryPolicy {
    /// Returns a policy without retries.
    ///
    /// The client `ticktick` uses the number of attempts for its writes, too. With one attempt, it does not read what
    /// is stored after the response to a write was lost, because it would not send the write again; the call fails, and
    /// the outcome is unknown. To keep that read but avoid long waits, keep the default policy and lower
    /// [`max_wait`](Self::with_max_wait).
    ///
    /// ```
    /// assert_eq!(ticktick_raw::http::RetryPolicy::never().tries, 1);
    /// ```
    #[must_use]
    pub const fn never() -> Self {
        Self { tries: 1, first_wait: Duration::ZERO, max_wait: Duration::ZERO }
    }

    /// Sets the longest wait.
    ///
    /// With 60 seconds or more, calls wait for rate limits of the Open API to reset.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ticktick_raw::http::RetryPolicy;
    ///
    /// let patient = RetryPolicy::default().with_max_wait(Duration::from_secs(90));
    /// assert_eq!(patient.tries, 3);
    /// ```
    #[must_use]
    pub const fn with_max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }

    /// Decides what to do after an attempt. The first attempt is 1.
    ///
    /// If the service names a wait, the policy waits exactly that long, or stops if it is longer than
    /// [`max_wait`](Self::max_wait). A wait of zero, such as for a time in the past, is ignored.
    ///
    /// `jitter` is between 0 and 1 and lengthens other waits by up to a half.
    #[must_use]
    pub fn next(&self, retry: Retry, attempt: u32, outcome: &Outcome, jitter: f64) -> Decision {
        if retry == Retry::Never || attempt >= self.tries || !outcome.may_pass(retry) {
            return Decision::Stop;
        }
        match outcome.named_wait() {
            Some(wait) if wait > self.max_wait => Decision::Stop,
            Some(wait) => Decision::Wait(wait),
            None => Decision::Wait(self.backoff(attempt, jitter).min(self.max_wait)),
        }
    }

    fn backoff(&self, attempt: u32, jitter: f64) -> Duration {
        let doubled = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let wait = self.first_wait.saturating_mul(doubled).min(self.max_wait);
        wait + wait.mul_f64(jitter.clamp(0.0, 1.0) / 2.0)
    }
}

impl Default for RetryPolicy {
    /// Returns a policy of three attempts with waits of 1 to 30 seconds.
    fn default() -> Self {
        Self { tries: 3, first_wait: Duration::from_secs(1), max_wait: Duration::from_secs(30) }
    }
}

/// The outcome of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// A response, or an error that a retry would not change.
    Done,
    /// A refusal.
    #[non_exhaustive]
    Refused {
        /// HTTP status.
        status: u16,
        /// Class of the refusal.
        class: ErrorClass,
        /// Advice of the error code, if that is known.
        advice: Option<RetryAdvice>,
        /// Time that the service asks the client to wait. Zero if the service named a time in the past.
        retry_after: Option<Duration>,
        /// Whether the service counts these requests per minute.
        by_minute: bool,
    },
    /// No complete response.
    Unanswered(SendKind),
    /// A response that is truncated or was sent twice.
    Broken,
}

/// The next step after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// Return the outcome to the caller.
    Stop,
    /// Wait this long, then send the same request again.
    Wait(Duration),
}

impl Outcome {
    /// Classifies the result of an attempt.
    fn of(operation: &Operation, answer: &Result<Response, Error>, clock: &dyn Clock) -> Self {
        match answer {
            Ok(response) => match refusal::refusal(operation, response) {
                Some(error) if error.blocked => Self::Done,
                Some(error) => Self::refused(&error, refusal::retry_after(response, clock)),
                // Checked only for calls that could be retried.
                None if operation.retry == Retry::Safe && decode::is_broken(operation, response) => Self::Broken,
                None => Self::Done,
            },
            Err(Error::Send { kind, .. }) => Self::Unanswered(*kind),
            Err(Error::Api(error)) => Self::refused(error, error.retry_after),
            Err(Error::InvalidInput { .. } | Error::Decode { .. } | Error::TooLarge { .. } | Error::Custom { .. }) => {
                Self::Done
            }
        }
    }

    fn refused(error: &ApiError, retry_after: Option<Duration>) -> Self {
        let known = error.code.as_ref().filter(|code| !matches!(code, ErrorCode::Unknown(_)));
        Self::Refused {
            status: error.status,
            class: error.class(),
            advice: known.map(ErrorCode::retry),
            retry_after,
            by_minute: known.is_some_and(|code| code.class() == ErrorClass::RateLimited),
        }
    }

    /// Returns how long the service asks the client to wait.
    fn named_wait(&self) -> Option<Duration> {
        let Self::Refused { retry_after, by_minute, .. } = self else { return None };
        let named = retry_after.filter(|wait| !wait.is_zero());
        // A request within the same minute would be refused again.
        if *by_minute { Some(named.map_or(RATE_WINDOW, |wait| wait.max(RATE_WINDOW))) } else { named }
    }

    /// Returns `true` if a retry may succeed and can do no harm.
    fn may_pass(&self, retry: Retry) -> bool {
        match self {
            Self::Done | Self::Unanswered(SendKind::Timeout) => false,
            Self::Unanswered(SendKind::Connect) => true,
            // The service may have carried out the call: a write must be checked before it is sent again.
            Self::Unanswered(SendKind::Other) | Self::Broken => retry == Retry::Safe,
            Self::Refused { class, advice: Some(advice), .. } => {
                *advice == RetryAdvice::Later && matches!(class, ErrorClass::RateLimited | ErrorClass::Transient)
            }
            // A gateway without a valid response does not know whether a write was carried out either.
            Self::Refused { status: 502 | 504, advice: None, .. } => retry == Retry::Safe,
            Self::Refused { status, advice: None, .. } => matches!(status, 429 | 503),
        }
    }
}

/// Retries calls according to the policy.
pub(super) struct Retrying<T> {
    pub(super) policy: RetryPolicy,
    /// Time limit for all attempts of a call together.
    pub(super) limit: Duration,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) sleep: Arc<dyn Sleep>,
    pub(super) inner: T,
}

impl<T: Transport> Transport for Retrying<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        let operation = request.operation;
        if operation.retry == Retry::Never || self.policy.tries <= 1 {
            return self.inner.send(request);
        }
        Box::pin(async move {
            let mut left = self.limit;
            for attempt in 1..self.policy.tries {
                let mut attempted = request.clone();
                attempted.time_left = Some(left);
                let started = Instant::now();
                let answer = self.inner.send(attempted).await;
                left = left.saturating_sub(started.elapsed());
                let outcome = Outcome::of(operation, &answer, &*self.clock);
                match self.policy.next(operation.retry, attempt, &outcome, fastrand::f64()) {
                    Decision::Stop => return answer,
                    Decision::Wait(_) if left.is_zero() || !request.is_repeatable() => return answer,
                    Decision::Wait(wait) => {
                        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                        tracing::debug!(operation = operation.id, attempt, wait_ms, "repeats");
                        drop(answer);
                        self.sleep.sleep(wait).await;
                    }
                }
            }
            let mut request = request;
            request.time_left = Some(left);
            self.inner.send(request).await
        })
    }

    fn can_stream(&self) -> bool {
        self.inner.can_stream()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn refused(status: u16) -> Outcome {
        let class = ErrorClass::of_status(status);
        Outcome::Refused { status, class, advice: None, retry_after: None, by_minute: false }
    }

    fn advised(class: ErrorClass, advised: RetryAdvice, minute: bool) -> Outcome {
        let advice = Some(advised);
        Outcome::Refused { status: 500, class, advice, retry_after: None, by_minute: minute }
    }

    fn asked(status: u16, seconds: u64) -> Outcome {
        let class = ErrorClass::of_status(status);
        let retry_after = Some(SECOND * seconds as u32);
        Outcome::Refused { status, class, advice: None, retry_after, by_minute: false }
    }

    fn next(outcome: &Outcome) -> Decision {
        RetryPolicy::default().next(Retry::Safe, 1, outcome, 0.0)
    }

    #[test]
    fn what_may_pass_is_repeated() {
        let again = Decision::Wait(SECOND);
        for (outcome, wanted) in [
            (Outcome::Done, Decision::Stop),
            (refused(429), again),
            (refused(502), again),
            (refused(503), again),
            (refused(504), again),
            (refused(500), Decision::Stop),
            (refused(401), Decision::Stop),
            (refused(404), Decision::Stop),
            (Outcome::Unanswered(SendKind::Connect), again),
            (Outcome::Unanswered(SendKind::Other), again),
            (Outcome::Unanswered(SendKind::Timeout), Decision::Stop),
            (advised(ErrorClass::Transient, RetryAdvice::Later, false), again),
            (advised(ErrorClass::Transient, RetryAdvice::Never, false), Decision::Stop),
            (advised(ErrorClass::LockedOut, RetryAdvice::Later, false), Decision::Stop),
            (advised(ErrorClass::SessionExpired, RetryAdvice::AfterLogin, false), Decision::Stop),
        ] {
            assert_eq!(next(&outcome), wanted, "{outcome:?}");
        }
    }

    #[test]
    fn writes_are_repeated_only_if_they_were_not_carried_out() {
        let policy = RetryPolicy::default();
        let decide = |retry, outcome| policy.next(retry, 1, &outcome, 0.0) != Decision::Stop;
        assert!(decide(Retry::ById, refused(503)));
        assert!(decide(Retry::ById, Outcome::Unanswered(SendKind::Connect)));
        assert!(!decide(Retry::ById, Outcome::Unanswered(SendKind::Other)));
        assert!(!decide(Retry::ById, refused(502)) && !decide(Retry::ById, refused(504)));
        for outcome in [refused(429), refused(503), Outcome::Unanswered(SendKind::Connect)] {
            assert!(!decide(Retry::Never, outcome));
        }
    }

    #[test]
    fn waits_double_and_end() {
        let policy = RetryPolicy { tries: 9, ..RetryPolicy::default() };
        let wait = |attempt, jitter| policy.next(Retry::Safe, attempt, &refused(503), jitter);
        for (attempt, seconds) in [(1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (8, 30)] {
            assert_eq!(wait(attempt, 0.0), Decision::Wait(SECOND * seconds));
        }
        assert_eq!(wait(2, 1.0), Decision::Wait(SECOND * 3));
        assert_eq!(wait(6, 1.0), Decision::Wait(SECOND * 30));
        assert_eq!(wait(9, 0.0), Decision::Stop);
        let endless = RetryPolicy { tries: u32::MAX, ..policy };
        let much = endless.next(Retry::Safe, 4_000_000_000, &refused(503), 0.0);
        assert_eq!(much, Decision::Wait(SECOND * 30));
        assert_eq!(RetryPolicy::never().next(Retry::Safe, 1, &refused(503), 0.0), Decision::Stop);
    }

    #[test]
    fn a_named_wait_is_kept_as_named_or_ends_the_call() {
        for status in [429, 503] {
            for seconds in [1, 7, 30] {
                assert_eq!(next(&asked(status, seconds)), Decision::Wait(SECOND * seconds as u32), "{seconds} s");
            }
            for seconds in [31, 45, 59, 60, 3600, u32::MAX.into()] {
                assert_eq!(next(&asked(status, seconds)), Decision::Stop, "{status}: {seconds} s");
            }
        }
        let patient = RetryPolicy::default().with_max_wait(SECOND * 90);
        let decide = |outcome| patient.next(Retry::Safe, 1, &outcome, 0.5);
        assert_eq!(decide(asked(503, 59)), Decision::Wait(SECOND * 59));
        assert_eq!(decide(asked(429, 80)), Decision::Wait(SECOND * 80));
        assert_eq!(decide(asked(429, 91)), Decision::Stop);
    }

    #[test]
    fn a_wait_of_zero_still_backs_off() {
        for status in [429, 503] {
            let waits = [1, 2].map(|attempt| RetryPolicy::default().next(Retry::Safe, attempt, &asked(status, 0), 0.0));
            assert_eq!(waits, [Decision::Wait(SECOND), Decision::Wait(SECOND * 2)]);
        }
    }

    #[test]
    fn requests_that_are_counted_by_the_minute_wait_for_the_next_one() {
        let limit = advised(ErrorClass::RateLimited, RetryAdvice::Later, true);
        assert_eq!(next(&limit), Decision::Stop);
        let patient = RetryPolicy::default().with_max_wait(SECOND * 90);
        assert_eq!(patient.next(Retry::Safe, 1, &limit, 0.5), Decision::Wait(SECOND * 60));
    }

    #[test]
    fn broken_answers_are_repeated_if_that_does_no_harm() {
        assert_eq!(next(&Outcome::Broken), Decision::Wait(SECOND));
        for retry in [Retry::ById, Retry::Never] {
            assert_eq!(RetryPolicy::default().next(retry, 1, &Outcome::Broken, 0.0), Decision::Stop);
        }
    }
}
