//! Checks of ids from the caller, before anything is sent.

use ticktick_models::{
    AsId, AttachmentId, ChecklistItemId, ColumnId, CommentId, CountdownId, FilterId, FocusId, FolderId, HabitId,
    ProjectId, SectionId, TaskId, TimerId,
};

use crate::Error;

/// An id, and the name of its kind of object.
pub(crate) trait Id: AsRef<str> {
    const WHAT: &'static str;
}

macro_rules! ids {
    ($($id:ident: $what:literal),* $(,)?) => {
        $(impl Id for $id { const WHAT: &'static str = $what; })*
    };
}

ids! {
    AttachmentId: "attachment",
    ChecklistItemId: "checklist item",
    ColumnId: "column",
    CommentId: "comment",
    CountdownId: "countdown",
    FilterId: "filter",
    FocusId: "focus record",
    FolderId: "folder",
    HabitId: "habit",
    ProjectId: "project",
    SectionId: "section",
    TaskId: "task",
    TimerId: "timer",
}

/// Returns the id of the given object or id.
pub(crate) fn of<I: Id>(given: impl AsId<I>) -> Result<I, Error> {
    let id = given.as_id();
    check(&id)?;
    Ok(id)
}

/// Rejects a string that cannot be an id, such as a title.
pub(crate) fn check<I: Id>(id: &I) -> Result<(), Error> {
    check_text(I::WHAT, id.as_ref())
}

/// Rejects a string that cannot be the id of this kind of object.
pub(crate) fn check_text(what: &str, text: &str) -> Result<(), Error> {
    let is_wrong = |c: char| c.is_whitespace() || c.is_control() || "/\\?#%".contains(c);
    if text.is_empty() {
        Err(Error::invalid_input(format!("the id of the {what} is empty\nhint: pass the {what} or its id")))
    } else if text.contains(is_wrong) {
        Err(Error::invalid_input(format!("{text:?} cannot be the id of a {what}\nhint: pass the {what} or its id")))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_cannot_be_an_id_are_refused_with_the_field() {
        for good in ["65f0a1b2c3d4e5f6a7b8c9d0", "inbox", "inbox120000001", "a", "f_1-x"] {
            assert_eq!(of::<TaskId>(good).unwrap(), good);
        }
        for (bad, what) in
            [("", "is empty"), ("Buy milk", "\"Buy milk\" cannot be the id of a task"), ("a/b", "cannot")]
        {
            let error = of::<TaskId>(bad).unwrap_err();
            assert!(matches!(&error, Error::InvalidInput { message } if message.contains(what)), "{error}");
        }
        assert!(of::<SectionId>("").unwrap_err().to_string().contains("the id of the section"));
    }
}
