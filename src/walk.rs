//! Turns folders into files, in a stable order, with size and time.
