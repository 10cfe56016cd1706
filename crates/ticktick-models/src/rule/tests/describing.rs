//! Rules in words.

use crate::FilterRule;

#[test]
fn every_part_is_said() {
    for (rule, words) in [
        (r#"{"and":[]}"#, "every task"),
        (
            r#"{"and":[{"conditionName":"listOrGroup","or":[{"conditionName":"list","or":["p","q"]},
                {"conditionName":"group","or":["g"]}]},{"conditionName":"priority","or":["5",0,1,3,2,"odd"]}]}"#,
            "in project p or q or in folder g, and high or no or low or medium or 2 or odd priority",
        ),
        (
            r#"{"or":[{"conditionName":"dueDate","or":["nodate","thisWeek","nextweek","thismonth","nextmonth","repeat",
                "span(0~2)","span(-7~-1)","span(~1)","span(3~)","span(-2~-2)","span(~)"]},
                {"conditionName":"mood","or":[1.5]}],"type":1}"#,
            "without a date or due this week or due next week or due this month or due next month or recurring or due \
             from today to 2 days ahead or due from 7 days ago to yesterday or due until tomorrow or due from 3 days \
             ahead on or due 2 days ago or due span(~), or mood 1.5",
        ),
        (
            r#"{"and":[{"conditionName":"status","or":["completed"]},{"or":[7]}],
                "or":[{"conditionName":"taskType","or":["note"]}]}"#,
            "completed, and ? 7; of type note",
        ),
    ] {
        assert_eq!(rule.parse::<FilterRule>().unwrap().describe(), words);
    }
}
