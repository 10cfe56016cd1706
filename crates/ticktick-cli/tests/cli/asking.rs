//! Questions, the picker and the editor on a terminal.

use crate::edit::editor;
use crate::sessions::Served;
use crate::support::stdout;
use crate::terminal::{Terminal, signed_in};

fn titles(served: &Served) -> String {
    stdout(&served.run(&["list", "-o", "csv", "--fields", "title", "--sort", "title", "--no-mirror"], "").success())
}

#[test]
fn bulk_writes_are_confirmed() {
    let served = signed_in("confirmed");
    served.run(&["add", "-"], "Milk #a\nBread #a\n").success();
    let mut terminal = Terminal::run(served.command(&["rm", "--tag", "a"]));
    terminal.see("Move 2 tasks to the trash? [y/N] ");
    terminal.send("n");
    let (status, text) = terminal.end();
    assert_eq!(status, 130, "{text}");
    assert_eq!(titles(&served).lines().count(), 3);
    let mut terminal = Terminal::run(served.command(&["rm", "--project", "inbox"]));
    terminal.see("Type inbox to confirm: ");
    terminal.send("inbox");
    let (status, text) = terminal.end();
    assert_eq!(status, 0, "{text}");
    assert_eq!(titles(&served), "title\n");
}

#[test]
fn the_picker_finds_the_task_that_is_meant() {
    let served = signed_in("picked");
    served.run(&["add", "-"], "Groceries\nGrocery budget\n").success();
    let mut terminal = Terminal::run(served.command(&["done", "groc"]));
    terminal.see("Which task is \"groc\"?");
    // Typing filters the candidates.
    terminal.send("budget");
    let (status, text) = terminal.end();
    assert_eq!(status, 0, "{text}");
    assert_eq!(titles(&served), "title\nGroceries\n");
    served.run(&["add", "Grocery list"], "").success();
    let mut terminal = Terminal::run(served.command(&["done", "groc"]));
    terminal.see("Which task is \"groc\"?");
    terminal.interrupt();
    let (status, text) = terminal.end();
    assert_eq!(status, 130, "{text}");
    assert_eq!(titles(&served).lines().count(), 3);
    let (status, text) = Terminal::run(served.command(&["done", "groc", "--no-input"])).end();
    assert_eq!(status, 5, "{text}");
}

#[test]
fn a_bad_value_returns_to_the_editor() {
    let served = signed_in("returned");
    served.run(&["add", "Milk", "--content", "Body"], "").success();
    // The first date is invalid; the second time, the script sees the error above its own text.
    let script = r#"if grep -q '^# error: ' "$1"
then grep -q '^title: Oat milk' "$1" && sed -i 's/^due:.*/due: 2030-01-01/' "$1"
else sed -i -e 's/^title:.*/title: Oat milk/' -e 's/^due:.*/due: someday/' "$1"
fi"#;
    let mut command = served.command(&["edit", "milk"]);
    command.env("VISUAL", editor(&served, script)).env("PATH", std::env::var("PATH").unwrap()).env("TZ", "UTC");
    let (status, text) = Terminal::run(command).end();
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("Oat milk · Inbox · 1 Jan 2030"), "{text}");
}

#[test]
fn without_a_named_editor_settings_open_in_vi() {
    let served = signed_in("ask-vi");
    let folder = editor(&served, "echo \"opened $1\"").with_file_name("bin");
    std::fs::create_dir(&folder).unwrap();
    std::fs::rename(folder.with_file_name("editor.sh"), folder.join("vi")).unwrap();
    let mut command = served.command(&["config", "edit"]);
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    let (status, text) = Terminal::run(command).end();
    assert!(status == 0 && text.contains("opened ") && text.contains("config.toml is valid"), "{text}");
}
