//! The user: profile, plan, settings, limits and notifications.
//!
//! All calls start at [`Client::user`](crate::Client::user). See [`error`](crate::error) for the errors that all calls
//! share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! let status = client.user().status().await?;
//! assert!(status.inbox_id.is_inbox());
//! # Ok(())
//! # });
//! ```

pub(crate) mod unread;

use ticktick_models::Answer;
use ticktick_raw as raw;

pub use self::unread::Unread;
use crate::manager::manager;
use crate::turn::Claim;
use crate::workaround::{settings_write_verb, unread_shapes};
use crate::{Error, check};
#[doc(inline)]
pub use ticktick_models::{
    CalendarViewSettings, DailyReminderPreferences, ExtPreferences, Limits, Notification, NotificationId,
    NotificationKind, PlanLimits, PomodoroPreferences, SmartList, SmartListName, TabBar, TabBarName, UserProfile,
    UserSettings, UserStatus, WeekStart,
};

manager! {
    /// Reads the user's profile, status, settings, limits and notifications. Returned by
    /// [`Client::user`](crate::Client::user).
    UserManager
}

impl UserManager<'_> {
    /// Returns the user's names, contact data and picture. For the id and the plan, see [`status`](Self::status).
    ///
    /// `GET /api/v2/user/profile`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let profile = client.user().profile().await?;
    /// assert_eq!(profile.username.expose(), "me@example.com");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn profile(self) -> Result<UserProfile, Error> {
        Ok(raw::user::profile(self.client.wire()).await?)
    }

    /// Returns the account's id, inbox and plan.
    ///
    /// `GET /api/v2/user/status`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let status = client.user().status().await?;
    /// assert_eq!(status.pro, true);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn status(self) -> Result<UserStatus, Error> {
        let status = raw::user::status(self.client.wire()).await?;
        self.client.remember_inbox(Some(&status.inbox_id));
        Ok(status)
    }

    /// Returns the settings, including order and visibility of the smart lists.
    ///
    /// The client caches the time zone and the first day of the week.
    ///
    /// `GET /api/v2/user/preferences/settings?includeWeb=true`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let settings = client.user().settings().await?;
    /// assert_eq!(settings.time_zone, "Europe/London");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn settings(self) -> Result<UserSettings, Error> {
        settings_write_verb::read(self.client).await
    }

    /// Changes settings and returns them as stored.
    ///
    /// The client reads all settings, changes them and sends all of them, including unknown ones. It then reads them
    /// back, because the response does not say what was stored. If nothing differs, it sends nothing.
    ///
    /// `GET /api/v2/user/preferences/settings?includeWeb=true`, `PUT` of the same, then `GET` again
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the new time zone is unknown, and [`Error::FieldLost`] if a setting was not
    /// stored as sent.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let settings = client.user().update_settings(|settings| settings.time_zone = "Europe/Berlin".into()).await?;
    /// assert_eq!(settings.time_zone, "Europe/Berlin");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update_settings(self, change: impl FnOnce(&mut UserSettings)) -> Result<UserSettings, Error> {
        let _turn = self.client.turn(Claim::default().named("settings", "settings")).await;
        let stored = settings_write_verb::read(self.client).await?;
        let mut settings = stored.clone();
        change(&mut settings);
        if settings == stored {
            return Ok(stored);
        }
        check::zone(&settings.time_zone, &stored.time_zone)?;
        let written = settings_write_verb::write(self.client, &settings).await;
        // Zone and first day of the week may have changed, even if the response was lost.
        self.client.forget_settings();
        written
    }

    /// Returns the limits of the account's plan.
    ///
    /// The client always reads them from the service, because they change over time and differ between regions.
    ///
    /// `GET /api/v2/user/status`, `GET /api/v2/configs/limits`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the response does not contain the limits of the plan.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let limits = client.user().limits().await?;
    /// assert!(limits.habit_number > 0);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn limits(self) -> Result<Limits, Error> {
        let status = self.status().await?;
        let plans = self.plan_limits().await?;
        // These two fields determine the plan, not its end date.
        let limits = match (status.team_pro == true, status.pro == true) {
            (true, _) => plans.team,
            (false, true) => plans.pro,
            (false, false) => plans.free,
        };
        limits.into_option().ok_or_else(|| Error::Unsupported {
            what: "reading the limits of the account's plan",
            why: "the service does not name them\nhint: `plan_limits` returns those that it names".into(),
        })
    }

    /// Returns the limits of all plans.
    ///
    /// `GET /api/v2/configs/limits`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let plans = client.user().plan_limits().await?;
    /// assert!(plans.pro.is_some_and(|pro| pro.habit_number > 0));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn plan_limits(self) -> Result<PlanLimits, Error> {
        Ok(raw::user::limits(self.client.wire()).await?)
    }

    /// Lists the notifications without marking them as read.
    ///
    /// `GET /api/v2/notification?autoMarkRead=false`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let notifications = client.user().notifications().await?;
    /// assert!(notifications.iter().any(|one| one.title == "Your plan is renewed soon."));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn notifications(self) -> Result<Answer<Vec<Notification>>, Error> {
        let mut options = raw::user::NotificationsOptions::default();
        options.auto_mark_read = Some(false);
        Ok(raw::user::notifications(self.client.wire(), &options).await?)
    }

    /// Returns the unread notifications, or only their number. The service has been observed to send either.
    ///
    /// `GET /api/v2/notification/unread`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the response contains neither.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let unread = client.user().unread_notifications().await?;
    /// assert_eq!(unread.count, 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unread_notifications(self) -> Result<Unread, Error> {
        unread_shapes::unread(raw::user::unread_notifications(self.client.wire()).await?)
    }

    /// Returns the settings of the daily reminder.
    ///
    /// `GET /api/v2/user/preferences/dailyReminder`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let preferences = client.user().daily_reminder().await?;
    /// assert!(!preferences.daily_reminders.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn daily_reminder(self) -> Result<DailyReminderPreferences, Error> {
        Ok(raw::user::daily_reminder(self.client.wire()).await?)
    }

    /// Returns the settings of the focus timer: lengths, goals and sounds.
    ///
    /// `GET /api/v2/user/preferences/pomodoro`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let preferences = client.user().pomodoro_preferences().await?;
    /// assert_eq!(preferences.pomo_duration, 25);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn pomodoro_preferences(self) -> Result<PomodoroPreferences, Error> {
        Ok(raw::user::pomodoro(self.client.wire()).await?)
    }

    /// Returns all further preferences, such as the rules of the matrix.
    ///
    /// `GET /api/v2/user/preferences/ext?mtime=0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// println!("{:?}", client.user().ext_preferences().await?.matrix);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn ext_preferences(self) -> Result<ExtPreferences, Error> {
        let mut options = raw::user::ExtOptions::default();
        options.mtime = Some(0.into());
        Ok(raw::user::ext(self.client.wire(), &options).await?)
    }
}
