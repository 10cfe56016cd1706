//! Properties that hold for every type the macros make.

#![allow(unreachable_pub)] // The macros make public methods; these types are private.

use proptest::prelude::*;

use crate::compare::differences;
use crate::*;

/// Every kind of member at once.
#[derive(Clone, Debug, PartialEq)]
struct Sample {
    id: SampleId,
    count: i64,
    r#type: Field<Color>,
    mode: Field<Mode>,
    title: Field<String>,
    at: Field<Timestamp>,
    tags: List<String>,
    by_key: Map<Vec<i64>>,
    shape: Field<Shape>,
    children: List<Sample>,
    extra: Extra,
}
object!(Sample {
    id: SampleId => "id",
    count: i64 => "count",
    r#type => "type",
    mode => "mode",
    title => "title",
    at => "at",
    tags => "tags",
    by_key => "byKey",
    shape => "shape",
    children => "children",
});

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Color {
    Red,
    Blue,
    Unknown(i64),
}
integer_enum!(Color { Red = -1, Blue = 2 });

#[derive(Clone, Debug, PartialEq, Eq)]
enum Mode {
    Slow,
    Fast,
    Unknown(Box<str>),
}
text_enum!(Mode { Slow = "slow", Fast = "FAST" });

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct SampleId(Box<str>);
id!(SampleId, made);

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Flag(bool),
    Count(i64),
    Part(Number),
    Word(String),
    Words(Vec<String>),
    Tree(Box<Sample>),
    Other(Json),
}
shapes!(Shape { Flag: boolean, Count: integer, Part: number, Word: string, Words: array, Tree: object });

impl Inspect for Box<Sample> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        (**self).inspect(at, found);
    }
}

/// JSON text of any kind, with numbers that a float would change.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("1E3".to_owned()),
        Just("-0.0".to_owned()),
        Just("123456789012345678901234567890".to_owned()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        ".{0,8}".prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[ {}]", items.join(" ,"))),
            prop::collection::btree_map(".{0,6}", inner, 0..4)
                .prop_map(|members| object_text(members.into_iter().collect())),
        ]
    })
}

fn object_text(members: Vec<(String, String)>) -> String {
    let members: Vec<_> =
        members.iter().map(|(key, value)| format!("{}:{value}", serde_json::to_string(key).unwrap())).collect();
    format!("{{{}}}", members.join(","))
}

/// Null, or one of some texts.
fn member(key: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = Option<(String, String)>> {
    let value = prop_oneof![1 => Just("null"), 4 => prop::sample::select(values)];
    prop::option::of(value.prop_map(move |value| (key.to_owned(), value.to_owned())))
}

/// A `Sample` as text: any known members, any unknown ones, in any order.
fn sample() -> impl Strategy<Value = String> {
    let known = (
        member("type", &["-1", "2", "7", "9007199254740993"]),
        member("mode", &["\"slow\"", "\"FAST\"", "\"\"", "\"new\""]),
        member("title", &["\"\"", "\"a\\u00e9\\n\""]),
        member(
            "at",
            &["\"\"", "\"-1\"", "1771308178221", "\"2026-03-01T00:00:00.000+0000\"", "\"2026-03-01T02:00:00+0200\""],
        ),
        member("tags", &["[]", "[\"a\",\"b\"]"]),
        member("byKey", &["{}", "{\"a\":[1],\"b\":[]}"]),
        member("shape", &["true", "3", "1.5", "\"w\"", "[\"w\"]", "[1]", "{\"id\":\"i\",\"count\":0,\"x\":1E3}", "{}"]),
        member("children", &["[{\"id\":\"c\",\"count\":-9223372036854775808,\"deep\":[1E3]}]"]),
    );
    let unknown = prop::collection::btree_map("(u.{0,6}|\"|\\\\|)", json(), 0..6);
    (known, unknown).prop_flat_map(|((a, b, c, d, e, f, g, h), unknown)| {
        let mut members: Vec<_> = [a, b, c, d, e, f, g, h].into_iter().flatten().collect();
        members.extend([("id".to_owned(), "\"i\"".to_owned()), ("count".to_owned(), "9007199254740993".to_owned())]);
        members.extend(unknown);
        Just(members).prop_shuffle().prop_map(object_text)
    })
}

proptest! {
    #[test]
    fn nothing_is_lost(text in sample()) {
        let slice: Sample = serde_json::from_slice(text.as_bytes()).unwrap();
        let again = serde_json::to_string(&slice).unwrap();
        prop_assert_eq!(differences(text.as_bytes(), &again), Vec::<String>::new());
        for (key, value) in slice.extra.iter() {
            let whole: Object = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(whole.get(&key), Some(&value));
        }
        let reader: Sample = serde_json::from_reader(text.as_bytes()).unwrap();
        prop_assert_eq!(serde_json::to_string(&reader).unwrap(), again.clone());
        prop_assert_eq!(&serde_json::from_str::<Sample>(&again).unwrap(), &slice);
        prop_assert!(check::<Sample>(text.as_bytes()).lossless);
    }

    #[test]
    fn trees_lose_no_more_than_the_tree_itself(text in sample()) {
        use serde::Deserialize;
        let tree: serde_json::Value = serde_json::from_str(&text).unwrap();
        let borrowed = Sample::deserialize(&tree).unwrap();
        let again = serde_json::to_string(&borrowed).unwrap();
        prop_assert_eq!(differences(tree.to_string().as_bytes(), &again), Vec::<String>::new());
        let owned: Sample = serde_json::from_value(tree).unwrap();
        prop_assert_eq!(&owned, &borrowed);
        prop_assert_eq!(serde_json::to_value(&owned).unwrap(), serde_json::to_value(&borrowed).unwrap());
    }

    #[test]
    fn integers_and_texts_of_enums_survive(number: i64, text in ".{0,8}") {
        prop_assert_eq!(Color::from(number).value(), number);
        let mode = Mode::from(text.as_str());
        prop_assert_eq!(mode.as_str(), text.as_str());
        prop_assert_eq!(SampleId::from(text.as_str()), text.as_str());
    }
}

#[test]
fn required_members_are_required() {
    let error = serde_json::from_str::<Sample>(r#"{"id":"i"}"#).unwrap_err();
    assert!(error.to_string().starts_with("missing field `count`"));
    let sample = Sample::new("i", 3);
    assert_eq!(serde_json::to_string(&sample).unwrap(), r#"{"id":"i","count":3}"#);
}

#[test]
fn the_last_of_two_members_wins() {
    let sample: Sample = serde_json::from_str(r#"{"id":"a","count":1,"x":1,"id":"b","x":2}"#).unwrap();
    assert_eq!(sample.id, "b");
    assert_eq!(sample.extra.get("x").unwrap().as_str(), "2");
}

#[test]
fn escaped_keys_are_the_same_keys() {
    let sample: Sample = serde_json::from_str(r#"{"\u0069d":"a","count":1,"\u0078":1E3}"#).unwrap();
    assert_eq!(serde_json::to_string(&sample).unwrap(), r#"{"id":"a","count":1,"x":1E3}"#);
}

#[test]
fn unknown_parts_are_found() {
    let text =
        r#"{"id":"a","count":1,"type":9,"mode":"odd","shape":[1],"children":[{"id":"b","count":2,"x":1}],"y":1}"#;
    assert_eq!(check::<Sample>(text.as_bytes()).unknown, ["$.type", "$.mode", "$.shape", "$.children[0].x", "$.y"]);
}

#[test]
fn enums_and_ids_show_themselves() {
    assert_eq!(Color::ALL.iter().map(ToString::to_string).collect::<Vec<_>>(), ["red", "blue"]);
    assert_eq!(Mode::ALL, [Mode::Slow, Mode::Fast]);
    let id = SampleId::from("x1");
    assert_eq!(id.as_str(), "x1");
    assert_eq!(format!("{id:?}"), "SampleId(x1)".to_owned());
    assert_eq!(format!("{id:>4}"), "  x1".to_owned());
    assert_ne!(SampleId::new(), SampleId::new());
    let clock = FixedClock(jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(SampleId::new_with(&mut IdSource::new(clock, [0; 8])), "000000000000000000000000");
    assert_eq!("x1".parse(), Ok(id));
}

#[test]
fn many_levels_do_not_overflow() {
    let deep = format!(r#"{{"id":"a","count":1,"x":{}1{}}}"#, "[".repeat(5000), "]".repeat(5000));
    assert!(check::<Sample>(deep.as_bytes()).lossless);
}
