//! Templates of tasks and projects, which clients only read.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::world::account::Account;
use crate::world::book::template::TemplateBook;
use crate::world::fields::{Fields, object, wire};
use crate::world::store::Table;

impl Account {
    /// Adds a few templates, because no API call creates them.
    pub(crate) fn seed_templates(&mut self, now: Timestamp) {
        let tasks = [
            ("Packing", "", vec!["Passport", "Chargers", "Socks"], vec!["errands"]),
            ("Minutes of a meeting", "## Present\n\n## Decisions\n", vec![], vec![]),
        ];
        for (title, content, items, tags) in tasks {
            let template = json!({ "title": title, "content": content, "items": items, "tags": tags });
            self.put_template(|book| &mut book.tasks, template, now);
        }
        self.put_template(|book| &mut book.projects, json!({}), now);
    }

    fn put_template(&mut self, table: fn(&mut TemplateBook) -> &mut Table, template: Value, now: Timestamp) {
        let mut template = object(&template);
        let id = self.make_id();
        template.put("id", id);
        if template.get("title").is_some() {
            template.put("etag", self.make_etag());
            template.put("createdTime", wire(now));
            template.put("modifiedTime", wire(now));
        }
        let stamp = self.stamp(now);
        table(&mut self.templates).put(&template, stamp);
    }
}
