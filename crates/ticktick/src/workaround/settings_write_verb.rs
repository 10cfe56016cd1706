//! Settings are written as a complete object with PUT, and the response does not say what is stored.

use ticktick_models::{Json, UserSettings};
use ticktick_raw::{self as raw, op};

use crate::fields::lost;
use crate::{Client, Error, write};

/// Reads the settings that a write needs, including those of the web app. Caches the time zone.
pub(crate) async fn read(client: &Client) -> Result<UserSettings, Error> {
    let mut options = raw::user::SettingsOptions::default();
    options.include_web = Some(true);
    let settings = raw::user::settings(client.wire(), &options).await?;
    client.remember_days(&settings);
    Ok(settings)
}

/// Writes the settings and returns what is stored, if that is what was sent.
pub(crate) async fn write(client: &Client, settings: &UserSettings) -> Result<UserSettings, Error> {
    let mut options = raw::user::UpdateSettingsOptions::default();
    options.include_web = Some(true);
    let is_done = || async {
        let stored = read(client).await?;
        Ok(lost(settings, &stored, &[]).is_none().then_some(None::<Json>))
    };
    write::perform(client, || raw::user::update_settings(client.wire(), settings, &options), is_done).await?;
    let stored = read(client).await?;
    match lost(settings, &stored, &[]) {
        None => Ok(stored),
        Some(lost) => Err(Error::FieldLost {
            operation: op::USER_UPDATE_SETTINGS.id,
            id: "settings".into(),
            field: lost.field,
            sent: lost.sent,
            stored: lost.stored,
        }),
    }
}
