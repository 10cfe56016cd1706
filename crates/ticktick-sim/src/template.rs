//! Templates of tasks and lists, which clients only read.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::account::Account;
use crate::call::Call;
use crate::dump::Part;
use crate::fields::{Fields, wire};
use crate::generated::TemplateHandlers;
use crate::reply::Reply;
use crate::state::State;
use crate::store::Table;
use crate::wire::{Members, array};

/// The templates of an account.
pub(crate) struct TemplateBook {
    tasks: Table,
    projects: Table,
}

impl TemplateBook {
    pub(crate) fn new() -> Self {
        Self { tasks: Table::new("id"), projects: Table::new("id") }
    }

    /// Names what a dump carries.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { tasks, projects } = self;
        vec![("taskTemplates", tasks), ("projectTemplates", projects)]
    }
}

impl TemplateHandlers for State {
    fn template_list(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let list = array(account.templates.tasks.texts());
            Ok(Reply::json_text(Members::new().raw("taskTemplates", &list).done()))
        })
    }

    fn template_list_project_templates(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let since = call.number("timestamp", 0)?;
            let rows = account.templates.projects.live().filter(|row| row.changed > since);
            let list = array(rows.map(|row| &*row.text));
            Ok(Reply::json_text(Members::new().raw("projectTemplates", &list).done()))
        })
    }
}

impl Account {
    /// Adds a few templates, because no call of a client does.
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
        let mut template = Object::encode(&template).unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::tester;

    #[test]
    fn templates_are_read() {
        let tester = tester();
        assert_eq!(tester.get("/api/v2/templates"), json!({ "taskTemplates": [] }));
        let now = tester.service.clock().now();
        tester.service.change(crate::testing::USER, |account| account.seed_templates(now));
        let tasks = tester.get("/api/v2/templates")["taskTemplates"].clone();
        assert_eq!((tasks.as_array().unwrap().len(), &tasks[0]["items"][0]), (2, &json!("Passport")));
        let projects = |since: i64| {
            let answer = tester.get(&format!("/api/v2/projectTemplates/all?timestamp={since}"));
            answer["projectTemplates"].as_array().unwrap().len()
        };
        assert_eq!(projects(0), 1);
        assert_eq!(projects(now.as_millisecond() + 1000), 0);
        let wrong = tester.send("GET", "/api/v2/projectTemplates/all?timestamp=now", "");
        wrong.refused(500, "unknown_exception");
    }
}
