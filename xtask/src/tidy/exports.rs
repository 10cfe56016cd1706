//! The rule that users can name every type that a public signature or member of the client uses.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Fields, ImplItem, Item, Visibility};

use super::{Source, Tree};
use crate::spec::hand_written::used;

type Names = BTreeSet<String>;

const MODELS: &str = "crates/ticktick-models/src/";
const CLIENT: &str = "crates/ticktick/src/";

/// Returns one line for each model type that the client's public items show and no public module of it exports.
pub(super) fn unnamed_types(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    broken(&tree.sources)
}

fn broken(sources: &[Source]) -> Result<Vec<String>, String> {
    let models = files(sources, MODELS)?;
    let client = files(sources, CLIENT)?;
    let members = members(&models);
    let exported = exported(&client);
    let known: Names = exports_of_models(&models);

    let mut shown = Names::new();
    for names in self::members(&client).values() {
        shown.extend(names.iter().cloned());
    }
    let mut next: Vec<String> = exported.union(&shown).cloned().collect();
    let mut seen = Names::new();
    while let Some(name) = next.pop() {
        let is_type = name.starts_with(|first: char| first.is_ascii_uppercase());
        if is_type && known.contains(&name) && seen.insert(name.clone()) {
            next.extend(members.get(&name).into_iter().flatten().cloned());
        }
    }
    let missing = seen.difference(&exported);
    Ok(missing.map(|name| format!("{CLIENT}lib.rs: export `{name}` from the public module of its topic")).collect())
}

/// Parses the files below a folder.
fn files(sources: &[Source], folder: &str) -> Result<BTreeMap<String, syn::File>, String> {
    let parse = |Source { path, text }: &Source| {
        let name = path.strip_prefix(folder)?.to_owned();
        (!name.contains("tests")).then(|| match syn::parse_file(text) {
            Ok(file) => Ok((name, file)),
            Err(error) => Err(format!("error: cannot parse {path}: {error}")),
        })
    };
    sources.iter().filter_map(parse).collect()
}

/// The types that each type shows: in public members, in variants, and in the signatures of public functions.
fn members(files: &BTreeMap<String, syn::File>) -> BTreeMap<String, Names> {
    let mut found: BTreeMap<String, Names> = BTreeMap::new();
    for item in files.values().flat_map(|file| &file.items) {
        match item {
            Item::Struct(one) if is_public(&one.vis) => {
                let names = found.entry(one.ident.to_string()).or_default();
                let public = one.fields.iter().filter(|field| is_public(&field.vis));
                public.for_each(|field| idents(field.ty.to_token_stream(), names));
            }
            Item::Enum(one) if is_public(&one.vis) => {
                let names = found.entry(one.ident.to_string()).or_default();
                let fields = one.variants.iter().map(|variant| &variant.fields);
                fields.flat_map(Fields::iter).for_each(|field| idents(field.ty.to_token_stream(), names));
            }
            Item::Impl(one) if one.trait_.is_none() => {
                let mut of = Names::new();
                idents(one.self_ty.to_token_stream(), &mut of);
                let Some(name) = of.pop_first() else { continue };
                let names = found.entry(name).or_default();
                for item in &one.items {
                    if let ImplItem::Fn(function) = item
                        && is_public(&function.vis)
                    {
                        idents(function.sig.to_token_stream(), names);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// What the root of `ticktick-models` exports for people: everything that is not hidden, and all generated types.
fn exports_of_models(files: &BTreeMap<String, syn::File>) -> Names {
    let mut names = Names::new();
    for (path, file) in files {
        for item in &file.items {
            match item {
                Item::Use(one) if path == "lib.rs" && is_public(&one.vis) && !is_hidden(&one.attrs) => {
                    used(&one.tree, &mut names);
                }
                Item::Struct(one) if path.starts_with("generated/") => drop(names.insert(one.ident.to_string())),
                Item::Enum(one) if path.starts_with("generated/") => drop(names.insert(one.ident.to_string())),
                _ => {}
            }
        }
    }
    names
}

/// What the public modules of the client export: in re-exports and by their own items.
fn exported(files: &BTreeMap<String, syn::File>) -> Names {
    let mut names = Names::new();
    let root = files.get("lib.rs").into_iter().flat_map(|file| &file.items);
    let modules = root.filter_map(|item| match item {
        Item::Mod(module) if is_public(&module.vis) => Some(format!("{}.rs", module.ident)),
        _ => None,
    });
    let paths: Vec<String> = modules.filter(|path| path != "prelude.rs").collect();
    for item in paths.iter().filter_map(|path| files.get(path)).flat_map(|file| &file.items) {
        match item {
            Item::Use(one) if is_public(&one.vis) => used(&one.tree, &mut names),
            Item::Struct(one) if is_public(&one.vis) => drop(names.insert(one.ident.to_string())),
            Item::Enum(one) if is_public(&one.vis) => drop(names.insert(one.ident.to_string())),
            _ => {}
        }
    }
    names
}

fn idents(tokens: TokenStream, names: &mut Names) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(names.insert(ident.to_string())),
            TokenTree::Group(group) => idents(group.stream(), names),
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|one| one.to_token_stream().to_string().contains("hidden"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_of_an_exported_type_must_be_exported() {
        let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let mut sources = vec![
            source("crates/ticktick-models/src/lib.rs", "pub use field::Field;"),
            source(
                "crates/ticktick-models/src/generated/task.rs",
                "pub struct Task { pub kind: Field<Kind> } pub enum Kind { A(Deep) } pub struct Deep; pub struct Far;",
            ),
            source("crates/ticktick/src/lib.rs", "pub mod task; mod other;"),
            source("crates/ticktick/src/task.rs", "pub use ticktick_models::{Task, Field};"),
            source("crates/ticktick/src/other.rs", "pub use ticktick_models::Kind;"),
        ];
        let broken_names = |sources: &[_]| broken(sources).unwrap().join("\n");
        assert!(broken_names(&sources).contains("export `Kind`"), "a private module does not count");
        assert!(broken_names(&sources).contains("export `Deep`"));
        assert!(!broken_names(&sources).contains("Far"));
        sources[3].text = "pub use ticktick_models::{Task, Field, Kind, Deep};".into();
        assert_eq!(broken_names(&sources), "");
    }
}
