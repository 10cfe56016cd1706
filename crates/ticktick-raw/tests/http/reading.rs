//! Responses that are read while they arrive.

use std::sync::{Arc, Mutex};

use ticktick_raw::http::{Http, RetryPolicy};
use ticktick_raw::{BodyReader, Call, Error, Pending, Request, Response, Transport};

use crate::support::{JSON_LIST, Server, Time, answering};

/// Takes the ones out of a list that begins with them.
#[derive(Default)]
struct Ones {
    taken: usize,
    starts: usize,
}

impl BodyReader for Ones {
    fn start(&mut self) {
        self.taken = 0;
        self.starts += 1;
    }

    fn read(&mut self, body: &mut Vec<u8>) {
        while body.starts_with(b"[1,") {
            body.drain(1..3);
            self.taken += 1;
        }
    }
}

fn ones() -> Arc<Mutex<Ones>> {
    Arc::default()
}

fn ok(body: &str, length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").into()
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_read_again_from_its_start() {
    let body = "[1,1,1,2]";
    let (time, ones) = (Time::new(), ones());
    let address = answering(vec![ok("[1,1,", body.len()), ok(body, body.len())]);
    let http = Http::builder().base_url(address).clock(time.clone()).sleep(time.clone()).no_proxy().build().unwrap();
    let rest: Vec<i64> = Call::new(&JSON_LIST).reader(ones.clone()).decode(&http).await.unwrap();
    let ones = ones.lock().unwrap();
    assert_eq!((rest, ones.taken, ones.starts), (vec![2], 3, 2));
}

#[tokio::test]
async fn an_answer_that_came_twice_is_asked_for_again_although_a_reader_took_a_part() {
    let (time, ones) = (Time::new(), ones());
    let server = Server::answering([Response::new(200, "[1,2][1,2]"), Response::new(200, "[1,2]")]).await;
    let http = Http::builder().base_url(server.url()).clock(time.clone()).sleep(time.clone()).build().unwrap();
    let rest: Vec<i64> = Call::new(&JSON_LIST).reader(ones.clone()).decode(&http).await.unwrap();
    assert_eq!((rest, ones.lock().unwrap().taken, server.count()), (vec![2], 1, 2));
}

#[tokio::test]
async fn errors_count_what_a_reader_took_and_name_no_index() {
    let body = "[1,1,2,oops]";
    let server = Server::answering([Response::new(200, body), Response::new(200, body)]).await;
    let http = |limit| Http::builder().base_url(server.url()).max_answer(limit).build().unwrap();
    let error = Call::new(&JSON_LIST).reader(ones()).decode::<serde_json::Value>(&http(99)).await.unwrap_err();
    assert!(matches!(&error, Error::Decode { path, .. } if path == "$[*]"), "{error:?}");
    let error = Call::new(&JSON_LIST).reader(ones()).decode::<Vec<i64>>(&http(11)).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 11, .. }), "{error:?}");

    let address = answering(vec![ok("[1,1,1,", 100)]);
    let builder = Http::builder().base_url(address).retry(RetryPolicy::never()).no_proxy();
    let error = Call::new(&JSON_LIST).reader(ones()).nothing(&builder.build().unwrap()).await.unwrap_err();
    assert!(error.to_string().contains("broke off after 7 bytes"), "{error}");
}

#[tokio::test]
async fn a_refusal_is_not_read() {
    let ones = ones();
    let server = Server::answering([Response::new(500, "[1,2]"), Response::new(200, r#"{"errorCode":"x"}"#)]).await;
    let http = Http::builder().base_url(server.url()).retry(RetryPolicy::never()).build().unwrap();
    for _ in 0..2 {
        Call::new(&JSON_LIST).reader(ones.clone()).decode::<Vec<i64>>(&http).await.unwrap_err();
    }
    assert_eq!(ones.lock().unwrap().taken, 0);
}

/// Keeps the bodies of all responses.
struct Recorded(Http, Mutex<Vec<Vec<u8>>>);

impl Transport for Recorded {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async {
            let response = self.0.send(request).await?;
            self.1.lock().unwrap().push(response.body.clone());
            Ok(response)
        })
    }
}

#[tokio::test]
async fn a_transport_that_looks_at_answers_sees_what_a_reader_takes() {
    let ones = ones();
    let server = Server::answering([Response::new(200, "[1,1,2]")]).await;
    let recorded = Recorded(Http::builder().base_url(server.url()).build().unwrap(), Mutex::default());
    let rest: Vec<i64> = Call::new(&JSON_LIST).reader(ones.clone()).decode(&recorded).await.unwrap();
    assert_eq!((rest, ones.lock().unwrap().taken), (vec![2], 2));
    assert_eq!(*recorded.1.lock().unwrap(), [b"[1,1,2]"]);
}
