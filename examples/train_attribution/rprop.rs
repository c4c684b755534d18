//! RPROP without backtracking (Riedmiller and Braun, 1993): a search for the least loss over all
//! examples at once, with no step to tune and no random order.

/// The weights, and how far each goes at the next step.
pub(crate) struct Rprop {
    pub(crate) weights: Vec<f64>,
    steps: Vec<f64>,
    before: Vec<f64>,
}

impl Rprop {
    /// Begins at zero.
    pub(crate) fn new(n: usize) -> Rprop {
        Rprop { weights: vec![0.0; n], steps: vec![0.02; n], before: vec![0.0; n] }
    }

    /// Goes one step down the slope.
    pub(crate) fn step(&mut self, slope: &[f64]) {
        for (at, slope) in slope.iter().enumerate() {
            let turn = slope * self.before[at];
            let step = &mut self.steps[at];
            if turn > 0.0 {
                *step = (*step * 1.2).min(0.5);
            } else if turn < 0.0 {
                *step = (*step * 0.5).max(1e-5);
            }
            self.before[at] = if turn < 0.0 { 0.0 } else { *slope };
            if self.before[at] != 0.0 {
                self.weights[at] -= *step * self.before[at].signum();
            }
        }
    }
}
