//! `ticktick comment`.

use crate::schemas::fits;
use crate::sessions::Served;
use crate::support::{json, stdout};

#[test]
fn comments_are_managed() {
    let served = Served::start("nouns-comments");
    served.sign_in("me@example.com");
    served.run(&["task", "add", "Call the dentist"], "").success();
    served.run(&["comment", "edit", "dentist", "last", "x"], "").code(3);
    let run = |args: &[&str], input: &str| {
        let document = json(&served.run(&[args, &["--yes", "--json"]].concat(), input).success());
        fits("cli", "CommentList", &document);
        document["data"].clone()
    };
    let added = run(&["comment", "add", "dentist", "They are closed on Friday"], "");
    assert_eq!(added[0]["task"]["name"], "Call the dentist");
    assert_eq!(added[0]["mine"], true);
    run(&["comment", "add", "dentist", "-"], "Two\nlines\n");
    let texts = || {
        let all = run(&["comment", "list", "dentist"], "");
        let mut texts: Vec<_> =
            all.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(), ["They are closed on Friday", "Two\nlines"]);
    let shown = stdout(&served.run(&["comment", "list", "dentist"], "").success());
    assert!(shown.contains("you") && shown.contains("Two lines") && shown.ends_with(" 2 comments\n"), "{shown}");
    run(&["comment", "edit", "dentist", "closed", "They are open"], "");
    assert_eq!(texts(), ["They are open", "Two\nlines"]);
    served.run(&["comment", "delete", "dentist", "open"], "").code(2);
    served.run(&["comment", "delete", "dentist", "nothing like it"], "").code(3);
    run(&["comment", "delete", "dentist", "open", "two"], "");
    assert_eq!(texts(), [""; 0]);
}
