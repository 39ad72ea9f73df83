//! Time that passes during a run.

use std::time::{Duration, Instant};

/// Measures the time of a run, and waits.
pub trait Timer: Sync {
    /// Returns the time since the beginning of the run.
    fn elapsed(&self) -> Duration;

    /// Waits.
    fn sleep(&self, pause: Duration);
}

/// The clock of the system, which begins when it is made.
#[derive(Debug, Clone, Copy)]
pub struct SystemTimer(Instant);

impl SystemTimer {
    /// Begins to measure.
    pub fn start() -> Self {
        Self(Instant::now())
    }
}

impl Timer for SystemTimer {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, pause: Duration) {
        std::thread::sleep(pause);
    }
}
