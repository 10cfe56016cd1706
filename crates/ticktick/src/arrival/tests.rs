use proptest::prelude::*;
use ticktick_models::{SyncAnswer, Task, decode};
use ticktick_raw::BodyReader as _;

use super::{Arrival, TaskList, Whole, give_back};

fn arrival() -> Arrival<Whole> {
    Arrival::new(Whole)
}

/// Receives a response in pieces, and returns what is left of the body.
fn receive<'a>(arrival: &mut Arrival<Whole>, pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    arrival.start();
    for piece in pieces {
        body.extend_from_slice(piece);
        arrival.read(&mut body);
    }
    body
}

fn ids(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.id.as_str()).collect()
}

/// Asserts that a response is the same whether it arrives at once or is cut at an offset. Returns the ids of the tasks
/// that were read while it arrived.
fn assert_same(answer: &str, cut: usize) -> Vec<String> {
    let mut arrival = arrival();
    let (start, end) = answer.as_bytes().split_at(cut);
    let left = receive(&mut arrival, [start, end]);
    let read = ids(&arrival.tasks).into_iter().map(str::to_owned).collect();
    let whole = decode::<SyncAnswer>(answer.as_bytes());
    match (decode::<SyncAnswer>(&left), whole) {
        (Ok(mut rest), Ok(whole)) => {
            give_back(arrival.tasks, arrival.list, &mut rest);
            assert_eq!(rest, whole, "{answer} cut at {cut}");
        }
        (Err(_), Err(_)) => {}
        (rest, whole) => panic!("{answer} cut at {cut}: {rest:?} in place of {whole:?}"),
    }
    read
}

const ANSWER: &str = r#"{"checkPoint":7, "syncTaskBean" : {"add":[],"update" : [ {"id":"a","projectId":"p","title":"日記 \"ü\""} ,
    {"id":"b","projectId":"p","odd":[{"x":"]}"}]},{"id":"c","projectId":"q"} ], "delete":[]},"tags":[{"name":"t"}]}"#;

#[test]
fn an_answer_is_the_same_wherever_it_is_cut() {
    for cut in 0..=ANSWER.len() {
        let read = assert_same(ANSWER, cut);
        assert!(read.is_empty() || read == ["a", "b", "c"] || read == ["a", "b"] || read == ["a"], "{cut}: {read:?}");
    }
    assert_eq!(assert_same(ANSWER, ANSWER.len()), ["a", "b", "c"]);
}

#[test]
fn an_answer_that_arrives_byte_by_byte_is_read() {
    let mut arrival = arrival();
    let left = receive(&mut arrival, ANSWER.as_bytes().chunks(1));
    let mut answer: SyncAnswer = decode(&left).unwrap();
    assert_eq!(arrival.list, Some(TaskList::Update));
    give_back(arrival.tasks, arrival.list, &mut answer);
    assert_eq!(answer, decode(ANSWER.as_bytes()).unwrap());
}

#[test]
fn what_was_read_is_no_longer_in_the_body() {
    let mut arrival = arrival();
    let left = receive(&mut arrival, [ANSWER.as_bytes()]);
    let left = String::from_utf8(left).unwrap();
    assert!(left.contains(r#""update" : [ ], "delete""#), "{left}");
    assert_eq!(ids(&arrival.tasks), ["a", "b", "c"]);
}

#[test]
fn a_task_that_does_not_fit_stays_with_all_after_it() {
    let answer = ANSWER.replace(r#""id":"b""#, r#""id":"b","priority":"high""#);
    let mut arrival = arrival();
    let left = String::from_utf8(receive(&mut arrival, [answer.as_bytes()])).unwrap();
    assert_eq!(ids(&arrival.tasks), ["a"]);
    assert!(left.contains(r#""update" : [ {"id":"b""#) && left.contains(r#""id":"c""#), "{left}");
}

#[test]
fn a_list_that_is_not_json_stays_wrong() {
    for list in
        [r#"{"id":"a","projectId":"p"},]"#, r#"{"id":"a","projectId":"p"} {}]"#, r#"{"id":"a","projectId":"p"}}"#]
    {
        let answer = format!(r#"{{"checkPoint":1,"syncTaskBean":{{"update":[{list}}}}}"#);
        for cut in 0..=answer.len() {
            assert_same(&answer, cut);
        }
    }
}

#[test]
fn an_attempt_forgets_the_one_before() {
    let mut arrival = arrival();
    receive(&mut arrival, [&ANSWER.as_bytes()[..150]]);
    assert_eq!(ids(&arrival.tasks), ["a"]);
    let left = receive(&mut arrival, [ANSWER.as_bytes()]);
    assert_eq!(ids(&arrival.tasks), ["a", "b", "c"]);
    assert!(decode::<SyncAnswer>(&left).is_ok());
}

#[test]
fn bytes_that_are_no_text_stay_in_the_body() {
    let answer = ANSWER.replace("odd", "o\u{7f}d").into_bytes();
    let answer: Vec<u8> = answer.into_iter().map(|byte| if byte == 0x7F { 0xFF } else { byte }).collect();
    let mut arrival = arrival();
    let left = receive(&mut arrival, answer.chunks(10));
    assert_eq!(ids(&arrival.tasks), ["a"]);
    assert!(left.contains(&0xFF));
}

proptest! {
    #[test]
    fn any_pieces_make_the_same_answer(cuts in prop::collection::vec(0..ANSWER.len(), 0..12)) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        cuts.push(ANSWER.len());
        let mut from = 0;
        let pieces = cuts.iter().map(|to| {
            let piece = &ANSWER.as_bytes()[from..*to];
            from = *to;
            piece
        });
        let mut arrival = arrival();
        let left = receive(&mut arrival, pieces.collect::<Vec<_>>());
        let mut answer: SyncAnswer = decode(&left).unwrap();
        give_back(arrival.tasks, arrival.list, &mut answer);
        prop_assert_eq!(answer, decode(ANSWER.as_bytes()).unwrap());
    }
}
