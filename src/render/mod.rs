//! Turns results into text, JSON, CSV and Markdown.
