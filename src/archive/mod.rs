//! The handle that every way in uses: one use a file.
