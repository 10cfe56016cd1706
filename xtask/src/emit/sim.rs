//! `ticktick-sim/src/generated`: a trait for each resource and the table of routes.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::names::{self, ident};
use super::rust::{self, Scope};
use crate::spec::ir::{Ir, Operation, Resource};

/// One file: the traits, `Handlers`, and `ROUTES`.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let scope = Scope::default()
        .with("ticktick_raw", ["Operation", "op"])
        .with("crate::exchange::call", ["Call"])
        .with("crate::exchange::reply", ["Reply"]);
    let about = "What the simulator answers, by operation.";
    let resources = ir.resources.iter().map(resource_trait);
    let traits: Vec<Ident> = ir.resources.iter().map(trait_name).collect();
    let (constants, methods) = (ir.operations().map(|one| ident(&one.constant())), ir.operations().map(method));
    let items = quote! {
        #(#resources)*
        /// Every operation of the contract.
        pub trait Handlers: #(#traits)+* {}
        impl<T: #(#traits)+*> Handlers for T {}
        /// Answers one call.
        pub type Handler = fn(&dyn Handlers, &Call) -> Reply;
        /// Every operation with what answers it.
        pub static ROUTES: &[(&Operation, Handler)] =
            &[#((&op::#constants, |handlers, call| handlers.#methods(call))),*];
    };
    vec![(super::MODULE.to_owned(), rust::file("spec/endpoints", about, &scope, items))]
}

fn trait_name(resource: &Resource) -> Ident {
    format_ident!("{}Handlers", names::camel(&resource.name))
}

fn method(operation: &Operation) -> Ident {
    format_ident!("{}_{}", operation.resource, operation.id.text)
}

fn resource_trait(resource: &Resource) -> TokenStream {
    let (name, about) = (trait_name(resource), rust::doc(&resource.about));
    let methods = resource.operations.iter().map(method);
    let docs = resource.operations.iter().map(|operation| {
        rust::docs(&format!("`{} {}`\n\n{}", operation.method, operation.path, rust::prose(&operation.about)))
    });
    quote! {
        #about
        pub trait #name {
            #(#docs fn #methods(&self, call: &Call) -> Reply { Reply::not_implemented(call.operation) })*
        }
    }
}
