//! Operations as data: one file of statics for each resource, `op`, and the table of all.

use proc_macro2::TokenStream;
use quote::quote;

use super::{scope, source};
use crate::emit::names::{self, ident, variant};
use crate::emit::rust::{self, Scope, docs, option};
use crate::spec::ir::{Body, Evidence, Ir, Operation, Paging, Param, Resource, Type};
use crate::spec::node::Text;

const BUILDERS: [&str; 7] = ["Auth", "Host", "Level", "Operation", "PagingStyle", "Param", "Retry"];

/// `operations.rs`: declares the files, `op` and `OPERATIONS`.
pub(super) fn table(ir: &Ir) -> String {
    let resources: Vec<_> = ir.resources.iter().map(|resource| ident(&resource.name)).collect();
    let constants = ir.operations().map(|operation| ident(&operation.constant()));
    let items = quote! {
        #(mod #resources;)*
        /// Every operation of the contract, in the order of the spec.
        pub static OPERATIONS: &[&Operation] = &[#(&op::#constants),*];
        /// The operations by name.
        pub mod op {
            #(pub use super::#resources::*;)*
        }
    };
    let about = "Every operation as data.";
    rust::file("spec/endpoints", about, &Scope::default().with("crate", ["Operation"]), items)
}

/// The operations of a resource.
pub(super) fn file(resource: &Resource, ir: &Ir) -> String {
    let about = format!("The operations of `{}` as data.", resource.name);
    let items = resource.operations.iter().map(operation).collect();
    rust::file(&source(resource), &about, &scope(ir).with("crate", BUILDERS), items)
}

/// Writes only what differs from `Operation::new`.
fn operation(operation: &Operation) -> TokenStream {
    let (name, path, about) = (operation.name(), &operation.path, &operation.about);
    let docs = docs(&format!("`{name}`, `{} {path}`", operation.method));
    let constant = ident(&operation.constant());
    let method = ident(&operation.method.to_lowercase());
    let is_get = operation.method == "GET";
    let choice = |differs: bool, setter: &str, kind: &str, value: &str| {
        let (setter, kind, value) = (ident(setter), ident(kind), variant(value));
        differs.then(|| quote!(.#setter(#kind::#value)))
    };
    let auth = choice(operation.auth != "session", "auth", "Auth", operation.auth);
    let host = choice(operation.host != "api", "host", "Host", operation.host);
    let retry = if is_get { "safe" } else { "never" };
    let retry = choice(operation.retry != retry, "retry", "Retry", operation.retry);
    let reads = (operation.reads != is_get).then_some(operation.reads).map(|reads| quote!(.reads(#reads)));
    let params = (!operation.params.is_empty()).then(|| operation.params.iter().map(param));
    let params = params.map(|params| quote!(.params(&[#(#params),*])));
    let body = operation.body.as_ref().map(body);
    let returns = returns(operation);
    let paging = operation.paging.as_ref().map(paging);
    let quirks = (!operation.quirks.is_empty()).then(|| texts(&operation.quirks));
    let quirks = quirks.map(|quirks| quote!(.quirks(#quirks)));
    let evidence = evidence(&operation.evidence);
    quote! {
        #docs
        pub static #constant: Operation = Operation::#method(#name, #path)
            .about(#about) #auth #host #retry #reads #params #body #returns #paging #quirks #evidence;
    }
}

fn texts(texts: &[Text]) -> TokenStream {
    let texts = texts.iter().map(|text| &text.text);
    quote!(&[#(#texts),*])
}

fn param(param: &Param) -> TokenStream {
    let (place, name) = (ident(&param.place.to_lowercase()), &param.name.text);
    let (kind, about) = (param.ty.words(), &param.about);
    let optional = (!param.required).then(|| {
        let default = option(param.default.as_deref());
        quote!(.optional(#default))
    });
    quote!(Param::#place(#name, #kind, #about) #optional)
}

fn body(body: &Body) -> TokenStream {
    match body {
        Body::Json(ty) => typed("json", ty),
        Body::Form(ty) => typed("form", ty),
        Body::Multipart(part) => quote!(.multipart(#part)),
    }
}

fn returns(operation: &Operation) -> TokenStream {
    match &operation.returns {
        Type::Known("nothing") => quote!(.returns_nothing()),
        Type::Known(name @ ("bytes" | "text")) => quote!(.returns_bytes(#name)),
        ty if operation.empty_body => {
            let returns = typed("returns", ty);
            quote!(#returns.or_nothing())
        }
        ty => typed("returns", ty),
    }
}

fn typed(setter: &str, ty: &Type) -> TokenStream {
    let (setter, words, ty) = (ident(setter), ty.words(), names::answer(ty));
    quote!(.#setter::<#ty>(#words))
}

fn paging(paging: &Paging) -> TokenStream {
    let (style, param, about) = (variant(paging.style), &paging.param.text, &paging.about);
    let next = option(paging.next.as_deref());
    quote!(.paging(PagingStyle::#style, #param, #next, #about))
}

fn evidence(evidence: &Evidence) -> TokenStream {
    let (level, by, on) = (variant(evidence.level), texts(&evidence.by), &evidence.on);
    quote!(.evidence(Level::#level, #by, #on))
}
