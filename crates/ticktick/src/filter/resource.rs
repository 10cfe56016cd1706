//! How checked writes read and send filters.

use ticktick_models::{Filter, FilterId, NewFilter};
use ticktick_raw::{self as raw, Operation, op};

use super::draft::check_rule;
use crate::resource::{Listed, Resource, deleted_in, keyed_by, sent_in, touched};
use crate::{Client, Error, check};

impl Resource for Filter {
    sent_in!(BatchFilters, raw::filter::batch, as_new);
    keyed_by!(id: FilterId);

    const WHAT: &'static str = "filter";
    const BATCH: Operation = op::FILTER_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        let rule = check::changed(&self.rule, before.map(|before| &before.rule));
        rule.map_or(Ok(()), |rule| check_rule(rule))
    }
}

/// Only a full sync contains filters.
impl Listed for Filter {
    deleted_in!(BatchFilters, raw::filter::batch);

    async fn list(client: &Client) -> Result<Vec<Self>, Error> {
        Ok(client.sync().everything().await?.filters.into_vec())
    }
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
