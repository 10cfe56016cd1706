//! `ticktick tag` and `ticktick filter`.

use super::{Case, compare, run};
use crate::support::{json, stdout};

pub(super) const CASES: &[Case] = &[
    ("tag list", "TagList"),
    ("tag show focus", "TagList"),
    ("tag create Garden --rgb 35D870", "TagList"),
    ("tag create #Weeds --parent errands", "TagList"),
    ("tag rename #errands Shopping", "TagList"),
    ("tag color money FF8000", "TagList"),
    ("tag color money none", "TagList"),
    ("tag nest money errands", "TagList"),
    ("tag unnest deep", "TagList"),
    ("tag merge deep money", "TagList"),
    ("tag delete waiting deep", "TagList"),
    ("tag completed errands focus --limit 3", "TaskList"),
    ("filter list", "FilterList"),
    ("filter show burning", "FilterList"),
    ("filter run burning", "TaskList"),
    (
        "filter create Mine --project home --folder office --tag errands --priority high --due overdue --due -7..-1",
        "FilterList",
    ),
    ("filter create Today --due today --view kanban", "FilterList"),
    ("filter edit burning --name Hot --priority high --view timeline", "FilterList"),
    ("filter edit burning --view list", "FilterList"),
    ("filter rename burning Hot", "FilterList"),
    ("filter delete burning", "FilterList"),
];

#[test]
fn tags_and_filters_are_managed() {
    compare("tags", CASES);
}

#[test]
fn a_filter_lists_the_same_tasks_however_it_is_run() {
    let [run_as, list] = ["filter run burning -q", "list --filter Burning -q"].map(|line| stdout(&run(line).success()));
    assert_eq!(run_as, list);
    assert!(run_as.lines().count() > 2, "{run_as}");
}

#[test]
fn a_rule_is_taken_as_it_is() {
    let rule = r#"{"and":[{"conditionName":"tag","conditionType":1,"or":["errands"]}],"type":0,"version":1}"#;
    let args = ["filter", "create", "Errands", "--rule", rule, "--json"];
    let filter = json(&crate::support::demo(&args).success());
    assert_eq!(filter["data"][0]["rule"], rule);
    let piped = crate::support::ticktick(&["--demo", "filter", "create", "Errands", "--rule", "-", "--json"]);
    assert_eq!(json(&piped.stdin(rule).assert().success())["data"][0]["rule"], rule);
}
