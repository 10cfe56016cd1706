//! `docs/readings.md` lists the readings of the simulator. `SNAPSHOTS=overwrite` rewrites it.

use std::fmt::Write as _;
use std::path::Path;

use snapbox::{Assert, Data};
use ticktick_sim::Reading;
use ticktick_verify::EXPERIMENTS;

const HEAD: &str = include_str!("../samples/readings.md");

#[test]
fn the_page_lists_each_reading() {
    let mut page = HEAD.to_owned();
    for experiment in EXPERIMENTS {
        let readings: Vec<Reading> = Reading::all().filter(|reading| reading.experiment() == experiment.id).collect();
        if readings.is_empty() {
            continue;
        }
        let (id, question) = (experiment.id, experiment.question);
        write!(page, "\n## {id}\n\n{question}\n\n| reading | what the simulator does |\n| --- | --- |\n").unwrap();
        for reading in readings {
            writeln!(page, "| `{reading}` | {} |", reading.about()).unwrap();
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/readings.md");
    Assert::new().action_env("SNAPSHOTS").eq(page, Data::read_from(&file, None).raw());
}
