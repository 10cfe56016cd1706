//! The trash comes as a page with the way to the next one, or as a bare list.

use ticktick_models::{Task, TrashPage};

use crate::Error;

/// Returns the tasks of a page, and where the next one starts if there is one.
pub(crate) fn read(page: TrashPage) -> Result<(Vec<Task>, Option<i64>), Error> {
    match page {
        TrashPage::Page(page) => Ok((page.tasks.into_vec(), page.next.into_option())),
        TrashPage::List(tasks) => Ok((tasks.into_inner(), None)),
        _ => Err(Error::Unsupported {
            what: "the form in which the service sends the trash",
            why: "Read it by `raw::task::trash`, and tell us what it looks like.".into(),
        }),
    }
}
