//! The trash is a page with the position of the next one, or a plain list.

use ticktick_models::{Task, TrashPage};

use crate::Error;

/// Returns the tasks of a page, and where the next page starts, if there is one.
pub(crate) fn read(page: TrashPage) -> Result<(Vec<Task>, Option<i64>), Error> {
    match page {
        TrashPage::Page(page) => Ok((page.tasks.into_vec(), page.next.into_option())),
        TrashPage::List(tasks) => Ok((tasks.into_inner(), None)),
        _ => Err(Error::Unsupported {
            what: "the form in which the service sends the trash",
            why: "its shape is unknown\nhint: read it with `raw::task::trash`, and report its shape".into(),
        }),
    }
}
