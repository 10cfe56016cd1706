//! `error_code.rs`: the codes of the error envelope.

use quote::quote;

use crate::emit::names::{ident, variant};
use crate::emit::rust::{self, Scope, doc};
use crate::spec::ir::Ir;

/// The file: the enum, and the macro call that gives it its behaviour.
pub(super) fn file(ir: &Ir) -> String {
    let docs = ir.errors.iter().map(|error| doc(&error.meaning));
    let names = ir.errors.iter().map(|error| ident(&error.name));
    let entries = ir.errors.iter().map(|error| {
        let (name, class, retry, remedy) =
            (ident(&error.name), variant(error.class), variant(error.retry), &error.remedy);
        let codes = std::iter::once(&error.code).chain(&error.aliases).map(|code| &code.text);
        quote!(#name = [#(#codes),*] #class #retry #remedy)
    });
    let items = quote! {
        /// What the service calls a refusal: its `errorCode`.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            #(#docs #names,)*
            /// A code that this version does not know.
            Unknown(Box<str>),
        }
        crate::error_codes!(ErrorCode { #(#entries),* });
    };
    rust::file("spec/errors.yaml", "The codes of the error envelope.", &Scope::default(), items)
}
