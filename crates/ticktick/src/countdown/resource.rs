//! How checked writes read and send countdowns.

use ticktick_models::{BatchAnswer, BatchCountdowns, Countdown, CountdownId, Timestamp};
use ticktick_raw::{self as raw, Operation, op};

use crate::resource::{Resource, keyed_by};
use crate::{Client, Error, check};

impl Resource for Countdown {
    keyed_by!(id: CountdownId);

    const WHAT: &'static str = "countdown";
    const BATCH: Operation = op::COUNTDOWN_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    fn touch(&mut self, now: jiff::Timestamp) {
        self.modified_time = Timestamp::from(now).into();
    }

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        check::colored(&self.color, before.map(|before| &before.color))?;
        check::repeats(&self.repeat_flag, before.map(|before| &before.repeat_flag))?;
        check::changed(&self.date, before.map(|before| &before.date)).map_or(Ok(()), |day| check::day(*day))
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        get(client, &self.id).await
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let mut batch = BatchCountdowns::default();
        batch.add.extend(add);
        batch.update.extend(update);
        raw::countdown::batch(client.wire(), &batch).await
    }
}

pub(super) async fn list(client: &Client) -> Result<Vec<Countdown>, raw::Error> {
    let answer = raw::countdown::list(client.wire(), &raw::countdown::ListOptions::default()).await?;
    Ok(answer.countdowns.into_vec())
}

/// Returns a countdown from the list.
pub(super) async fn get(client: &Client, id: &CountdownId) -> Result<Countdown, Error> {
    let mut countdowns = list(client).await?.into_iter();
    countdowns.find(|countdown| countdown.id == *id).ok_or_else(|| Error::not_found(Countdown::WHAT, id))
}
