//! Our own formats: types compiled by typify, and the schemas for other languages.

mod answers;
mod generic;
mod polish;

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::TokenStream;
use schemars::schema::Schema;
use typify::{TypeSpace, TypeSpacePatch, TypeSpaceSettings};

use super::rust::{self, Scope};
use crate::spec::format::Format;
use crate::spec::ir::Ir;
use crate::spec::node::{Node, Text, Value};
use crate::spec::read::json;

/// Where the schemas are published.
const PUBLISHED: &str = "docs/schemas";

/// Keys of a schema that only this generator reads.
const OURS: &[&str] = &["x-crate", "x-rust", "x-entity", "x-shown"];

/// The types of a format, and the module that declares them.
struct Types<'a> {
    format: &'a Format,
    /// The crate that `x-crate` names.
    home: &'a str,
    schema: Node,
    /// Definitions of other crates, and where their types are.
    imported: BTreeMap<String, String>,
}

/// Adds the types, their declarations in existing modules, and the published schemas.
pub(crate) fn emit(ir: &Ir, files: &mut BTreeMap<PathBuf, String>) {
    let mut modules: BTreeMap<PathBuf, String> = BTreeMap::new();
    for format in &ir.formats {
        let Compiled { home, code, published, is_shown } =
            compile(format, ir).unwrap_or_else(|error| panic!("{error}"));
        let folder = PathBuf::from(format!("crates/{home}/src/generated"));
        files.insert(folder.join(format!("{}.rs", format.name)), code);
        if is_shown {
            files.insert(folder.join(format!("{}.schema.json", format.name)), published.clone());
        }
        files.insert(PathBuf::from(PUBLISHED).join(format!("{}.schema.json", format.name)), published);
        modules.entry(folder.with_extension("rs")).or_default().push_str(&format!("pub mod {};\n", format.name));
    }
    for (path, declared) in modules {
        let empty = || rust::file("spec/formats", "Formats of this project.", &Scope::default(), TokenStream::new());
        let module = files.entry(path).or_insert_with(empty);
        module.push_str(&format!("\n{declared}"));
    }
}

/// Fails if a schema cannot be compiled.
pub(crate) fn check(ir: &Ir) -> Result<(), String> {
    ir.formats.iter().try_for_each(|format| compile(format, ir).map(drop))
}

struct Compiled {
    home: String,
    code: String,
    published: String,
    /// Whether the program shows the schema to its users.
    is_shown: bool,
}

fn compile(format: &Format, ir: &Ir) -> Result<Compiled, String> {
    let compiled = || {
        let types = Types::new(format, &ir.formats)?;
        let is_shown = format.schema.get("x-shown").is_some();
        Ok(Compiled { home: types.home.to_owned(), code: types.compiled()?, published: types.published()?, is_shown })
    };
    compiled().map_err(|error: String| format!("error: {}: {error}", source(format)))
}

fn source(format: &Format) -> String {
    format!("spec/formats/{}.schema.json", format.name)
}

/// Returns the crate of the types of a format.
fn home(format: &Format) -> Result<&str, String> {
    let missing = || format!("{}: `x-crate` is missing: name the crate that the types go into", source(format));
    format.schema.text("x-crate").ok_or_else(missing)
}

impl<'a> Types<'a> {
    /// Copies the definitions of other files into the schema that refers to them.
    fn new(format: &'a Format, all: &[Format]) -> Result<Self, String> {
        let mut types = Self { format, home: home(format)?, schema: format.schema.clone(), imported: BTreeMap::new() };
        for other in all {
            let prefix = format!("{}.schema.json#/definitions/", other.name);
            let mut named = false;
            types.schema.visit(&mut |node| {
                if let Value::String(text) = &mut node.value
                    && let Some(name) = text.strip_prefix(&prefix)
                {
                    *text = format!("#/definitions/{name}");
                    named = true;
                }
            });
            if named {
                types.import(other)?;
            }
        }
        Ok(types)
    }

    fn import(&mut self, other: &Format) -> Result<(), String> {
        let krate = home(other)?.replace('-', "_");
        for (name, definition) in other.schema.members("definitions") {
            match self.schema.get("definitions").and_then(|own| own.get(name)) {
                None => self.define(name, definition.clone()),
                Some(own) if json(own) == json(definition) => continue,
                Some(_) => return Err(format!("definition {name} differs from the one in {}", source(other))),
            }
            self.imported.insert(name.text.clone(), format!("::{krate}::{name}"));
        }
        Ok(())
    }

    /// Adds a definition to the schema.
    fn define(&mut self, name: &Text, definition: Node) {
        let Value::Map(members) = &mut self.schema.value else { return };
        if let Some((_, Node { value: Value::Map(own), .. })) =
            members.iter_mut().find(|(key, _)| &**key == "definitions")
        {
            own.push((name.clone(), definition));
        }
    }

    /// Returns the schema in one file, without the keys that only this generator reads.
    fn published(&self) -> Result<String, String> {
        let mut schema = self.schema.clone();
        answers::add(&mut schema)?;
        drop_members(&mut schema, |key, _| OURS.contains(&key));
        if let Value::Map(members) = &mut schema.value {
            let comment = format!("Generated by `cargo xtask codegen` from {}.", source(self.format));
            let comment = Node { mark: schema.mark, value: Value::String(comment) };
            members.insert(1, (Text { text: "$comment".to_owned(), mark: schema.mark }, comment));
        }
        Ok(serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n")
    }

    /// Fails for an unresolved reference, which typify does not report.
    fn check_references(&self) -> Result<(), String> {
        let known = |name: &str| self.schema.members("definitions").iter().any(|(known, _)| &**known == name);
        let mut lost = Ok(());
        self.schema.clone().visit(&mut |node| {
            if let Some(target) = node.text("$ref")
                && !target.strip_prefix("#/definitions/").is_some_and(known)
            {
                lost = Err(format!("`{target}` leads nowhere: refer to #/definitions/NAME, here or in another file"));
            }
        });
        lost
    }

    fn compiled(&self) -> Result<String, String> {
        self.check_references()?;
        let mut schema = self.schema.clone();
        // Constraints that Rust types cannot express are checked by hand-written code.
        drop_members(&mut schema, |key, value| key == "pattern" || key == "oneOf" && is_about_presence(value));
        let mut space = TypeSpace::new(&self.settings());
        let mut definitions: Vec<(&str, Schema)> = Vec::new();
        let has_type = |definition: &Node| definition.get("x-rust").is_none_or(|wishes| wishes.get("skip").is_none());
        for (name, definition) in schema.members("definitions").iter().filter(|(_, definition)| has_type(definition)) {
            let read =
                serde_json::from_value(json(definition)).map_err(|error| format!("definition {name}: {error}"))?;
            definitions.push((name, read));
        }
        space.add_ref_types(definitions).map_err(|error| error.to_string())?;
        let file = syn::parse2(space.to_stream()).map_err(|error| error.to_string())?;
        let about = self.schema.text("title").unwrap_or_default();
        Ok(rust::file(
            &source(self.format),
            &format!("{about}."),
            &Scope::default(),
            polish::polished(file, &self.schema),
        ))
    }

    fn settings(&self) -> TypeSpaceSettings {
        let mut settings = TypeSpaceSettings::default();
        settings.with_struct_builder(false).with_derive("PartialEq".to_owned());
        settings.with_map_type("::std::collections::BTreeMap");
        for (name, path) in &self.imported {
            settings.with_replacement(name, path, std::iter::empty());
        }
        for (name, definition) in self.schema.members("definitions") {
            let Some(wishes) = definition.get("x-rust").filter(|_| !self.imported.contains_key(&name.text)) else {
                continue;
            };
            if let Some(path) = wishes.text("type") {
                settings.with_replacement(name, path, std::iter::empty());
            }
            let mut patch = TypeSpacePatch::default();
            for derive in wishes.items("derive").iter().filter_map(Node::as_str) {
                patch.with_derive(derive);
            }
            if let Some(attribute) = wishes.text("attr") {
                patch.with_attr(format!("#[{attribute}]"));
            }
            settings.with_patch(name, &patch);
        }
        settings
    }
}

/// Takes members out of all objects.
fn drop_members(schema: &mut Node, is_ours: impl Fn(&str, &Node) -> bool) {
    schema.visit(&mut |node| {
        if let Value::Map(members) = &mut node.value {
            members.retain(|(key, node)| !is_ours(key, node));
        }
    });
}

/// Returns `true` if alternatives only require certain members.
fn is_about_presence(alternatives: &Node) -> bool {
    let requires =
        |node: &Node| matches!(&node.value, Value::Map(members) if members.iter().all(|(key, _)| &**key == "required"));
    matches!(&alternatives.value, Value::List(items) if items.iter().all(requires))
}
