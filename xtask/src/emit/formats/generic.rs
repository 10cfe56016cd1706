//! Types whose texts may be borrowed: `"x-rust": { "generic": true }` gives a struct a parameter for its texts. Without the
//! parameter, they are `String`s.

use syn::{GenericArgument, PathArguments, Type, parse_quote};

use crate::spec::node::Node;

/// Returns the names of the types.
pub(super) fn names(schema: &Node) -> Vec<&str> {
    let is_generic = |definition: &Node| definition.get("x-rust").is_some_and(|wishes| wishes.get("generic").is_some());
    let definitions = schema.members("definitions").iter();
    definitions.filter(|(_, definition)| is_generic(definition)).map(|(name, _)| name.text.as_str()).collect()
}

/// Adds the parameter to a type that is one of the names.
pub(super) fn open(item: &mut syn::ItemStruct, names: &[&str]) {
    if names.iter().any(|name| item.ident == *name) {
        item.generics = parse_quote!(<S = String>);
        item.fields.iter_mut().for_each(|field| open_type(&mut field.ty, names));
    }
}

fn open_type(ty: &mut Type, names: &[&str]) {
    let Type::Path(path) = ty else { return };
    let Some(last) = path.path.segments.last_mut() else { return };
    if last.ident == "String" {
        *ty = parse_quote!(S);
    } else if names.iter().any(|name| last.ident == *name) {
        last.arguments = PathArguments::AngleBracketed(parse_quote!(<S>));
    } else if let PathArguments::AngleBracketed(arguments) = &mut last.arguments {
        for argument in &mut arguments.args {
            if let GenericArgument::Type(ty) = argument {
                open_type(ty, names);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn texts_at_any_depth_get_the_parameter() {
        let mut item: syn::ItemStruct = parse_quote!(
            struct Row {
                name: String,
                tags: Vec<Option<String>>,
                part: Option<Part>,
                other: Other,
            }
        );
        let before = item.to_token_stream().to_string();
        open(&mut item, &["Part"]);
        assert_eq!(item.to_token_stream().to_string(), before);
        open(&mut item, &["Row", "Part"]);
        let wanted: syn::ItemStruct = parse_quote!(
            struct Row<S = String> {
                name: S,
                tags: Vec<Option<S>>,
                part: Option<Part<S>>,
                other: Other,
            }
        );
        assert_eq!(item.to_token_stream().to_string(), wanted.to_token_stream().to_string());
    }
}
