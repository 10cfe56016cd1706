//! What the tables of operations and models promise to everybody who builds on them.

use std::collections::HashSet;

use ticktick_models::MODELS;
use ticktick_raw::{Auth, BodyKind, Host, Level, Method, OPERATIONS, Operation, Place, Retry};

/// Gathers what is wrong with operations, so that a run shows all of it.
fn each(fault: impl Fn(&Operation) -> Option<String>) {
    let faults: Vec<String> =
        OPERATIONS.iter().filter_map(|one| fault(one).map(|fault| format!("{one}: {fault}"))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn parameters(operation: &Operation) -> Vec<&str> {
    operation.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}')).collect()
}

/// Puts values that no exact segment has in the place of parameters.
fn concrete(operation: &Operation) -> String {
    operation.path.replace('{', "a%20").replace('}', "%2Fb")
}

#[test]
fn ids_and_routes_are_unique() {
    let (mut ids, mut routes) = (HashSet::new(), HashSet::new());
    for operation in OPERATIONS {
        assert!(ids.insert(operation.id), "{operation} is there twice");
        let template: Vec<&str> =
            operation.path.split('/').map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect();
        assert!(routes.insert((operation.method, operation.host, template)), "{operation} has another's route");
    }
    assert!(ids.len() >= 140, "{} operations", ids.len());
}

#[test]
fn ids_are_a_resource_and_a_verb() {
    each(|operation| {
        let plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b"_0123456789".contains(&b))
        };
        let fits = operation.id.split_once('.').is_some_and(|(resource, verb)| plain(resource) && plain(verb));
        (!fits).then(|| "not `resource.verb` in snake_case".into())
    });
}

#[test]
fn operations_are_found_by_every_name() {
    each(|operation| {
        let names = [
            operation.id.to_owned(),
            format!("{} {}", operation.method, operation.path),
            format!("{} {}", operation.method, concrete(operation)),
            format!("{} {}?x=1", operation.method.as_str().to_lowercase(), concrete(operation)),
        ];
        names.into_iter().find(|name| Operation::find(name).is_none_or(|found| found.id != operation.id))
    });
}

#[test]
fn routing_gives_back_the_path_parameters() {
    each(|operation| {
        let path = concrete(operation);
        let Some((found, values)) = Operation::route(operation.method, &path) else { return Some(path) };
        let wanted: Vec<_> = parameters(operation).iter().map(|name| (*name, format!("a {name}/b"))).collect();
        (found.id != operation.id || values != wanted).then(|| format!("{path} -> {found} {values:?}"))
    });
}

#[test]
fn parameters_are_described_and_in_their_place() {
    each(|operation| {
        let in_path: Vec<&str> =
            operation.params.iter().filter(|param| param.place == Place::Path).map(|param| param.name).collect();
        let names: HashSet<_> =
            operation.params.iter().map(|param| (param.place == Place::Header, param.name)).collect();
        if parameters(operation) != in_path || names.len() != operation.params.len() {
            return Some("its path and its parameters differ".into());
        }
        let odd = operation.params.iter().find(|param| {
            !sentence(param.about) || param.kind.is_empty() || (param.place == Place::Path && !param.required)
        });
        odd.map(|param| format!("parameter {}: {}", param.name, param.about))
    });
}

fn sentence(text: &str) -> bool {
    text.ends_with('.') && !text.starts_with(|c: char| c.is_lowercase() || c.is_whitespace()) && !text.contains('\n')
}

#[test]
fn operations_are_described_and_have_evidence() {
    let sources = include_str!("../../../spec/sources.yaml");
    each(|operation| {
        let evidence = operation.evidence;
        let unknown = evidence.by.iter().find(|name| !sources.contains(&format!("\n  {name}: ")));
        let dated = evidence.on.len() >= 4 && evidence.on.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if !sentence(operation.about) {
            Some(operation.about.into())
        } else if evidence.by.is_empty() || !dated {
            Some("no evidence, or none with a date".into())
        } else {
            unknown.map(|name| format!("nobody is {name}"))
        }
    });
}

#[test]
fn quirks_are_documented_and_referred_to() {
    let text = include_str!("../../../docs/quirks.md");
    let documented: HashSet<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    each(|operation| operation.quirks.iter().find(|id| !documented.contains(**id)).map(|id| (*id).to_owned()));
    assert!(documented.len() >= 40, "{} quirks", documented.len());
}

#[test]
fn only_what_may_be_repeated_is_repeated() {
    each(|operation| match (operation.method, operation.retry) {
        (Method::Get, Retry::Safe) => None,
        (Method::Get, _) if operation.quirks.is_empty() => Some("a GET that is not safe, without a quirk".into()),
        (_, Retry::ById) if operation.body.is_none() => Some("ids are in the body, and it has none".into()),
        _ => None,
    });
    for id in ["auth.sign_on", "auth.sign_in", "auth.mfa_request_code", "auth.mfa_verify", "open.exchange_code"] {
        assert_eq!(Operation::find(id).unwrap().retry, Retry::Never, "{id}");
    }
}

#[test]
fn proofs_of_identity_fit_the_hosts() {
    each(|operation| {
        let open = operation.path.starts_with("/open/v1/");
        let fits = match operation.auth {
            Auth::Bearer => open && operation.host == Host::Api,
            Auth::Basic => operation.path == "/oauth/token",
            Auth::None => operation.id.starts_with("auth.") || operation.path.starts_with("/oauth/"),
            Auth::Session => !open,
            _ => false,
        };
        (!fits).then(|| format!("{:?} for {}", operation.auth, operation.path))
    });
}

#[test]
fn bodies_and_answers_have_known_types() {
    let models: HashSet<&str> = MODELS.iter().map(|(name, _)| *name).collect();
    assert_eq!(models.len(), MODELS.len(), "models have names of their own");
    let scalars = ["any", "boolean", "bytes", "integer", "nothing", "number", "string", "text"];
    let known = |name: &str| {
        let name = name.trim_start_matches(['[', '{']).trim_end_matches([']', '}']);
        models.contains(name) || scalars.contains(&name)
    };
    each(|operation| match operation.body {
        Some(_) if operation.method == Method::Get => Some("a GET with a body".into()),
        Some(body) if !known(body.name) => Some(format!("takes {}", body.name)),
        Some(body) if (body.kind == BodyKind::Multipart("file")) != (body.name == "bytes") => {
            Some("an odd upload".into())
        }
        _ => (!known(operation.returns.name)).then(|| format!("answers {}", operation.returns.name)),
    });
}

#[test]
fn paging_names_a_parameter() {
    each(|operation| {
        let paging = operation.paging?;
        let known = operation.params.iter().any(|param| param.name == paging.param);
        (!known || !sentence(paging.about)).then(|| format!("{}: {}", paging.param, paging.about))
    });
    assert!(OPERATIONS.iter().any(|operation| operation.paging.is_some()));
}

#[test]
fn the_documents_list_the_same_operations() {
    let openapi: serde_json::Value = serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap();
    let paths = openapi["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let documented: HashSet<&str> = operations.filter_map(|one| one["operationId"].as_str()).collect();
    let listed: HashSet<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    assert_eq!(documented, listed);
    let reference = include_str!("../../../docs/reference/endpoints.md");
    each(|operation| {
        (!reference.contains(&format!("\n### {}\n", operation.id))).then(|| "not in the reference".into())
    });
    assert!(reference.contains(&format!("\n{} operations in ", OPERATIONS.len())));
}

#[test]
fn refused_routes_are_marked() {
    for id in ["habit.create", "habit.update", "habit.delete", "project.get", "column.delete", "auth.sign_in"] {
        let operation = Operation::find(id).unwrap();
        assert_eq!(operation.evidence.level, Level::Refused, "{id}");
    }
}
