//! `ticktick-models/src/generated`: structs, open enums, ids and disputed shapes.
//!
//! The types are printed from the [`Ir`] directly: integer and open enums, three-state fields, lists that read null,
//! schema order and kept unknown keys are all beyond what a general JSON Schema compiler prints.

use std::fmt::Write as _;

use super::names;
use super::rust::{self, doc};
use crate::spec::ir::{EnumValue, Family, Field, Ir, Kind, Model, Shape, Type};

const UNKNOWN: &str = "/// A value that this version does not know, kept and written back.\n";
const OTHER: &str = "/// Any other JSON, kept as it came.\nOther(Json),\n";
const EXTRA: &str = "/// Keys that this version does not know, kept and written back.\npub extra: Extra,\n";

/// One file for each spec file, and `generated.rs`.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let mut files: Vec<_> =
        ir.families.iter().map(|family| (format!("{}.rs", family.name), file(family, ir))).collect();
    files.push((super::MODULE.to_owned(), module(ir)));
    files
}

fn module(ir: &Ir) -> String {
    let mut out = rust::header("spec/models");
    out.push_str("//! One module for each file of `spec/models`.\n\n");
    for family in &ir.families {
        let _ = writeln!(out, "mod {};", names::escape(&family.name));
    }
    out.push('\n');
    for family in &ir.families {
        let _ = writeln!(out, "pub use {}::*;", names::escape(&family.name));
    }
    out.push_str("\n/// Checks recorded JSON against one model.\npub type CheckModel = fn(&[u8]) -> crate::Check;\n");
    out.push_str("\n/// Every model by its name, with the function that checks recorded JSON against it.\n");
    out.push_str("pub static MODELS: &[(&str, CheckModel)] = &[\n");
    for model in ir.models() {
        let _ = writeln!(out, "    ({:?}, crate::check::<{}>),", model.name.text, model.name);
    }
    out.push_str("];\n");
    out
}

fn file(family: &Family, ir: &Ir) -> String {
    let mut out = rust::header(&format!("spec/models/{}.yaml", family.name));
    let _ = writeln!(out, "//! {}\n\nuse crate::*;", family.about);
    for model in &family.models {
        out.push_str(&emit_model(model, ir));
    }
    out
}

/// One model and the macro call that gives it its behaviour.
fn emit_model(model: &Model, ir: &Ir) -> String {
    match &model.kind {
        Kind::Object(fields) => object(model, fields),
        Kind::Enum { integer, values } => open_enum(model, *integer, values),
        Kind::Id { made: true, .. } => id(model, "made"),
        Kind::Id { is_private: true, .. } => id(model, "private"),
        Kind::Id { .. } => id(model, "given"),
        Kind::Shapes(shapes) => emit_shapes(model, shapes, ir),
    }
}

fn object(model: &Model, fields: &[Field]) -> String {
    let default = if fields.iter().any(|field| field.required) { "" } else { "Default, " };
    let mut code = doc(&model.about);
    let _ =
        writeln!(code, "#[derive(Clone, Debug, {default}PartialEq)]\n#[non_exhaustive]\npub struct {} {{", model.name);
    let mut data = format!("crate::object!({} {{\n", model.name);
    for field in fields {
        let name = names::field(&field.name);
        let _ = writeln!(code, "{}pub {name}: {},", field_docs(field), field_type(field));
        let ty = if field.required { format!(": {}", names::rust(&field.ty)) } else { String::new() };
        let _ = writeln!(data, "    {name}{ty} => {:?},", field.name.text);
    }
    code.push_str(EXTRA);
    code.push('}');
    format!("{}{data}}});\n", rust::item(&code))
}

fn field_docs(field: &Field) -> String {
    let null = if field.nullable && field.ty != Type::Known("any") { " May be null." } else { "" };
    let default = field.default.as_ref().map(|value| format!(" Default: `{value}`.")).unwrap_or_default();
    let examples: Vec<String> = field.examples.iter().map(|value| format!("`{value}`")).collect();
    let examples = if examples.is_empty() { String::new() } else { format!(" For example {}.", examples.join(", ")) };
    doc(&format!("{}{null}{default}{examples}", field.about))
}

fn field_type(field: &Field) -> String {
    match &field.ty {
        Type::List(of) => format!("List<{}>", names::rust(of)),
        Type::Map(of) => format!("Map<{}>", names::rust(of)),
        ty if field.required => names::rust(ty),
        ty => format!("Field<{}>", names::rust(ty)),
    }
}

fn open_enum(model: &Model, integer: bool, values: &[EnumValue]) -> String {
    let (copy, unknown, name) = if integer { ("Copy, ", "i64", "integer_enum") } else { ("", "Box<str>", "text_enum") };
    let mut code = doc(&model.about);
    let _ = writeln!(
        code,
        "#[derive(Clone, {copy}Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[non_exhaustive]\npub enum {} {{",
        model.name
    );
    let mut pairs = Vec::new();
    for value in values {
        let _ = writeln!(code, "{}{},", doc(&format!("{} On the wire: `{}`.", value.about, value.value)), value.name);
        pairs.push(format!("    {} = {},\n", value.name, value.value));
    }
    let _ = write!(code, "{UNKNOWN}Unknown({unknown}),\n}}");
    format!("{}crate::{name}!({} {{\n{}}});\n", rust::item(&code), model.name, pairs.concat())
}

fn id(model: &Model, form: &str) -> String {
    let code = format!(
        "{}#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub struct {}(Box<str>);",
        doc(&model.about),
        model.name
    );
    format!("{}crate::id!({}, {form});\n", rust::item(&code), model.name)
}

fn emit_shapes(model: &Model, shapes: &[Shape], ir: &Ir) -> String {
    let mut code = doc(&model.about);
    let _ = writeln!(code, "#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum {} {{", model.name);
    let mut kinds = Vec::new();
    for shape in shapes {
        let _ = writeln!(code, "{}{}({}),", doc(&shape.about), shape.name, names::answer(&shape.ty));
        kinds.push(format!("{}: {}", shape.name, names::json_kind(&shape.ty, ir)));
    }
    let _ = write!(code, "{OTHER}}}");
    // An answer with something odd in it is read leniently; the same inside an object is kept as it came.
    let is_answer =
        ir.operations().any(|operation| operation.returns.model().is_some_and(|name| name.text == model.name.text));
    let answer = if is_answer { "answer " } else { "" };
    format!("{}crate::shapes!({answer}{} {{ {} }});\n", rust::item(&code), model.name, kinds.join(", "))
}
