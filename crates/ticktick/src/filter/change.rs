//! Changes and replaces one stored filter.

use ticktick_models::{Filter, FilterId};

use super::patch::FilterPatch;
use crate::resource::get;
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Client, Error, write};

/// Reads a filter while holding its lock, changes it, and stores it if it differs.
pub(super) async fn patch(client: &Client, id: &FilterId, patch: FilterPatch) -> Result<Filter, Error> {
    let _turn = client.turn(Claim::one::<Filter>(id)).await;
    let stored = get::<Filter>(client, id).await?;
    let mut changed = stored.clone();
    patch.apply(&mut changed);
    name_inbox(client, &mut changed).await?;
    write::store(client, stored, changed).await
}

/// Replaces a stored filter, unless it is newer than the given one.
pub(super) async fn replace(client: &Client, filter: &Filter, newer: Newer) -> Result<Filter, Error> {
    let mut filter = filter.clone();
    name_inbox(client, &mut filter).await?;
    write::replace(client, filter, newer).await
}

/// Replaces the word `inbox` by the id of the inbox, because no other client understands the word in a rule.
pub(super) async fn name_inbox(client: &Client, filter: &mut Filter) -> Result<(), Error> {
    if let Ok(mut rule) = filter.rule_tree()
        && rule.names_inbox()
    {
        rule.set_inbox(&client.inbox_id().await?);
        filter.set_rule_tree(&rule);
    }
    Ok(())
}
