//! Methods that classify an [`Error`].

use ticktick_raw::{self as raw, ErrorClass};

use super::Error;
use super::item::ItemFailure;

impl Error {
    /// Returns the error of the underlying call, if there was one.
    ///
    /// ```
    /// use ticktick::{Error, raw};
    ///
    /// let lost = raw::Error::timed_out(&raw::op::TASK_BATCH, "30 s");
    /// assert_eq!(Error::from(lost).as_raw().map(raw::Error::operation), Some("task.batch"));
    /// ```
    #[must_use]
    pub fn as_raw(&self) -> Option<&raw::Error> {
        match self {
            Self::Raw(error)
            | Self::WrongPassword { source: error, .. }
            | Self::LockedOut { source: error, .. }
            | Self::Captcha(error)
            | Self::ClientRefused(error)
            | Self::MfaRequired(error)
            | Self::MfaFailed(error)
            | Self::SessionExpired(error) => Some(error),
            Self::Unfinished { source, .. } | Self::NotMoved { source, .. } => source.as_raw(),
            _ => None,
        }
    }

    /// Returns the id of the object that the error is about, if any; for a tag, its name.
    ///
    /// If a create fails and the object may have been stored all the same, look for this id before you retry.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::TaskPatch;
    ///
    /// let answer = client.task().patch("65f0a1b2c3d4e5f6a7b8c9d0", TaskPatch::new().title("Call Ada")).await;
    /// assert_eq!(answer.unwrap_err().id(), Some("65f0a1b2c3d4e5f6a7b8c9d0"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::NotFound { id, .. }
            | Self::NotApplied { id, .. }
            | Self::FieldLost { id, .. }
            | Self::Unfinished { id, .. } => Some(id),
            Self::Batch { failures, .. } => failures.first().map(|failure| failure.id.as_str()),
            Self::NotMoved { column, .. } => Some(column),
            Self::Conflict(conflict) => Some(conflict.id()),
            _ => None,
        }
    }

    /// Returns the class of the refusal; for a batch, that of its first failure.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::error::ErrorClass;
    ///
    /// let error = client.task().get("65f0a1b2c3d4e5f6a7b8c9d0").await.unwrap_err();
    /// assert_eq!(error.class(), Some(ErrorClass::NotFound));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        match self {
            Self::Batch { failures, .. } => failures.first().map(ItemFailure::class),
            Self::NotFound { .. } => Some(ErrorClass::NotFound),
            Self::LockedOut { .. } => Some(ErrorClass::LockedOut),
            Self::MfaRequired(_) => Some(ErrorClass::MfaRequired),
            Self::Unfinished { source, .. } | Self::NotMoved { source, .. } => source.class(),
            other => other.as_raw()?.class(),
        }
    }

    /// Returns whether the error concerns authentication: password, second factor, captcha or session.
    ///
    /// ```
    /// # ticktick_tests::signed_out(async |builder| {
    /// # let client = builder.build()?;
    /// let error = client.task().list().await.unwrap_err();
    /// assert!(error.is_auth(), "nobody has signed in");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self, Self::MfaFailed(_) | Self::MfaRequired(_)) || self.as_raw().is_some_and(raw::Error::is_auth)
    }

    /// Returns whether the object does not exist.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let error = client.task().get("65f0a1b2c3d4e5f6a7b8c9d0").await.unwrap_err();
    /// assert!(error.is_not_found());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.class() == Some(ErrorClass::NotFound)
    }

    /// Returns whether the service refused the call because of too many requests.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, id: ticktick::TaskId) {
    /// match client.task().get(&id).await {
    ///     Err(error) if error.is_rate_limited() => println!("later, and less often"),
    ///     answer => println!("{answer:?}"),
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.class() == Some(ErrorClass::RateLimited)
    }

    /// Returns whether the same call may succeed later without a change.
    ///
    /// ```
    /// use ticktick::{Error, raw};
    ///
    /// let refused = raw::Error::never_sent(&raw::op::TASK_GET, "no route to the host");
    /// assert!(Error::from(refused).is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.as_raw().is_some_and(raw::Error::is_retryable)
    }

    /// Returns whether a new object may have been created although the call failed, because no response confirmed it.
    ///
    /// Repeating the call may create a second object. [`Error::Unfinished`] contains the id of the first one.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let error = client.task().get("65f0a1b2c3d4e5f6a7b8c9d0").await.unwrap_err();
    /// assert!(!error.may_have_created(), "reading creates nothing");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn may_have_created(&self) -> bool {
        matches!(self, Self::Unfinished { state: super::MAY_BE_CREATED, .. })
    }

    /// Returns a hint: what to do next. It is empty if there is nothing to add.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let error = client.task().get("65f0a1b2c3d4e5f6a7b8c9d0").await.unwrap_err();
    /// assert!(!error.remedy().is_empty());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn remedy(&self) -> &str {
        match self {
            Self::NotFound { what: super::MEMBER, .. } => {
                "list the members of the project with `project().members`; only they can be assigned its tasks"
            }
            Self::NotFound { what: "comment" | "attachment", .. } => {
                "list the comments or attachments of the task; this one may have been deleted"
            }
            Self::NotFound { what: "journal entry", .. } => {
                "list the entries with `Mirror::journal`; it keeps only the latest ones"
            }
            Self::NotFound { .. } => "sync and check the id; the object may have been deleted or moved to the trash",
            Self::Batch { failures, .. } => failures.first().map_or("", ItemFailure::remedy),
            Self::NotApplied { operation, .. } if *operation == raw::op::FOCUS_OPERATE.id => {
                "read the timer with `focus().state()`; another session may have replaced this one"
            }
            Self::NotApplied { .. } => "sync to read the current state, then try again",
            Self::Conflict(_) => "change the stored version and update that, or call `overwrite` to replace it",
            Self::FieldLost { .. } => {
                "read the object again, set the field once more, and report what the service does"
            }
            Self::LockedOut { source, .. } if !source.is_locked_out() => {
                "wait until then, then sign in once in a browser and pass the value of the session cookie `t`"
            }
            Self::MfaRequired(raw::Error::Custom { .. }) => {
                "sign in with `Client::login`, or add the secret of the authenticator app with `Credentials::totp`"
            }
            Self::MfaFailed(_) => "wait for the next code, then sign in again with that code",
            Self::Unfinished { source, .. } | Self::NotMoved { source, .. } => source.remedy(),
            Self::Unsupported { why: text, .. } | Self::InvalidInput { message: text } => {
                text.split_once("\nhint: ").map_or("", |(_, hint)| hint)
            }
            Self::Io { .. } => "",
            other => other.as_raw().and_then(raw::Error::as_api).map_or("", |api| api.remedy()),
        }
    }
}
