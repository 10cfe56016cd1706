//! The hand-written types of `ticktick-models`, read from the source of the crate.

use std::collections::BTreeSet;
use std::path::Path;

use syn::{Item, UseTree, Visibility};

/// The root of the crate.
pub(crate) const LIBRARY: &str = "crates/ticktick-models/src/lib.rs";

/// Returns the names of the types that the crate exports at its root beside the generated ones.
pub(crate) fn types(root: &Path) -> Result<BTreeSet<String>, String> {
    let text = std::fs::read_to_string(root.join(LIBRARY))
        .map_err(|error| format!("error: cannot read {LIBRARY}: {error}"))?;
    exported(&text).map_err(|error| format!("error: cannot parse {LIBRARY}: {error}"))
}

fn exported(source: &str) -> syn::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for item in syn::parse_file(source)?.items {
        if let Item::Use(item) = item
            && matches!(item.vis, Visibility::Public(_))
        {
            used(&item.tree, &mut found);
        }
    }
    found.retain(|name| name.starts_with(|first: char| first.is_ascii_uppercase()));
    Ok(found)
}

/// Collects the names that a `use` brings into scope, apart from those behind a `*`.
pub(crate) fn used(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => used(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| used(tree, found)),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(found.insert(name.rename.to_string())),
        UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_types_are_found_wherever_they_come_from() {
        let source = "pub use a::{A, b, c::C as D}; pub use generated::*; pub(crate) use e::E; use f::F; mod g;";
        assert_eq!(exported(source).unwrap().into_iter().collect::<Vec<_>>(), ["A", "D"]);
    }
}
