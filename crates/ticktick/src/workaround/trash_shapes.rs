//! The trash is a page with the position of the next one, or a plain list.

use ticktick_models::{Task, TrashPage};

use crate::Error;

/// The tasks of a page, and where the next one starts, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) tasks: Vec<Task>,
    pub(crate) next: Option<i64>,
}

/// Converts both shapes to one.
pub(crate) fn read(page: TrashPage) -> Result<Page, Error> {
    match page {
        TrashPage::Page(page) => Ok(Page { tasks: page.tasks.into_vec(), next: page.next.into_option() }),
        TrashPage::List(tasks) => Ok(Page { tasks: tasks.into_inner(), next: None }),
        _ => Err(Error::Unsupported {
            what: "the form in which the service sends the trash",
            why: "Read it with `raw::task::trash`, and report its shape.".into(),
        }),
    }
}
