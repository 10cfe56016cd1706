//! Adapts the output of typify: less code, in the order of the schema, with wrapped comments.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::Parser;
use syn::{Attribute, Fields, Item, Meta, Variant, parse_quote};

use super::generic;
use crate::emit::rust;
use crate::spec::node::Node;

/// Paths that typify writes in full and that have short forms.
const SHORT: &[(&str, &str)] = &[
    (":: std :: collections :: BTreeMap", "::std::collections::BTreeMap"),
    ("::std::option::Option", "Option"),
    ("::std::string::String", "String"),
    ("::std::vec::Vec", "Vec"),
];

/// Returns the types of a file: structs and enums, their defaults, and the words of plain enums.
pub(super) fn polished(file: syn::File, schema: &Node) -> TokenStream {
    let code = SHORT.iter().fold(prettyplease::unparse(&file), |code, (long, short)| code.replace(long, short));
    let items = syn::parse_file(&code).map_or(file.items, |file| file.items);
    let generic = generic::names(schema);
    let mut out = TokenStream::new();
    for mut item in items.into_iter().filter(|item| is_wanted(item, &code)) {
        match &mut item {
            Item::Struct(item) => {
                let definition = schema.members("definitions").iter().find(|(name, _)| item.ident == **name);
                comment(&mut item.attrs);
                let definition = definition.map(|(_, definition)| definition);
                underived(&mut item.attrs, definition);
                if definition.and_then(|one| one.get("x-rust")).is_none_or(|wishes| wishes.get("reads").is_none()) {
                    underived(&mut item.attrs, Some(schema));
                }
                order(&mut item.fields, schema);
                generic::open(item, &generic);
                out.extend(definition.and_then(|definition| entity(item, definition)));
            }
            Item::Enum(item) => {
                comment(&mut item.attrs);
                underived(&mut item.attrs, Some(schema));
                let definition = schema.members("definitions").iter().find(|(name, _)| item.ident == **name);
                let cases = definition.map_or(&[][..], |(_, definition)| definition.items("oneOf"));
                for (at, variant) in item.variants.iter_mut().enumerate() {
                    describe(variant, cases.get(at));
                    order(&mut variant.fields, schema);
                }
            }
            Item::Mod(item) => {
                item.vis = syn::Visibility::Inherited;
                item.attrs.push(parse_quote!(#[allow(clippy::unwrap_used)]));
            }
            Item::Impl(item) if is_for(item, "Default") => {
                item.attrs.push(parse_quote!(#[allow(clippy::derivable_impls)]));
            }
            _ => {}
        }
        item.to_tokens(&mut out);
    }
    out
}

/// Omits conversions from text and their error type, because serde does all parsing.
fn is_wanted(item: &Item, code: &str) -> bool {
    match item {
        Item::Struct(_) | Item::Enum(_) => true,
        Item::Mod(item) => item.ident == "defaults" && code.contains("\"defaults::"),
        Item::Impl(item) => is_for(item, "Default") || is_for(item, "Display"),
        _ => false,
    }
}

fn is_for(item: &syn::ItemImpl, name: &str) -> bool {
    item.trait_.as_ref().and_then(|(path, _)| path.segments.last()).is_some_and(|last| last.ident == name)
}

/// Implements the trait of what commands print, as `x-entity` asks for.
fn entity(item: &syn::ItemStruct, definition: &Node) -> Option<TokenStream> {
    let wishes = definition.get("x-entity")?;
    let name = &item.ident;
    let id = syn::Ident::new(wishes.text("id")?, proc_macro2::Span::call_site());
    let members: Vec<&str> = definition.members("properties").iter().map(|(name, _)| name.text.as_str()).collect();
    let columns: Vec<&str> = wishes.items("columns").iter().filter_map(Node::as_str).collect();
    Some(quote::quote! {
        impl crate::answer::Entity for #name {
            const MEMBERS: &'static [&'static str] = &[#(#members),*];
            const COLUMNS: &'static [&'static str] = &[#(#columns),*];

            fn id(&self) -> impl ::std::fmt::Display {
                &self.#id
            }
        }
    })
}

/// Removes derives that the schema excludes.
fn underived(attrs: &mut [Attribute], definition: Option<&Node>) {
    let unwanted = definition
        .and_then(|definition| definition.get("x-rust"))
        .map_or(Vec::new(), |wishes| wishes.items("without").iter().filter_map(Node::as_str).collect());
    for attr in attrs.iter_mut().filter(|attr| attr.path().is_ident("derive") && !unwanted.is_empty()) {
        let mut kept: Vec<syn::Path> = Vec::new();
        let read = attr.parse_nested_meta(|meta| {
            kept.extend(Some(meta.path).filter(|path| !unwanted.iter().any(|name| is_called(path, name))));
            Ok(())
        });
        if read.is_ok() {
            *attr = parse_quote!(#[derive(#(#kept),*)]);
        }
    }
}

/// A derive is called by its last name: `::serde::Deserialize` is `Deserialize`.
fn is_called(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == name)
}

/// Adds the description to a variant without members, which typify drops.
fn describe(variant: &mut Variant, case: Option<&Node>) {
    let is_bare = !variant.attrs.iter().any(|attr| attr.path().is_ident("doc"));
    if let Some(text) = case.and_then(|case| case.text("description")).filter(|_| is_bare) {
        variant.attrs.insert(0, parse_quote!(#[doc = #text]));
    }
    comment(&mut variant.attrs);
}

/// Wraps a comment.
fn comment(attrs: &mut Vec<Attribute>) {
    let (docs, others): (Vec<Attribute>, Vec<Attribute>) =
        std::mem::take(attrs).into_iter().partition(|attr| attr.path().is_ident("doc"));
    let text: String = docs.iter().filter_map(text).collect();
    attrs.extend(Attribute::parse_outer.parse2(rust::doc(&text)).unwrap_or_default());
    attrs.extend(others);
}

fn text(attr: &Attribute) -> Option<String> {
    match &attr.meta {
        Meta::NameValue(pair) => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Sorts members in the order of the schema, in which they are written.
fn order(fields: &mut Fields, schema: &Node) {
    let Fields::Named(named) = fields else { return };
    named.named.iter_mut().for_each(|field| comment(&mut field.attrs));
    let mut orders: Vec<Vec<String>> = Vec::new();
    schema.clone().visit(&mut |node| {
        orders.push(node.members("properties").iter().map(|(name, _)| name.text.clone()).collect());
    });
    let names: Vec<String> = named.named.iter().map(name).collect();
    let holds_all = |order: &&Vec<String>| names.iter().all(|name| order.contains(name));
    let Some(order) = orders.iter().filter(holds_all).min_by_key(|order| order.len()) else { return };
    let mut fields: Vec<syn::Field> = std::mem::take(&mut named.named).into_iter().collect();
    fields.sort_by_key(|field| order.iter().position(|known| *known == name(field)));
    named.named = fields.into_iter().collect();
}

/// Returns the name of a member in JSON.
fn name(field: &syn::Field) -> String {
    let mut name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        drop(attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = meta.value()?.parse::<syn::LitStr>()?.value();
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::LitStr>()?;
            }
            Ok(())
        }));
    }
    name
}
