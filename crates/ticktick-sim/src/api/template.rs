//! Templates of tasks and projects, which clients only read.

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::reply::Reply;
use crate::generated::TemplateHandlers;
use crate::world::json::{Members, array};

impl TemplateHandlers for Context {
    fn template_list(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let list = array(account.templates.tasks.texts());
            Ok(Reply::json_text(Members::new().raw("taskTemplates", &list).done()))
        })
    }

    fn template_list_project_templates(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let since = call.number("timestamp", 0)?;
            let rows = account.templates.projects.live().filter(|row| row.changed > since);
            let list = array(rows.map(|row| &*row.text));
            Ok(Reply::json_text(Members::new().raw("projectTemplates", &list).done()))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::testing::tester;

    #[test]
    fn templates_are_read() {
        let tester = tester();
        assert_eq!(tester.get("/api/v2/templates"), json!({ "taskTemplates": [] }));
        let now = tester.service.clock().now();
        tester.service.change(crate::server::testing::USER, |account| account.seed_templates(now));
        let tasks = tester.get("/api/v2/templates")["taskTemplates"].clone();
        assert_eq!(tasks.as_array().unwrap().len(), 2);
        assert_eq!(tasks[0]["items"][0], json!("Passport"));
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
