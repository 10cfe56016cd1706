//! The contract knows everything that was ever recorded.

use ticktick_models::Check;
use ticktick_tests::Sample;

/// Says what is wrong with a sample, if anything is.
fn fault(sample: &Sample) -> Option<String> {
    match sample.check() {
        Ok(Check { lossless: true, unknown, .. }) if unknown.is_empty() => {
            sample.misfit.as_ref().map(|_| format!("{sample}: it fits, so drop `misfit`"))
        }
        Ok(Check { error: Some(error), .. }) if sample.misfit.as_ref() == Some(&error) => None,
        Ok(check) => Some(format!("{sample}: {}", serde_json::to_string(&check).unwrap())),
        Err(message) => Some(format!("{sample}: {message}")),
    }
}

#[test]
fn every_sample_fits_the_contract() {
    let faults: Vec<String> = Sample::all().iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
