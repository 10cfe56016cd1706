//! `docs/readings.md` lists what the simulator can do. `SNAPSHOTS=overwrite` writes it.

use std::fmt::Write as _;
use std::path::Path;

use snapbox::{Assert, Data};
use ticktick_sim::Reading;
use ticktick_verify::EXPERIMENTS;

const HEAD: &str = "# Readings of the simulator

Reports on the service contradict each other or leave a question open. Each row below is one way in which the service may
behave. `ticktick serve --reading EXPERIMENT=VERDICT` makes the [simulator](simulator.md) behave that way, and the experiment of
`ticktick api verify --write` then comes to that verdict. The first verdict of each experiment is the default.

The page is generated from the simulator: run `SNAPSHOTS=overwrite cargo test -p ticktick-verify readings_page`.
";

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
