//! Random calls cause no panic and no harm, and every answer matches its schema.

use serde_json::{Map, Value, json};
use ticktick_sim::{Collection, DEMO_USER};

use crate::world::{Era, World};

/// Number of calls.
const CALLS: usize = 2_000;

/// Texts that are names, dates, or nonsense.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "Phone grandma", "groceries", "call", "work", "💼 Work", "inbox", "money", "#errands", "water", "today", "tomorrow 9am",
    "2026-12-05", "2026-12-05 18:00", "2026-02-30", "last 7 days", "a..b", "none", "", " ", "\n", "1 day", "-3 hours",
    "every monday", "RRULE:FREQ=DAILY", "30m", "create", "delete", "\u{202e}x\u{0}", "9999999999999999999", "[\"a\"]", "{}",
    "../../etc/passwd", "65f0a1b2c3d4e5f6a7b8c9d0", "日本語",
];

fn text(rng: &mut fastrand::Rng) -> Value {
    rng.choice(TEXTS).copied().unwrap_or_default().into()
}

fn value(schema: &Value, rng: &mut fastrand::Rng) -> Value {
    if rng.u8(..) < 10 {
        return [Value::Null, json!(-1), json!(1e300), json!([]), json!({}), json!(true), text(rng)][rng.usize(..7)]
            .clone();
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[rng.usize(..values.len())].clone();
    }
    match schema["type"].as_str() {
        Some("integer") => json!(rng.i64(-3..60)),
        Some("number") => json!(rng.f64() * 10.0),
        Some("boolean") => json!(rng.bool()),
        Some("array") => (0..rng.usize(..4)).map(|_| value(&schema["items"], rng)).collect(),
        Some("object") => object(schema, rng).into(),
        _ => text(rng),
    }
}

fn object(schema: &Value, rng: &mut fastrand::Rng) -> Map<String, Value> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut object = Map::new();
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        let share = if required.contains(&name.as_str()) { 95 } else { 30 };
        if rng.u8(..100) < share {
            object.insert(name.clone(), value(of, rng));
        }
    }
    object
}

fn fits(value: &Value, schema: &Value) -> bool {
    let known = schema["properties"].as_object().unwrap();
    value.as_object().unwrap().iter().all(|(name, value)| match known[name]["type"].as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        Some("array") => value.is_array(),
        _ => false,
    }) && value["text"].is_string()
}

fn ids(world: &World, of: Collection) -> Vec<String> {
    world.service.objects(DEMO_USER, of).iter().map(|one| one.get("id").unwrap().as_str().to_owned()).collect()
}

#[tokio::test]
async fn random_calls_do_no_harm() {
    let world = World::new(Era::Handshake, ticktick_mcp::Options::default()).await;
    let tools = world.tools().await;
    let mut rng = fastrand::Rng::with_seed(20_261_126);
    let before = ids(&world, Collection::Tasks);
    for number in 0..CALLS {
        let tool = &tools[rng.usize(..tools.len())];
        let args = object(&serde_json::to_value(&*tool.input_schema).unwrap(), &mut rng);
        let shown = format!("call {number}: {} {}", tool.name, Value::from(args.clone()));
        let reply = world.call(&tool.name, args.into()).await;
        let schema = serde_json::to_value(tool.output_schema.as_deref().unwrap()).unwrap();
        assert!(fits(&reply.value, &schema), "{shown}: {}", reply.value);
        assert!(!reply.text.contains("defect"), "{shown}: {}", reply.text);
        assert!(reply.text.len() < 48_000, "{shown}");
        assert!(!reply.text.contains("\u{202e}"), "{shown}");
    }
    let after = ids(&world, Collection::Tasks);
    assert!(before.iter().all(|id| after.contains(id)), "a task was erased");
    assert!(ids(&world, Collection::Projects).len() >= 6, "a project with tasks is gone");
}
