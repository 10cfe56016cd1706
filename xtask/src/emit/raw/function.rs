//! The function of one operation, and the struct of its optional parameters.

use std::fmt::Write as _;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::names::{self, ident};
use crate::emit::rust::{self, doc, prose};
use crate::spec::ir::{Body, Operation, Param, Type};

/// The function, and before it the struct of its optional parameters if there are any.
pub(super) fn emit(operation: &Operation) -> TokenStream {
    let options = options(operation);
    let (name, constant) = (ident(&operation.id), ident(&operation.constant()));
    let (names, types): (Vec<Ident>, Vec<TokenStream>) = arguments(operation).into_iter().unzip();
    let docs = rust::docs(&function_docs(operation, &names, &types));
    let (returns, ending) = answer(operation);
    let setters = setters(operation);
    quote! {
        #options
        #docs
        pub async fn #name(
            transport: &(impl Transport + ?Sized),
            #(#names: #types),*
        ) -> Result<#returns, Error> {
            Call::new(&op::#constant) #(#setters)* .#ending(transport).await
        }
    }
}

fn required(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| param.required)
}

fn optional(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| !param.required)
}

fn options_name(operation: &Operation) -> Option<Ident> {
    optional(operation).next().map(|_| format_ident!("{}Options", names::camel(&operation.id)))
}

fn options(operation: &Operation) -> Option<TokenStream> {
    let name = options_name(operation)?;
    let docs = doc(&format!("Optional parameters of `{}`.", operation.id));
    let abouts = optional(operation).map(|param| {
        let default = param.default.as_ref().map(|value| format!(" Default: `{value}`.")).unwrap_or_default();
        doc(&format!("{}{default}", param.about))
    });
    let fields: Vec<Ident> = optional(operation).map(|param| ident(&names::field(&param.name))).collect();
    let types: Vec<TokenStream> = optional(operation).map(|param| names::rust(&param.ty)).collect();
    let keys = optional(operation).map(|param| &param.name.text);
    Some(quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#abouts pub #fields: Option<#types>,)*
        }
        crate::query!(#name { #(#fields: #types => #keys),* });
    })
}

/// The arguments after the transport: name and type.
fn arguments(operation: &Operation) -> Vec<(Ident, TokenStream)> {
    let mut found: Vec<_> =
        required(operation).map(|param| (ident(&names::field(&param.name)), reference(&param.ty))).collect();
    match &operation.body {
        Some(Body::Json(ty) | Body::Form(ty)) => found.push((ident("body"), reference(ty))),
        Some(Body::Multipart(_)) => found.push((ident("file"), quote!(FileUpload))),
        None => {}
    }
    found.extend(options_name(operation).map(|name| (ident("options"), quote!(&#name))));
    found
}

fn reference(ty: &Type) -> TokenStream {
    let plain = names::rust(ty);
    match ty {
        Type::Known("string") => quote!(&str),
        Type::List(of) => {
            let of = names::rust(of);
            quote!(&[#of])
        }
        ty if names::is_copy(ty) => plain,
        _ => quote!(&#plain),
    }
}

/// What the function returns, and the method of `Call` that reads it.
fn answer(operation: &Operation) -> (TokenStream, Ident) {
    let returns = names::answer(&operation.returns);
    match &operation.returns {
        Type::Known(name @ ("nothing" | "bytes" | "text")) => (returns, ident(name)),
        _ if operation.empty_body => (quote!(Option<#returns>), ident("decode_optional")),
        _ => (returns, ident("decode")),
    }
}

/// The calls that put the arguments into the request.
fn setters(operation: &Operation) -> Vec<TokenStream> {
    let mut found: Vec<_> = required(operation)
        .map(|param| {
            let (place, key) = (ident(&param.place.to_lowercase()), &param.name.text);
            let value = ident(&names::field(&param.name));
            let by_ref = names::is_copy(&param.ty).then(|| quote!(&));
            quote!(.#place(#key, #by_ref #value))
        })
        .collect();
    found.extend(options_name(operation).map(|_| quote!(.options(options))));
    found.extend(operation.body.as_ref().map(|body| match body {
        Body::Json(_) => quote!(.json(body)),
        Body::Form(_) => quote!(.form(body)),
        Body::Multipart(_) => quote!(.file(file)),
    }));
    found
}

fn function_docs(operation: &Operation, names: &[Ident], types: &[TokenStream]) -> String {
    // The first line mentions weak evidence.
    let note = match operation.evidence.level {
        "reported" => " Reported only, not seen at work.",
        "refused" => " The service refuses this call.",
        _ => "",
    };
    let mut out = prose(&format!("{}{note}", operation.about));
    let _ = write!(out, "\n\n`{} {}`", operation.method, operation.path);
    if let Some(details) = &operation.details {
        let _ = write!(out, "\n\n{}", prose(details));
    }
    if let Some(paging) = &operation.paging {
        let _ = write!(out, "\n\n# Paging\n\n{}", prose(&paging.about));
    }
    if !operation.quirks.is_empty() {
        out.push_str("\n\n# Quirks\n");
        for id in &operation.quirks {
            let _ = write!(out, "\n* [`{id}`](crate::quirks#{id})");
        }
    }
    let _ = write!(out, "\n\n# Examples\n\n{}", example(operation, names, types));
    out
}

fn example(operation: &Operation, names: &[Ident], types: &[TokenStream]) -> String {
    let path = format!("ticktick_raw::{}", names::escape(&operation.resource));
    let parameters = names.iter().zip(types).fold(String::new(), |out, (name, ty)| {
        let ty = rust::flat(ty.clone());
        let ty = if *name == "options" { ty.replace('&', &format!("&{path}::")) } else { ty };
        format!("{out}, {name}: {ty}")
    });
    let passed: String = names.iter().map(|name| format!(", {name}")).collect();
    let bind = if operation.returns == Type::Known("nothing") { "" } else { "let response = " };
    let id = names::escape(&operation.id);
    format!(
        "```\n# use ticktick_models::*;\n# use ticktick_raw::{{Error, FileUpload, Transport}};\n# async fn example(transport: &impl Transport{parameters}) -> Result<(), Error> {{\n{bind}{path}::{id}(transport{passed}).await?;\n# Ok(())\n# }}\n```"
    )
}
