//! The simulator answers every operation, and what it answers fits the contract.

use ticktick_models::{BatchAnswer, ErrorBody, Filter, Folder, Json, Object, Project, Tag, Task, check};
use ticktick_raw::{
    Auth, Body, BodyKind, FileUpload, Host, Level, Method, OPERATIONS, Operation, Payload, Place, Request, Response,
    Transport,
};
use ticktick_sim::{Collection, DEMO_USER, Service, Simulator};

use crate::support::clock;

fn demo() -> Service {
    Simulator::builder().clock(clock()).demo().build()
}

fn text(object: &Object, key: &str) -> String {
    object.get(key).and_then(|json| json.decode().ok()).unwrap_or_default()
}

/// Values for path parameters: real keys, where the demo account has such objects.
struct Keys(Vec<(&'static str, String)>);

impl Keys {
    fn of(service: &Service) -> Self {
        let column = service.objects(DEMO_USER, Collection::Columns).remove(0);
        let tasks = service.objects(DEMO_USER, Collection::Tasks);
        let task = tasks.iter().find(|task| text(task, "projectId") == text(&column, "projectId")).unwrap();
        Self(vec![
            ("{projectId}", text(&column, "projectId")),
            ("{taskId}", text(task, "id")),
            ("{columnId}", text(&column, "id")),
            ("{name}", "errands".into()),
            ("{checkpoint}", "0".into()),
            ("{from}", "20260201".into()),
            ("{to}", "20260301".into()),
        ])
    }

    fn path(&self, operation: &Operation) -> String {
        let path = self.0.iter().fold(operation.path.to_owned(), |path, (name, value)| path.replace(name, value));
        path.replace(['{', '}'], "")
    }
}

fn request(keys: &Keys, operation: &'static Operation, body: &str) -> Request {
    let mut request = Request::new(operation, keys.path(operation));
    for param in operation.params.iter().filter(|param| param.required) {
        let pair = (param.name.to_owned(), "errands".to_owned());
        match param.place {
            Place::Query => request.query.push(pair),
            Place::Header => request.headers.push(pair),
            _ => {}
        }
    }
    request.body = match operation.body {
        None => Payload::Empty,
        Some(Body { kind: BodyKind::Form, .. }) => Payload::Form("a=b".into()),
        Some(Body { kind: BodyKind::Multipart(part), .. }) => {
            Payload::File { part: part.into(), upload: FileUpload::new("a.txt", "text/plain", "a") }
        }
        Some(_) => Payload::Json(body.into()),
    };
    request
}

/// Says what is wrong with an answer, if anything is.
fn fault(operation: &Operation, answer: &Response) -> Option<String> {
    let found = match answer.status {
        404 if operation.evidence.level != Level::Refused => return Some("404".into()),
        200 if answer.body.is_empty() && operation.returns.empty => return None,
        200 => (operation.returns.check)(&answer.body),
        302 | 404 | 405 | 429 => return None,
        _ => check::<ErrorBody>(refusal(&answer.body)),
    };
    let body = String::from_utf8_lossy(&answer.body);
    (!found.lossless || !found.unknown.is_empty())
        .then(|| format!("{} {} {body}", answer.status, serde_json::to_string(&found).unwrap()))
}

/// Returns the last document of a body, because the results of a batch can precede a refusal.
fn refusal(body: &[u8]) -> &[u8] {
    let mut documents = serde_json::Deserializer::from_slice(body).into_iter::<BatchAnswer>();
    match (documents.next(), documents.byte_offset()) {
        (Some(Ok(_)), end) if end < body.len() => &body[end..],
        _ => body,
    }
}

#[tokio::test]
async fn every_operation_has_an_answer_that_fits_the_contract() {
    let (mut faults, mut answered) = (Vec::new(), 0);
    for operation in OPERATIONS {
        let service = demo();
        let answer = service.signed_on(DEMO_USER).send(request(&Keys::of(&service), operation, "{}")).await.unwrap();
        answered += usize::from(answer.status == 200);
        faults.extend(fault(operation, &answer).map(|fault| format!("{operation}: {fault}")));
        assert_eq!(service.count(operation), 1, "{operation} is routed to itself");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(answered >= 25, "{answered} operations are simulated");
}

#[tokio::test]
async fn senseless_bodies_are_refused_or_do_nothing() {
    let bodies = [
        "",
        "{",
        "7",
        "null",
        "[]",
        "[[]]",
        r#"[{"taskId":1}]"#,
        r#"{"add":7}"#,
        r#"{"add":[{}],"update":[{}],"delete":[{}]}"#,
        r#"{"add":[{"id":null,"tags":[1]}],"delete":["x"]}"#,
        r#"{"id":"x","name":"","newName":"","username":"","password":""}"#,
    ];
    let service = demo();
    let keys = Keys::of(&service);
    let before = service.objects(DEMO_USER, Collection::Projects);
    for operation in OPERATIONS.iter().filter(|operation| operation.body.is_some()) {
        for body in bodies {
            let answer = service.signed_on(DEMO_USER).send(request(&keys, operation, body)).await.unwrap();
            let known = operation.evidence.level == Level::Refused;
            assert!(answer.status != 404 || known, "{operation} {body}");
            let read = answer.status != 200 || (operation.returns.check)(&answer.body).lossless;
            assert!(read || operation.returns.empty, "{operation} {body}: {answer:?}");
        }
    }
    let after = service.objects(DEMO_USER, Collection::Projects);
    assert!(before.iter().all(|project| after.contains(project)), "what was there stays");
}

#[tokio::test]
async fn private_operations_want_a_session() {
    let service = demo();
    for operation in OPERATIONS {
        let answer = service.transport().send(request(&Keys::of(&service), operation, "{}")).await.unwrap();
        let private = match operation.auth {
            Auth::None => false,
            Auth::Session => operation.host != Host::Web,
            _ => true,
        };
        assert!(answer.status == 501 || (answer.status == 401) == private, "{operation}: {answer:?}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_have_different_answers() {
    let service = demo();
    for (method, path, status) in [
        (Method::Get, "/api/v2/nothing/here", 404),
        (Method::Patch, "/api/v2/projects", 405),
        (Method::Get, "/api/v2/batch/task", 405),
    ] {
        let call = Request::new(Operation::unlisted(method), path);
        let answer = service.signed_on(DEMO_USER).send(call).await.unwrap();
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(serde_json::from_slice::<Json>(&answer.body).is_err(), "no JSON there");
    }
}

#[test]
fn everything_in_the_demo_account_is_known() {
    let service = demo();
    let known = |collection, check: fn(&[u8]) -> ticktick_models::Check| {
        let objects = service.objects(DEMO_USER, collection);
        for object in &objects {
            let json = serde_json::to_vec(object).unwrap();
            let found = check(&json);
            assert!(found.lossless && found.unknown.is_empty(), "{found:?} in {}", String::from_utf8_lossy(&json));
        }
        objects.len()
    };
    assert!(known(Collection::Tasks, check::<Task>) > 40);
    assert_eq!(known(Collection::Projects, check::<Project>), 6);
    assert!(known(Collection::ProjectGroups, check::<Folder>) > 0);
    assert!(known(Collection::Columns, check::<ticktick_models::Column>) > 0);
    assert!(known(Collection::Tags, check::<Tag>) > 0);
    assert!(known(Collection::Filters, check::<Filter>) > 0);
}
