//! Pages in a real browser, which is driven as a reader does: mouse, keys, scripts on and off.
//!
//! Without Chromium these tests say that they skipped; with `MORGUE_READERS=required`, as `.ci/run`
//! has it, they fail.

mod chromium;
mod hostile;
mod journey;
mod rebinding;
mod sweep;
