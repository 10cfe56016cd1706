//! The user: profile, plan, settings, limits and notifications.
//!
//! All calls start at [`Client::user`](crate::Client::user). See [`error`](crate::error) for the errors that all calls
//! share.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! let status = client.user().status().await?;
//! assert!(status.inbox_id.is_inbox());
//! # Ok(())
//! # }
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
    /// Returns the user's names, contact data and picture. [`status`](Self::status) returns id and plan.
    ///
    /// `GET /api/v2/user/profile`
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("Hello {}", client.user().profile().await?.display_name);
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let is_paid = client.user().status().await?.pro == true;
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("{}", client.user().settings().await?.time_zone);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn settings(self) -> Result<UserSettings, Error> {
        settings_write_verb::read(self.client).await
    }

    /// Changes settings and returns them as stored.
    ///
    /// The settings are read, changed and sent whole, including unknown ones, and then read back, because the answer
    /// does not say what was stored. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v2/user/preferences/settings?includeWeb=true`, `PUT` of the same, then `GET` again
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the time zone is changed to one that is not known, and [`Error::FieldLost`] if a
    /// setting was not stored as sent.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let settings = client.user().update_settings(|settings| settings.time_zone = "Europe/Berlin".into()).await?;
    /// # Ok(())
    /// # }
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
        // Zone and first day of the week may have changed, even if the answer was lost.
        self.client.forget_settings();
        written
    }

    /// Returns the limits of the account's plan.
    ///
    /// They are always read from the service, because they change and differ between regions.
    ///
    /// `GET /api/v2/user/status`, `GET /api/v2/configs/limits`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the service names no limits of the plan.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("up to {} habits", client.user().limits().await?.habit_number);
    /// # Ok(())
    /// # }
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
            why: "The service does not name them; `plan_limits` returns those that it names.".into(),
        })
    }

    /// Returns the limits of all plans.
    ///
    /// `GET /api/v2/configs/limits`
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// if let Some(pro) = client.user().plan_limits().await?.pro.get() {
    ///     println!("up to {} habits", pro.habit_number);
    /// }
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for notification in client.user().notifications().await? {
    ///     println!("{}", notification.title);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn notifications(self) -> Result<Answer<Vec<Notification>>, Error> {
        let mut options = raw::user::NotificationsOptions::default();
        options.auto_mark_read = Some(false);
        Ok(raw::user::notifications(self.client.wire(), &options).await?)
    }

    /// Returns the unread notifications, or only their number, because the service was seen to send either.
    ///
    /// `GET /api/v2/notification/unread`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the answer contains neither.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("{} unread", client.user().unread_notifications().await?.count);
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("{:?}", client.user().daily_reminder().await?.daily_reminders);
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("{} minutes a round", client.user().pomodoro_preferences().await?.pomo_duration);
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("{:?}", client.user().ext_preferences().await?.matrix);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn ext_preferences(self) -> Result<ExtPreferences, Error> {
        let mut options = raw::user::ExtOptions::default();
        options.mtime = Some(0.into());
        Ok(raw::user::ext(self.client.wire(), &options).await?)
    }
}
