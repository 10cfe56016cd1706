//! `ticktick-models/src/generated`: structs, open enums, ids and disputed shapes.
//!
//! The types are printed from the [`Ir`] directly: integer and open enums, three-state fields, lists that read null,
//! schema order and kept unknown keys are all beyond what a general JSON Schema compiler prints.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::{self, ident};
use super::rust::{self, Scope, doc};
use crate::spec::ir::{EnumValue, Family, Field, Ir, Kind, Model, Shape, Type};

/// One file for each spec file, and `generated.rs`.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let mut files: Vec<_> =
        ir.families.iter().map(|family| (format!("{}.rs", family.name), file(family, ir))).collect();
    files.push((super::MODULE.to_owned(), module(ir)));
    files
}

fn module(ir: &Ir) -> String {
    let about = "One module for each file of `spec/models`.";
    let families: Vec<_> = ir.families.iter().map(|family| ident(&family.name)).collect();
    let names: Vec<_> = ir.models().map(|model| &model.name.text).collect();
    let types = ir.models().map(|model| ident(&model.name));
    let items = quote! {
        #(mod #families;)*
        #(pub use #families::*;)*
        /// Checks recorded JSON against one model.
        pub type CheckModel = fn(&[u8]) -> crate::Check;
        /// Every model by its name, with the function that checks recorded JSON against it.
        pub static MODELS: &[(&str, CheckModel)] = &[#((#names, crate::check::<#types>)),*];
    };
    rust::file("spec/models", about, &Scope::default(), items)
}

fn file(family: &Family, ir: &Ir) -> String {
    let is_own = |name: &str| family.models.iter().any(|model| model.name.text == name);
    let scope =
        Scope::default().with("crate", ir.types().filter(|name| !is_own(name))).with("std::collections", ["BTreeMap"]);
    let models = family.models.iter().map(|model| emit_model(model, ir)).collect();
    rust::file(&format!("spec/models/{}.yaml", family.name), &family.about, &scope, models)
}

/// One model and the macro call that gives it its behavior.
fn emit_model(model: &Model, ir: &Ir) -> TokenStream {
    let docs = doc(&model.about);
    let item = match &model.kind {
        Kind::Object(fields) => object(model, fields),
        Kind::Enum { integer, values } => open_enum(model, *integer, values),
        Kind::Id { made: true, .. } => id(model, "made"),
        Kind::Id { is_private: true, .. } => id(model, "private"),
        Kind::Id { .. } => id(model, "given"),
        Kind::Shapes(shapes) => emit_shapes(model, shapes, ir),
    };
    quote!(#docs #item)
}

fn object(model: &Model, fields: &[Field]) -> TokenStream {
    let name = ident(&model.name);
    let default = if fields.iter().any(|field| field.required) { quote!() } else { quote!(Default,) };
    let members = fields.iter().map(|field| {
        let (docs, name, ty) = (field_docs(field), ident(&names::field(&field.name)), field_type(field));
        quote!(#docs pub #name: #ty)
    });
    let keys = fields.iter().map(|field| {
        let (name, key, ty) = (ident(&names::field(&field.name)), &field.name.text, names::rust(&field.ty));
        if field.required { quote!(#name: #ty => #key) } else { quote!(#name => #key) }
    });
    quote! {
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members,)*
            /// Keys that this version does not know, kept and written back.
            pub extra: Extra,
        }
        crate::object!(#name { #(#keys),* });
    }
}

fn field_docs(field: &Field) -> TokenStream {
    let null = if field.nullable && field.ty != Type::Known("any") { " May be null." } else { "" };
    let default = field.default.as_ref().map(|value| format!(" Default: `{value}`.")).unwrap_or_default();
    let examples: Vec<String> = field.examples.iter().map(|value| format!("`{value}`")).collect();
    let examples = if examples.is_empty() { String::new() } else { format!(" For example {}.", examples.join(", ")) };
    doc(&format!("{}{null}{default}{examples}", field.about))
}

fn field_type(field: &Field) -> TokenStream {
    match &field.ty {
        Type::List(of) => {
            let of = names::rust(of);
            quote!(List<#of>)
        }
        Type::Map(of) => {
            let of = names::rust(of);
            quote!(Map<#of>)
        }
        ty => {
            let ty = names::rust(ty);
            if field.required { ty } else { quote!(Field<#ty>) }
        }
    }
}

fn open_enum(model: &Model, integer: bool, values: &[EnumValue]) -> TokenStream {
    let name = ident(&model.name);
    let (behavior, copy, kept) = if integer {
        (quote!(crate::integer_enum), quote!(Copy,), quote!(i64))
    } else {
        (quote!(crate::text_enum), quote!(), quote!(Box<str>))
    };
    let docs = values.iter().map(|value| doc(&format!("{} On the wire: `{}`.", value.about, value.value)));
    let names: Vec<_> = values.iter().map(|value| ident(&value.name)).collect();
    let literals = values.iter().map(|value| {
        value.value.to_string().parse::<TokenStream>().expect("a number or text of JSON is a literal of Rust")
    });
    quote! {
        #[derive(Clone, #copy Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #names,)*
            /// A value that this version does not know, kept and written back.
            Unknown(#kept),
        }
        #behavior!(#name { #(#names = #literals),* });
    }
}

fn id(model: &Model, form: &str) -> TokenStream {
    let (name, form) = (ident(&model.name), ident(form));
    quote! {
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(Box<str>);
        crate::id!(#name, #form);
    }
}

fn emit_shapes(model: &Model, shapes: &[Shape], ir: &Ir) -> TokenStream {
    let name = ident(&model.name);
    let variants = shapes.iter().map(|shape| {
        let (docs, name, ty) = (doc(&shape.about), ident(&shape.name), names::answer(&shape.ty));
        quote!(#docs #name(#ty))
    });
    let kinds = shapes.iter().map(|shape| {
        let (name, kind) = (ident(&shape.name), ident(names::json_kind(&shape.ty, ir)));
        quote!(#name: #kind)
    });
    // A response with something odd in it is read leniently; the same inside an object is kept as it came.
    let is_answer =
        ir.operations().any(|operation| operation.returns.model().is_some_and(|name| name.text == model.name.text));
    let answer = is_answer.then(|| ident("answer"));
    quote! {
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Any other JSON, kept as it came.
            Other(Json),
        }
        crate::shapes!(#answer #name { #(#kinds),* });
    }
}
