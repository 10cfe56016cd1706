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
/// # ticktick_tests::example(async |client| {
/// # let mut mine = client.task().create("Call Ada".into()).await?;
/// use ticktick::{Error, Task, TaskPatch};
///
/// // Another device changes the task after this one has read it.
/// client.task().patch(&mine, TaskPatch::new().tags(["today"])).await?;
///
/// mine.title = "Call Ada now".into();
/// let Err(Error::Conflict(conflict)) = client.task().update(&mine).await else { panic!("no conflict") };
/// let mut theirs: Task = conflict.stored().expect("a task");
/// theirs.title = mine.title.clone();
/// let task = client.task().update(&theirs).await?;
/// assert_eq!(task.tags[0], "today");
/// # Ok(())
/// # });
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
    /// # ticktick_tests::example(async |client| {
    /// # let mut mine = client.task().create("Call Ada".into()).await?;
    /// # client.task().patch(&mine, ticktick::TaskPatch::new().title("Call Ada today")).await?;
    /// # mine.title = "Call Ada now".into();
    /// use ticktick::Error;
    ///
    /// let Err(Error::Conflict(conflict)) = client.task().update(&mine).await else { panic!("no conflict") };
    /// assert_eq!(conflict.what(), "task");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub const fn what(&self) -> &'static str {
        self.what
    }

    /// Returns the id of the object; for a tag, its name.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let mut mine = client.task().create("Call Ada".into()).await?;
    /// # client.task().patch(&mine, ticktick::TaskPatch::new().title("Call Ada today")).await?;
    /// # mine.title = "Call Ada now".into();
    /// use ticktick::Error;
    ///
    /// let Err(Error::Conflict(conflict)) = client.task().update(&mine).await else { panic!("no conflict") };
    /// assert_eq!(conflict.id(), mine.id.as_str());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the version that the caller tried to store, or `None` if `T` is another kind of object.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let mut mine = client.task().create("Call Ada".into()).await?;
    /// # client.task().patch(&mine, ticktick::TaskPatch::new().title("Call Ada today")).await?;
    /// # mine.title = "Call Ada now".into();
    /// use ticktick::{Error, Task};
    ///
    /// let Err(Error::Conflict(conflict)) = client.task().update(&mine).await else { panic!("no conflict") };
    /// assert!(conflict.given::<Task>().is_some_and(|task| task.title == "Call Ada now"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn given<T: DeserializeOwned>(&self) -> Option<T> {
        self.given.decode().ok()
    }

    /// Returns the stored version, or `None` if `T` is another kind of object.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let mut mine = client.task().create("Call Ada".into()).await?;
    /// # client.task().patch(&mine, ticktick::TaskPatch::new().title("Call Ada today")).await?;
    /// # mine.title = "Call Ada now".into();
    /// use ticktick::{Error, Task};
    ///
    /// let Err(Error::Conflict(conflict)) = client.task().update(&mine).await else { panic!("no conflict") };
    /// assert!(conflict.stored::<Task>().is_some_and(|task| task.title == "Call Ada today"));
    /// # Ok(())
    /// # });
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
