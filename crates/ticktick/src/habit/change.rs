//! Changes and replaces one stored habit.

use ticktick_models::{Habit, HabitId};

use super::resource::check_section;
use crate::resource::get;
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Client, Error, write};

/// Reads a habit while holding its lock, changes it, and stores it if it differs.
pub(super) async fn change(client: &Client, id: &HabitId, change: impl FnOnce(&mut Habit)) -> Result<Habit, Error> {
    let _turn = client.turn(Claim::one::<Habit>(id)).await;
    let before = get::<Habit>(client, id).await?;
    let mut habit = before.clone();
    change(&mut habit);
    check_section(client, &habit, Some(&before)).await?;
    write::store(client, before, habit).await
}

/// Replaces a stored habit while holding its lock, unless it is newer than the given one.
pub(super) async fn replace(client: &Client, habit: &Habit, newer: Newer) -> Result<Habit, Error> {
    let _turn = client.turn(Claim::one::<Habit>(&habit.id)).await;
    let before = get::<Habit>(client, &habit.id).await?;
    check_section(client, habit, Some(&before)).await?;
    write::replace_read(client, &before, habit.clone(), newer).await
}
