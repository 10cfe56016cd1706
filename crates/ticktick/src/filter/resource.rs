//! How checked writes read and send filters.

use ticktick_models::{BatchAnswer, BatchFilters, Filter, FilterId, NewFilter, Timestamp};
use ticktick_raw::{self as raw, Operation, op};

use super::draft::check_rule;
use crate::resource::{Resource, keyed_by};
use crate::{Client, Error, check};

impl Resource for Filter {
    keyed_by!(id: FilterId);

    const WHAT: &'static str = "filter";
    const BATCH: Operation = op::FILTER_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    fn touch(&mut self, now: jiff::Timestamp) {
        self.modified_time = Timestamp::from(now).into();
    }

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        let rule = check::changed(&self.rule, before.map(|before| &before.rule));
        rule.map_or(Ok(()), |rule| check_rule(rule))
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        get(client, &self.id).await
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let mut batch = BatchFilters::default();
        batch.add.extend(add.into_iter().map(as_new));
        batch.update.extend(update);
        raw::filter::batch(client.wire(), &batch).await
    }
}

/// Reads a filter.
pub(super) async fn get(client: &Client, id: &FilterId) -> Result<Filter, Error> {
    let filters = client.sync().everything().await?.filters;
    filters.into_iter().find(|filter| filter.id == *id).ok_or_else(|| Error::not_found(Filter::WHAT, id))
}

/// Converts a filter to the form that creates one; a draft sets no other fields.
fn as_new(filter: Filter) -> NewFilter {
    let mut new = NewFilter::new(filter.name.unwrap_or_default(), filter.rule.unwrap_or_default());
    new.id = filter.id.into();
    new.sort_order = filter.sort_order;
    new.sort_type = filter.sort_type;
    new.view_mode = filter.view_mode;
    new
}
