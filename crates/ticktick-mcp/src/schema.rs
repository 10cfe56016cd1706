//! Schemas that every client can read: no references, unions, dialects, formats or nulls.

use rmcp::model::JsonObject;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// Returns the schema of a type.
pub(crate) fn portable<T: JsonSchema>() -> JsonObject {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    settings.meta_schema = None;
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    simplify(&mut schema);
    let Value::Object(mut object) = schema else { return JsonObject::new() };
    object.remove("description");
    object.entry("properties").or_insert_with(|| JsonObject::new().into());
    object
}

fn simplify(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    for name in ["title", "format", "default", "minimum"] {
        if object.get(name).is_some_and(|value| !value.is_object()) {
            object.remove(name);
        }
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|one| one != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            object.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        values.retain(|one| !one.is_null());
    }
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.values_mut().for_each(simplify);
    }
    if let Some(items) = object.get_mut("items") {
        simplify(items);
    }
}
