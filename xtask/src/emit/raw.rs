//! `ticktick-raw/src/generated`: one function an operation, the table of operations, the error codes.

use std::fmt::Write as _;

use super::names;
use super::rust::{self, doc, docs, item_of_list, literal, option, slice};
use crate::spec::ir::{Body, Ir, Operation, Param, Resource, Type};

/// One file for each resource, `operations.rs`, `error_code.rs` and `generated.rs`.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let mut files: Vec<_> =
        ir.resources.iter().map(|resource| (format!("{}.rs", resource.name), file(resource, ir))).collect();
    files.push(("operations.rs".to_owned(), operations(ir)));
    files.push(("error_code.rs".to_owned(), error_codes(ir)));
    files.push((super::MODULE.to_owned(), module(ir)));
    files
}

fn module(ir: &Ir) -> String {
    let mut out = rust::header("spec/endpoints");
    out.push_str("//! One module for each file of `spec/endpoints`.\n\nmod error_code;\nmod operations;\n");
    for resource in &ir.resources {
        let _ = writeln!(out, "pub mod {};", names::escape(&resource.name));
    }
    out.push_str("\npub use error_code::ErrorCode;\npub use operations::{OPERATIONS, op};\n");
    out
}

fn file(resource: &Resource, ir: &Ir) -> String {
    let mut out = rust::header(&format!("spec/endpoints/{}.yaml", resource.name));
    let _ = writeln!(
        out,
        "//! {}\n\n#[allow(unused_imports)]\nuse ticktick_models::*;\n\n#[allow(unused_imports)]\nuse crate::{{Call, Error, FileUpload, Transport, op}};",
        resource.about
    );
    for operation in &resource.operations {
        out.push_str(&options(operation));
        out.push_str(&function(operation, ir));
    }
    out
}

fn optional(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| !param.required)
}

fn options_name(operation: &Operation) -> String {
    format!("{}Options", names::camel(&operation.id))
}

/// The struct of the optional parameters, if there are any.
fn options(operation: &Operation) -> String {
    if optional(operation).next().is_none() {
        return String::new();
    }
    let name = options_name(operation);
    let mut code = format!(
        "/// What may be asked of [`{}`].\n#[derive(Clone, Debug, Default, PartialEq)]\n#[non_exhaustive]\npub struct {name} {{\n",
        names::escape(&operation.id)
    );
    let mut data = format!("crate::query!({name} {{\n");
    for param in optional(operation) {
        let default = param.default.as_ref().map(|value| format!(" Default: `{value}`.")).unwrap_or_default();
        let field = names::field(&param.name);
        let _ = writeln!(
            code,
            "{}pub {field}: Option<{}>,",
            doc(&format!("{}{default}", param.about)),
            names::rust(&param.ty)
        );
        let _ = writeln!(data, "    {field}: {} => {:?},", names::rust(&param.ty), param.name.text);
    }
    code.push('}');
    format!("{}{data}}});\n", rust::item(&code))
}

/// The arguments after the transport: name and type.
fn arguments(operation: &Operation) -> Vec<(String, String)> {
    let mut found: Vec<_> = operation
        .params
        .iter()
        .filter(|param| param.required)
        .map(|param| (names::field(&param.name), reference(&param.ty)))
        .collect();
    match &operation.body {
        Some(Body::Json(ty) | Body::Form(ty)) => found.push(("body".to_owned(), reference(ty))),
        Some(Body::Multipart(_)) => found.push(("file".to_owned(), "FileUpload".to_owned())),
        None => {}
    }
    if optional(operation).next().is_some() {
        found.push(("options".to_owned(), format!("&{}", options_name(operation))));
    }
    found
}

fn reference(ty: &Type) -> String {
    match ty {
        Type::Known("string") => "&str".to_owned(),
        Type::List(of) => format!("&[{}]", names::rust(of)),
        ty if names::is_copy(ty) => names::rust(ty),
        ty => format!("&{}", names::rust(ty)),
    }
}

fn answer(operation: &Operation) -> (String, String) {
    let rust = names::answer(&operation.returns);
    match &operation.returns {
        Type::Known(name @ ("nothing" | "bytes" | "text")) => (rust, (*name).to_owned()),
        _ if operation.empty_body => (format!("Option<{rust}>"), "decode_optional".to_owned()),
        _ => (rust, "decode".to_owned()),
    }
}

fn function(operation: &Operation, ir: &Ir) -> String {
    let (returns, ending) = answer(operation);
    let mut chain = format!("Call::new(&op::{})", operation.constant());
    for param in operation.params.iter().filter(|param| param.required) {
        let by_ref = if names::is_copy(&param.ty) { "&" } else { "" };
        let _ = write!(
            chain,
            ".{}({}, {by_ref}{})",
            param.place.to_lowercase(),
            literal(&param.name),
            names::field(&param.name)
        );
    }
    if optional(operation).next().is_some() {
        chain.push_str(".options(options)");
    }
    chain.push_str(match &operation.body {
        Some(Body::Json(_)) => ".json(body)",
        Some(Body::Form(_)) => ".form(body)",
        Some(Body::Multipart(_)) => ".file(file)",
        None => "",
    });
    let arguments = arguments(operation);
    let parameters: String = arguments.iter().map(|(name, ty)| format!(", {name}: {ty}")).collect();
    let name = names::escape(&operation.id);
    let code = format!(
        "{}pub async fn {name}(transport: &(impl Transport + ?Sized){parameters}) -> Result<{returns}, Error> {{ {chain}.{ending}(transport).await }}",
        function_docs(operation, ir, &arguments)
    );
    rust::item(&code)
}

/// The first line of the docs tells where the evidence is thin.
fn first_line(operation: &Operation) -> String {
    let note = match operation.evidence.level {
        "Reported" => " Reported only, not seen at work.",
        "Refused" => " The service refuses this call.",
        _ => "",
    };
    format!("{}{note}", operation.about)
}

fn function_docs(operation: &Operation, ir: &Ir, arguments: &[(String, String)]) -> String {
    let call = format!("`{} {}`", operation.method, operation.path);
    let mut out = docs([&*first_line(operation), &call, operation.details.as_deref().unwrap_or_default()]);
    if let Some(paging) = &operation.paging {
        let _ = write!(out, "///\n/// # Paging\n///\n{}", doc(&paging.about));
    }
    if !operation.quirks.is_empty() {
        out.push_str("///\n/// # Quirks\n///\n");
        for quirk in ir.quirks.iter().filter(|quirk| operation.quirks.iter().any(|id| id.text == quirk.id.text)) {
            out.push_str(&item_of_list(&format!("`{}`: {}", quirk.id, quirk.does)));
        }
    }
    out.push_str("///\n/// # Errors\n///\n/// [`Error`] tells what was refused, where, and what to do next.\n");
    let parameters: String =
        arguments.iter().map(|(name, ty)| format!(", {name}: {}", example_type(operation, ty))).collect();
    let passed: String = arguments.iter().map(|(name, _)| format!(", {name}")).collect();
    let bind = if operation.returns == Type::Known("nothing") { "" } else { "let answer = " };
    let _ = write!(
        out,
        "///\n/// # Examples\n///\n/// ```\n/// # use ticktick_models::*;\n/// # use ticktick_raw::{{Error, FileUpload, Transport}};\n/// # async fn example(transport: &impl Transport{parameters}) -> Result<(), Error> {{\n/// {bind}ticktick_raw::{}::{}(transport{passed}).await?;\n/// # Ok(())\n/// # }}\n/// ```\n",
        names::escape(&operation.resource),
        names::escape(&operation.id),
    );
    out
}

/// An argument's type as an example outside of the module must name it.
fn example_type(operation: &Operation, ty: &str) -> String {
    if ty == format!("&{}", options_name(operation)) {
        return format!("&ticktick_raw::{}::{}", names::escape(&operation.resource), options_name(operation));
    }
    ty.to_owned()
}

fn operations(ir: &Ir) -> String {
    let mut out = rust::header("spec/endpoints");
    out.push_str("//! Every operation as data.\n\nuse op::*;\n\nuse crate::Operation;\n");
    out.push_str(
        "\n/// Every operation of the contract, in the order of the spec.\npub static OPERATIONS: &[&Operation] = &[\n",
    );
    for operation in ir.operations() {
        let _ = writeln!(out, "    &{},", operation.constant());
    }
    out.push_str("];\n\n/// The operations by name.\npub mod op {\n    use ticktick_models::*;\n\n    use crate::operation::*;\n");
    for operation in ir.operations() {
        let code = rust::item(&format!(
            "{}pub static {}: Operation = {};",
            constant_docs(operation),
            operation.constant(),
            value(operation)
        ));
        for line in code.lines() {
            let _ = writeln!(out, "{}{line}", if line.is_empty() { "" } else { "    " });
        }
    }
    out.push_str("}\n");
    out
}

fn constant_docs(operation: &Operation) -> String {
    docs([&*format!("`{}`, `{} {}`", operation.name(), operation.method, operation.path)])
}

fn value(operation: &Operation) -> String {
    let evidence = &operation.evidence;
    let returns = &operation.returns;
    let params: String = operation.params.iter().map(param).collect();
    let body = match &operation.body {
        None => "None".to_owned(),
        Some(Body::Json(ty)) => {
            format!("Some(Body {{ kind: BodyKind::Json, name: {:?}, check: {} }})", ty.words(), check(ty))
        }
        Some(Body::Form(ty)) => {
            format!("Some(Body {{ kind: BodyKind::Form, name: {:?}, check: {} }})", ty.words(), check(ty))
        }
        Some(Body::Multipart(part)) => {
            format!("Some(Body {{ kind: BodyKind::Multipart({part:?}), name: \"bytes\", check: check_bytes }})")
        }
    };
    let paging = operation.paging.as_ref().map_or("None".to_owned(), |paging| {
        let next = option(paging.next.as_deref());
        format!(
            "Some(Paging {{ style: PagingStyle::{}, param: {:?}, next: {next}, about: {:?} }})",
            paging.style, paging.param.text, paging.about
        )
    });
    format!(
        "Operation {{ id: {:?}, method: Method::{}, path: {:?}, about: {:?}, auth: Auth::{}, host: Host::{}, retry: Retry::{}, reads: {}, params: &[{params}], body: {body}, returns: Returns {{ name: {:?}, check: {}, empty: {} }}, paging: {paging}, quirks: {}, evidence: Evidence {{ level: Level::{}, by: {}, on: {:?} }} }}",
        operation.name(),
        names::camel(&operation.method.to_lowercase()),
        operation.path,
        operation.about,
        operation.auth,
        operation.host,
        operation.retry,
        operation.reads,
        returns.words(),
        check(returns),
        operation.empty_body || *returns == Type::Known("nothing"),
        slice(operation.quirks.iter().map(|id| &*id.text)),
        evidence.level,
        slice(evidence.by.iter().map(|id| &*id.text)),
        evidence.on,
    )
}

fn param(param: &Param) -> String {
    format!(
        "Param {{ name: {:?}, place: Place::{}, kind: {:?}, required: {}, default: {}, about: {:?} }},",
        param.name.text,
        param.place,
        param.ty.words(),
        param.required,
        option(param.default.as_deref()),
        param.about,
    )
}

fn check(ty: &Type) -> String {
    match ty {
        Type::Known("nothing") => "check_nothing".to_owned(),
        Type::Known("bytes" | "text") => "check_bytes".to_owned(),
        ty => format!("check::<{}>", names::answer(ty)),
    }
}

fn error_codes(ir: &Ir) -> String {
    let mut out = rust::header("spec/errors.yaml");
    out.push_str("\ncrate::error_codes! {\n");
    for error in &ir.errors {
        let codes = slice(std::iter::once(&*error.code.text).chain(error.aliases.iter().map(|alias| &*alias.text)));
        for line in doc(&error.meaning).lines() {
            let _ = writeln!(out, "    {line}");
        }
        let _ = writeln!(
            out,
            "    {} {} {} {} {};",
            error.name,
            &codes[1..],
            error.class,
            error.retry,
            literal(&error.remedy)
        );
    }
    out.push_str("}\n");
    out
}
