use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::server::testing::{Tester, id, tester_with};

struct Device<'a>(&'a Tester, i64);

impl Device<'_> {
    fn sync(&mut self) -> Value {
        let answer = self.0.get(&format!("/api/v3/batch/check/{}", self.1));
        self.1 = answer["checkPoint"].as_i64().unwrap();
        answer
    }

    fn tasks(&mut self) -> usize {
        self.sync()["syncTaskBean"]["update"].as_array().unwrap().len()
    }
}

#[test]
fn a_write_comes_with_the_delta_after_the_next() {
    let tester = tester_with(|builder| builder.late_sync());
    let (mut one, mut two) = (Device(&tester, 0), Device(&tester, 0));
    one.sync();
    two.sync();
    tester.add(&json!({ "id": id(1), "tags": ["new"] }));
    let first = one.sync();
    assert_eq!(first["syncTaskBean"]["empty"], json!(true));
    assert_eq!(first["tags"], Value::Null);
    let second = one.sync();
    assert_eq!(second["syncTaskBean"]["update"][0]["id"], id(1));
    assert_eq!(second["tags"].as_array().unwrap().len(), 1);
    assert_eq!(one.tasks(), 0, "each device gets it once");
    assert_eq!(two.tasks(), 1, "each device gets it once");
    assert_eq!(two.tasks(), 0, "each device gets it once");
}

#[test]
fn nothing_is_lost_between_writes() {
    let tester = tester_with(|builder| builder.late_sync());
    let mut device = Device(&tester, 0);
    device.sync();
    let mut seen = 0;
    for n in 1..=20 {
        tester.add(&json!({ "id": id(n) }));
        if n % 3 == 0 {
            tester.service.clock().advance(SignedDuration::from_secs(1));
        }
        seen += device.tasks();
    }
    assert_eq!(seen + device.tasks() + device.tasks(), 20);
    let mut fresh = Device(&tester, 0);
    assert_eq!(fresh.tasks(), 20);
    assert_eq!(fresh.tasks(), 0);
}
