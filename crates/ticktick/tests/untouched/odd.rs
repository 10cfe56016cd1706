//! Members that no client knows, as texts of JSON.

use proptest::prelude::*;

/// Unknown members, each written as `"name":value`, to be put into one object.
pub(crate) type Odd = Vec<String>;

/// How many objects get unknown members of their own before they come round again.
const KINDS: usize = 11;

/// Makes the unknown members of a whole account.
pub(crate) fn members() -> impl Strategy<Value = Vec<Odd>> {
    prop::collection::vec(prop::collection::vec((name(), value()), 1..4).prop_map(write), KINDS)
}

fn write(members: Vec<(String, String)>) -> Odd {
    // The number keeps two of the same name apart.
    members.into_iter().enumerate().map(|(n, (name, value))| format!(r#""zz{n}{name}":{value}"#)).collect()
}

/// The end of a name: in capitals, in other scripts, with signs that have a meaning elsewhere.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z]{0,6}", Just("_ü 日".to_owned()), Just(".$#/~".to_owned()), Just(r#"A\""#.to_owned())]
}

/// A value of any kind, with numbers that neither 64 bits nor a float hold.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        2 => prop::sample::select(vec!["null", "[]", "{}", "\"\"", "true", "false", "0", "-0", "-0.0", "[[],{}]"])
            .prop_map(str::to_owned),
        2 => "-?[1-9][0-9]{15,40}",
        2 => "-?(0|[1-9][0-9]{0,9})\\.[0-9]{0,18}0",
        2 => "-?[1-9](\\.[0-9]{1,3})?[eE][+-]?[0-9]{1,2}",
        1 => any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap_or_default()),
        1 => Just(r#""\u00e9\/\ud83d\ude00\b""#.to_owned()),
        1 => Just(r#""2026-03-01T12:30:00.000+0000""#.to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| format!("[{}]", all.join(" , "))),
            prop::collection::vec(inner, 1..4).prop_map(|all| {
                let members = all.into_iter().enumerate().map(|(n, value)| format!(r#""m{n}": {value}"#));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}
