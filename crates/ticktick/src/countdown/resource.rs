//! How checked writes read and send countdowns.

use ticktick_models::{Countdown, CountdownId};
use ticktick_raw::{self as raw, Operation, op};

use crate::resource::{Listed, Resource, deleted_in, keyed_by, sent_in, touched};
use crate::{Client, Error, check};

impl Resource for Countdown {
    sent_in!(BatchCountdowns, raw::countdown::batch);
    keyed_by!(id: CountdownId);

    const WHAT: &'static str = "countdown";
    const BATCH: Operation = op::COUNTDOWN_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        check::colored(&self.color, before.map(|before| &before.color))?;
        check::repeats(&self.repeat_flag, before.map(|before| &before.repeat_flag))?;
        check::changed(&self.date, before.map(|before| &before.date)).map_or(Ok(()), |day| check::day(*day))
    }
}

impl Listed for Countdown {
    deleted_in!(BatchCountdowns, raw::countdown::batch);

    async fn list(client: &Client) -> Result<Vec<Self>, Error> {
        let answer = raw::countdown::list(client.wire(), &raw::countdown::ListOptions::default()).await?;
        Ok(answer.countdowns.into_vec())
    }
}
