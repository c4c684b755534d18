//! Cuts text into words with spans, folds and stems them: one definition for index, query and highlights.
