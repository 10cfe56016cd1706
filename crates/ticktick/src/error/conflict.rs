//! [`Conflict`]: two versions of one object.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use ticktick_models::Json;

/// An object that was changed elsewhere after the caller read it.
///
/// `Debug` shows the kind and id of the object but none of its content.
///
/// # Examples
///
/// ```
/// # async fn example(client: ticktick::Client, mine: ticktick::Task) -> Result<(), ticktick::Error> {
/// use ticktick::{Error, Task};
///
/// match client.task().update(&mine).await {
///     Err(Error::Conflict(conflict)) => {
///         let Some(mut theirs) = conflict.stored::<Task>() else { return Ok(()) };
///         theirs.title = mine.title.clone();
///         client.task().update(&theirs).await?;
///     }
///     other => drop(other?),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Conflict {
    what: &'static str,
    id: String,
    given: Json,
    stored: Json,
}

impl Conflict {
    pub(crate) fn new(what: &'static str, id: &str, given: &impl Serialize, stored: &impl Serialize) -> Self {
        // A model that cannot be encoded cannot have been decoded either.
        let (given, stored) = (Json::encode(given), Json::encode(stored));
        let (given, stored) = (given.unwrap_or_else(|_| Json::null()), stored.unwrap_or_else(|_| Json::null()));
        Self { what, id: id.to_owned(), given, stored }
    }

    /// Returns the kind of object, such as `task`.
    ///
    /// ```
    /// # fn example(conflict: &ticktick::error::Conflict) {
    /// println!("{} {} was changed elsewhere", conflict.what(), conflict.id());
    /// # }
    /// ```
    #[must_use]
    pub const fn what(&self) -> &'static str {
        self.what
    }

    /// Returns the id of the object; for a tag, its name.
    ///
    /// ```
    /// # fn example(conflict: &ticktick::error::Conflict) {
    /// println!("{}", conflict.id());
    /// # }
    /// ```
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the version that the caller tried to store, or `None` if `T` is another kind of object.
    ///
    /// ```
    /// # fn example(conflict: &ticktick::error::Conflict) {
    /// let mine = conflict.given::<ticktick::Task>();
    /// # }
    /// ```
    #[must_use]
    pub fn given<T: DeserializeOwned>(&self) -> Option<T> {
        self.given.decode().ok()
    }

    /// Returns the stored version, or `None` if `T` is another kind of object.
    ///
    /// ```
    /// # fn example(conflict: &ticktick::error::Conflict) {
    /// let theirs = conflict.stored::<ticktick::Task>();
    /// # }
    /// ```
    #[must_use]
    pub fn stored<T: DeserializeOwned>(&self) -> Option<T> {
        self.stored.decode().ok()
    }
}

impl fmt::Debug for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conflict").field("what", &self.what).field("id", &self.id).finish_non_exhaustive()
    }
}
