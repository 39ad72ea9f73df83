//! Configuration of the random tests.
//!
//! Every run tries the same cases. `PROPTEST_RNG_SEED=N` tries others, `PROPTEST_CASES=N` more.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// So many cases, unless the environment asks for more.
pub fn cases(number: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let rng_seed = match asked.rng_seed {
        RngSeed::Random => RngSeed::Fixed(2026),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    let cases = if asked.cases == 256 { number } else { asked.cases };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..asked }
}
