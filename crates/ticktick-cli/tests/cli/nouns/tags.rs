//! `ticktick tag` and `ticktick filter`.

use super::{Case, compare, run};
use crate::sessions::Served;
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

#[test]
fn a_filter_is_described_with_the_names_of_projects_folders_and_tags() {
    let served = Served::start("filter-names");
    served.sign_in("me@example.com");
    for line in ["folder create Office", "project create Garden", "tag create Errands"] {
        served.run(&line.split(' ').collect::<Vec<_>>(), "").success();
    }
    let line = "filter create Mine --project garden --folder office --tag errands";
    let words = "in project Garden or in folder Office, and tag Errands";
    let created = stdout(&served.run(&line.split(' ').collect::<Vec<_>>(), "").success());
    assert!(created.contains(words), "{created}");
    let rule = r#"{"and":[{"conditionName":"list","or":["gone"]}]}"#;
    served.run(&["filter", "create", "Old", "--rule", rule], "").success();

    let shown = stdout(&served.run(&["filter", "show", "mine"], "").success());
    assert!(shown.contains(words), "{shown}");
    let listed = stdout(&served.run(&["filter", "list"], "").success());
    assert!(listed.contains(words) && listed.contains("in project gone"), "{listed}");
    let filters = json(&served.run(&["filter", "list", "--json"], "").success());
    let filters = filters["data"].as_array().unwrap();
    let mine = filters.iter().find(|filter| filter["name"] == "Mine").unwrap();
    assert_eq!(mine["about"], words);
    assert!(!mine["rule"].as_str().unwrap().contains("Garden"), "the rule keeps ids: {mine}");
}
