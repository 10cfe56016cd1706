//! `ticktick sql`.

use crate::support::{demo, golden, json, stderr, stdout, ticktick};

const HIGH: &str = "select title, project, due from tasks where priority = 'high' order by due, title";

#[test]
fn rows_are_printed_as_a_table_csv_or_json() {
    demo(&["sql", HIGH]).success().stdout_eq(golden("sql.txt")).stderr_eq("");
    demo(&["sql", HIGH, "--output", "csv"]).success().stdout_eq(golden("sql.csv"));
    demo(&["sql", HIGH, "--output", "json"]).success().stdout_eq(golden("sql.json"));
    demo(&["sql", HIGH, "--json"]).success().stdout_eq(golden("sql.json"));
}

#[test]
fn views_are_listed() {
    // Neither an account nor a mirror is needed.
    ticktick(&["sql"]).assert().success().stdout_eq(golden("sql-views.txt"));
    let views = json(&ticktick(&["sql", "--json"]).assert().success());
    assert!(views["data"].as_array().unwrap().iter().any(|view| view["name"] == "tasks"));
    assert!(stdout(&ticktick(&["sql", "-o", "csv"]).assert().success()).contains("\ntasks,"));
}

#[test]
fn values_keep_their_types_and_columns_their_order() {
    let query = "select 'b' as z, 1 as a, 1.5 as a, null as n, 'x' || char(27) as t";
    let line = stdout(&demo(&["sql", query, "--json"]).success());
    assert!(line.contains(r#""data":[{"z":"b","a":1,"a:1":1.5,"n":null,"t":"x\u001b"}]"#), "{line}");
    let csv = demo(&["sql", "select 'a,b' as x, 'c \"d\"' as y, null as z", "-o", "csv"]).success();
    assert_eq!(stdout(&csv), "x,y,z\n\"a,b\",\"c \"\"d\"\"\",\n");
    let table = stdout(&demo(&["sql", "select 'x' || char(27) as t"]).success());
    assert!(table.contains(r"x\u{1b}"), "{table}");
}

#[test]
fn the_number_of_rows_is_limited_and_said() {
    let few = demo(&["sql", "select title from tasks", "--limit", "2"]).success();
    assert!(stdout(&few).ends_with("2 rows\n"));
    assert_eq!(stderr(&few), "note: there are more rows than 2; raise --limit to see them\n");
    let few = json(&demo(&["sql", "select title from tasks", "--limit", "2", "--json"]).success());
    assert_eq!(few["meta"]["more"], true);
    assert_eq!(few["meta"]["count"], 2);
    demo(&["sql", "select 1 where 0"]).success().stdout_eq("1\n0 rows\n");
}

#[test]
fn a_statement_that_takes_too_long_is_stopped() {
    let endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n";
    let stopped = demo(&["sql", endless, "--timeout", "50ms"]).code(1);
    let said = stderr(&stopped);
    assert!(said.contains("took too long to run the statement") && said.contains("raise --timeout"), "{said}");
}

#[test]
fn only_reading_is_allowed() {
    for statement in ["delete from journal", "drop view tasks", "select nothing from tasks", "select", ""] {
        let refused = demo(&["sql", statement]).code(2);
        assert!(stderr(&refused).contains("the statement was refused"), "{}", stderr(&refused));
    }
    demo(&["sql", "attach 'x' as x"]).code(2);
    demo(&["sql", "select 1", "--output", "xml"]).code(2);
    demo(&["sql", "select 1", "--limit", "-1"]).code(2);
}

#[test]
fn a_session_is_needed_unless_offline() {
    ticktick(&["sql", "select 1"]).assert().code(4);
    ticktick(&["sql", "select 1", "--offline"]).assert().code(1);
}
