//! Templates of tasks and projects.

use crate::world::part::Part;
use crate::world::store::Table;

/// The templates of an account.
pub(crate) struct TemplateBook {
    pub(crate) tasks: Table,
    pub(crate) projects: Table,
}

impl TemplateBook {
    pub(crate) fn new() -> Self {
        Self { tasks: Table::new("id"), projects: Table::new("id") }
    }

    /// Lists the parts of a dump.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { tasks, projects } = self;
        vec![("taskTemplates", tasks), ("projectTemplates", projects)]
    }
}
