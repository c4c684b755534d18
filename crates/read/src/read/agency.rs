//! The formats of news agencies: NITF, NewsML 1, NewsML-G2 and ninjs, into documents.
//!
//! The XML formats give their records one by one (`records.rs`). A record is collected into a
//! [`Story`](story::Story): named values in order of preference, and blocks. The text itself is
//! NITF, XHTML, HTML or plain text in any of the four (`content.rs`, `prose.rs`).

mod content;
mod newsml1;
mod newsml_g2;
mod ninjs;
mod nitf;
mod prose;
mod records;
mod sign_off;
mod story;

pub(super) use newsml_g2::FORMAT as NEWSML_G2;
pub(super) use newsml1::FORMAT as NEWSML_1;
pub(super) use ninjs::{document as ninjs_document, is_ninjs, translations};
pub(super) use nitf::FORMAT as NITF;
