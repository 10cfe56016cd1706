//! The rule that a layer of the simulator never names a higher one.

use std::collections::BTreeSet;
use std::iter::Peekable;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Item};

use super::{Source, Tree};

const SIMULATOR: &str = "crates/ticktick-sim/src/";

/// The layers from bottom to top. Those of one row are independent of each other.
const LAYERS: &[&[&str]] =
    &[&["world"], &["made"], &["exchange"], &["api", "open"], &["fault"], &["control"], &["server"]];

/// The layers that generated modules belong to; the longest path that fits decides.
const GENERATED: &[(&str, &str)] = &[("control", "control"), ("faults", "fault"), ("seed", "made"), ("", "exchange")];

/// Returns one line for each path to a higher layer. Tests are exempt, because they go through the whole simulator.
pub(super) fn simulator(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    broken(&tree.sources)
}

fn broken(sources: &[Source]) -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    for Source { path, text } in sources {
        let Some(name) = path.strip_prefix(SIMULATOR).filter(|name| *name != "lib.rs") else { continue };
        let file = syn::parse_file(text).map_err(|error| format!("error: cannot parse {path}: {error}"))?;
        let module: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        files.push((path, module, file));
    }
    let tests: BTreeSet<Vec<String>> = files.iter().flat_map(|(_, module, file)| test_modules(module, file)).collect();
    let is_test = |module: &[String]| (1..=module.len()).any(|length| tests.contains(&module[..length]));
    let mut broken = Vec::new();
    for (path, module, file) in files.iter().filter(|(_, module, _)| !is_test(module)) {
        let mut named = BTreeSet::new();
        paths_of(&file.items, module, &mut named);
        let upward = named.iter().filter(|named| !may_name(module, named));
        broken.extend(upward.map(|named| format!("{path}: `crate::{}` is in a higher layer", named.join("::"))));
    }
    Ok(broken)
}

/// Returns the modules that a file declares for tests only.
fn test_modules(module: &[String], file: &syn::File) -> Vec<Vec<String>> {
    let declared = file.items.iter().filter_map(|item| match item {
        Item::Mod(inner) if is_for_tests(&inner.attrs) => Some([module, &[inner.ident.to_string()]].concat()),
        _ => None,
    });
    declared.collect()
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]")
}

/// Returns whether a module may name a path.
fn may_name(module: &[String], named: &[String]) -> bool {
    let (Some((from, own)), Some((to, other))) = (layer(module), layer(named)) else {
        // Only the top layer may use what the root of the crate exports.
        return layer(module).is_none_or(|(row, _)| row == LAYERS.len() - 1);
    };
    to < from || own == other
}

/// Returns the row and the name of the layer of a path.
fn layer(path: &[String]) -> Option<(usize, &str)> {
    let mut name = path.first()?.as_str();
    if name == "generated" {
        let inner = path.get(1).map_or("", String::as_str);
        name = GENERATED.iter().find(|(module, _)| module.is_empty() || *module == inner)?.1;
    }
    LAYERS.iter().position(|row| row.contains(&name)).map(|row| (row, name))
}

/// Collects the paths inside the crate that the items of a module name, from the root of the crate.
fn paths_of(items: &[Item], module: &[String], found: &mut BTreeSet<Vec<String>>) {
    for item in items {
        match item {
            Item::Mod(inner) if is_for_tests(&inner.attrs) => {}
            Item::Mod(inner) => {
                let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                paths_of(items, &[module, &[inner.ident.to_string()]].concat(), found);
            }
            item => paths_in(item.to_token_stream(), module, found),
        }
    }
}

/// Collects the paths in tokens that begin with `crate` or `super`.
fn paths_in(tokens: TokenStream, module: &[String], found: &mut BTreeSet<Vec<String>>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => paths_in(group.stream(), module, found),
            TokenTree::Ident(word) if word == "crate" => follow(&mut tokens, Vec::new(), found),
            TokenTree::Ident(word) if word == "super" => {
                let above = module[..module.len().saturating_sub(1)].to_vec();
                follow(&mut tokens, above, found);
            }
            _ => {}
        }
    }
}

/// Follows a path that has begun, also into the braces of a `use`.
fn follow(
    tokens: &mut Peekable<impl Iterator<Item = TokenTree>>,
    mut path: Vec<String>,
    found: &mut BTreeSet<Vec<String>>,
) {
    while tokens.next_if(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':')).is_some() {
        match tokens.peek() {
            Some(TokenTree::Ident(word)) if word == "super" => drop(path.pop()),
            Some(TokenTree::Ident(word)) => path.push(word.to_string()),
            Some(TokenTree::Group(group)) => {
                let mut inner = group.stream().into_iter().peekable();
                while let Some(token) = inner.next() {
                    if let TokenTree::Ident(word) = token {
                        follow(&mut inner, [&path[..], &[word.to_string()]].concat(), found);
                    }
                }
                return;
            }
            _ => continue,
        }
        tokens.next();
    }
    // `pub(crate)` is not a path.
    if !path.is_empty() {
        found.insert(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let source =
            |(name, text): &(&str, &str)| Source { path: format!("{SIMULATOR}{name}"), text: (*text).to_owned() };
        broken(&files.iter().map(source).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn paths_to_higher_layers_are_found() {
        let upward = [
            ("world/task.rs", "use crate::api::task::read;"),
            ("world/task.rs", "use crate::{server::Builder, world::day};"),
            ("world/task/write.rs", "fn work() { super::super::super::made::demo::fill() }"),
            ("made/dump.rs", "mod inner { use crate::exchange::{call::Call, reply}; }"),
            ("api/task.rs", "fn work() { let x = crate::open::view::list(); }"),
            ("exchange/route.rs", "use crate::generated::control::Captcha;"),
            ("world/day.rs", "use crate::Plan;"),
        ];
        for file in upward {
            assert!(!found(&[file]).is_empty(), "{file:?}");
        }
        let lines = found(&upward[..1]);
        assert_eq!(lines, ["crates/ticktick-sim/src/world/task.rs: `crate::api::task::read` is in a higher layer"]);
    }

    #[test]
    fn paths_to_lower_layers_and_in_tests_are_allowed() {
        let downward = [
            ("lib.rs", "pub use server::builder::Builder;"),
            ("api/task.rs", "use crate::exchange::call::Call; use crate::world::{account::Account, task}; mod place;"),
            ("api/task/place.rs", "use super::read; use crate::generated::TaskHandlers;"),
            ("control.rs", "use crate::generated::control::Clock; use crate::fault;"),
            ("server/service.rs", "use crate::Simulator;"),
            ("world/day.rs", "#[cfg(test)] mod tests { use crate::server::testing::tester; }"),
            ("fault.rs", "#[cfg(test)] mod tests;"),
            ("fault/tests.rs", "use crate::Simulator;"),
            ("fault/tests/more.rs", "use crate::server::testing::tester;"),
        ];
        assert_eq!(found(&downward), [""; 0]);
    }
}
