//! What is not changed keeps its bytes.

use proptest::prelude::*;

use crate::{Filter, FilterRule, FilterValue, Priority, RuleError, build_rule};

fn filter(rule: &str) -> Filter {
    let mut filter = Filter::new("f");
    filter.rule = rule.into();
    filter
}

#[test]
fn the_proven_form_is_built() {
    let rule = build_rule(&["p".into()], &[Priority::High, Priority::Medium], &["urgent".into()]);
    assert_eq!(
        rule.to_string(),
        concat!(
            r#"{"and":[{"conditionName":"listOrGroup","conditionType":1,"or":[{"conditionName":"list","or":["p"]}]},"#,
            r#"{"conditionName":"priority","conditionType":1,"or":[5,3]},"#,
            r#"{"conditionName":"tag","conditionType":1,"or":["urgent"]}],"type":0,"version":1}"#,
        )
    );
    assert_eq!(build_rule(&[], &[], &[]).to_string(), r#"{"and":[],"type":0,"version":1}"#);
}

#[test]
fn repeated_calls_join() {
    let rule = FilterRule::normal().projects(["p"]).tags(["a"]).folders(["g"]).projects(["q"]).tags(["b"]);
    assert_eq!(
        rule.to_string(),
        concat!(
            r#"{"and":[{"conditionName":"listOrGroup","conditionType":1,"or":[{"conditionName":"list","or":["p","q"]},"#,
            r#"{"conditionName":"group","or":["g"]}]},"#,
            r#"{"conditionName":"tag","conditionType":1,"or":["a","b"]}],"type":0,"version":1}"#,
        )
    );
}

#[test]
fn what_cannot_be_read_stays() {
    for (text, reason) in [
        ("", "$: EOF while parsing a value"),
        (r#"{"and":7}"#, "$.and: invalid type: integer `7`, expected a sequence"),
        ("[]", "$: invalid type: sequence, expected an object (FilterRule)"),
    ] {
        let filter = filter(text);
        assert_eq!(filter.rule_tree(), Err(RuleError::Malformed(reason.into())), "{text}");
        assert_eq!(filter.rule, text);
    }
    assert_eq!(Filter::new("f").rule_tree(), Err(RuleError::Missing));
    let deep = format!(r#"{{"and":[{}1{}]}}"#, r#"{"or":["#.repeat(9000), "]}".repeat(9000));
    let error = filter(&deep).rule_tree().unwrap_err();
    assert_eq!(error.to_string(), "the filter's rule cannot be read: nested more than 64 levels deep");
    assert!(filter(r#"{"x":"[[[[[[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}"#).rule_tree().is_ok());
}

#[test]
fn a_rule_takes_the_place_of_one_that_cannot_be_read() {
    let rule = FilterRule::normal().tags(["a"]);
    for mut filter in [Filter::new("f"), filter(""), filter(" {")] {
        filter.set_rule_tree(&rule);
        assert_eq!(filter.rule, rule.to_string());
    }
}

/// JSON with numbers that a float would change, and blanks that nobody needs.
fn value() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "null",
        "1E3",
        "-0.0",
        "123456789012345678901234567890",
        "[ 1 ,{\"a\" : -0}]",
        r#"{"k":1,"k":2}"#,
        r#""\u00e9 [{\"""#,
    ])
}

fn blank() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", " ", "\n\t", "  "])
}

/// An object of these members in any order, with unknown ones and blanks between.
fn object(members: Vec<(&'static str, String)>) -> impl Strategy<Value = String> {
    let unknown = prop::collection::btree_map("(u.{0,5}|\"|\\\\)", value(), 0..3);
    (unknown, prop::collection::vec(blank(), 4)).prop_flat_map(move |(unknown, blanks)| {
        let unknown = unknown.into_iter().map(|(key, value)| (serde_json::to_string(&key).unwrap(), value.to_owned()));
        let known = members.iter().map(|(key, value)| (format!("\"{key}\""), value.clone()));
        let all: Vec<_> = known.chain(unknown).collect();
        Just(all).prop_shuffle().prop_map(move |all| {
            let [a, b, c, d] = blanks[..] else { unreachable!() };
            let all: Vec<_> = all.iter().map(|(key, value)| format!("{a}{key}{b}:{c}{value}")).collect();
            format!("{{{}{d}}}", all.join(&format!("{d},")))
        })
    })
}

fn condition() -> impl Strategy<Value = String> {
    let values = prop::collection::vec(
        prop_oneof![
            Just(r#""today""#),
            Just("5"),
            Just(r#""5""#),
            Just(r#""t\u0061g""#),
            Just(r#"{"or" :["p"],"conditionName":"list"}"#),
            value(),
        ],
        0..4,
    );
    let name = prop::sample::select(vec!["tag", "priority", "dueDate", "listOrGroup", "taskType", "status", "mood"]);
    (name, values, blank(), prop::option::of(0..3_i64)).prop_flat_map(|(name, values, blank, kind)| {
        let mut members = vec![
            ("conditionName", format!("\"{name}\"")),
            ("or", format!("[{blank}{}]", values.join(&format!("{blank},")))),
        ];
        members.extend(kind.map(|kind| ("conditionType", kind.to_string())));
        object(members)
    })
}

/// Returns the text of a rule, and the texts of its conditions.
fn rule() -> impl Strategy<Value = (String, Vec<String>)> {
    let parts = (prop::collection::vec(condition(), 1..5), blank(), 0..3_i64, prop::sample::select(vec!["1", "3"]));
    parts.prop_flat_map(|(conditions, blank, kind, version)| {
        let and = format!("[{blank}{}{blank}]", conditions.join(&format!(",{blank}")));
        object(vec![("and", and), ("type", kind.to_string()), ("version", version.to_owned())])
            .prop_map(move |text| (format!("{blank}{text}{blank}"), conditions.clone()))
    })
}

proptest! {
    #[test]
    fn an_unchanged_rule_is_the_same_text((text, _) in rule()) {
        let mut filter = filter(&text);
        let tree = filter.rule_tree().unwrap();
        filter.set_rule_tree(&tree);
        prop_assert_eq!(&filter.rule, &text.as_str());
    }

    #[test]
    fn a_changed_condition_leaves_the_others_alone((text, conditions) in rule(), index: prop::sample::Index) {
        let mut filter = filter(&text);
        let mut tree = filter.rule_tree().unwrap();
        let at = index.index(conditions.len());
        tree.and[at].or.push("zz-new".into());
        filter.set_rule_tree(&tree);
        let result = filter.rule.get().unwrap();

        let (start, end) = place(&text, &conditions, at);
        prop_assert!(result.starts_with(&text[..start]), "{result}");
        prop_assert!(result.ends_with(&text[end..]), "{result}");
        let added = &result[start..result.len() - (text.len() - end)];
        prop_assert!(added.contains("\"zz-new\"") && added.len() <= conditions[at].len() + ",  \"zz-new\"".len());
        prop_assert_eq!(filter.rule_tree().unwrap(), tree);
    }

    #[test]
    fn a_removed_condition_leaves_the_others_alone((text, conditions) in rule(), index: prop::sample::Index) {
        let mut filter = filter(&text);
        let mut tree = filter.rule_tree().unwrap();
        let removed = tree.and.remove(index.index(conditions.len()));
        filter.set_rule_tree(&tree);
        for (kept, condition) in text.parse::<FilterRule>().unwrap().and.iter().zip(&conditions) {
            // Two conditions that mean the same cannot be told apart.
            prop_assert!(*kept == removed || filter.rule.get().unwrap().contains(condition));
        }
        prop_assert_eq!(filter.rule_tree().unwrap(), tree);
    }
}

/// Returns the start and end of a condition in the text of its rule.
fn place(text: &str, conditions: &[String], at: usize) -> (usize, usize) {
    let mut end = text.find(&conditions[0]).unwrap();
    let mut start = end;
    for condition in &conditions[..=at] {
        start = end + text[end..].find(condition).unwrap();
        end = start + condition.len();
    }
    (start, end)
}

#[test]
fn values_keep_their_kind() {
    let rule: FilterRule = r#"{"and":[{"conditionName":"priority","or":["5",5,5.0]}],"version":3}"#.parse().unwrap();
    let values = &rule.and[0].or;
    assert_eq!(values[0], "5".into());
    assert_eq!(values[1], 5.into());
    assert!(matches!(&values[2], FilterValue::Other(json) if json.as_str() == "5.0"));
}
