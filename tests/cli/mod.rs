//! Each command through the binary: what it prints, where, and its exit status.

mod annotate;
mod apart;
mod archive;
mod bounds;
#[cfg(unix)]
mod convert;
mod counts;
mod facets;
mod forms;
mod files;
mod explain;
mod export;
mod hostile;
mod ingest;
mod list;
mod on_lists;
mod own_formats;
mod pager;
mod permissions;
mod purge;
mod quotes;
mod search;
mod show;
mod similar;
mod watch;
