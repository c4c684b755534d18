//! Character sets of RTF.

use encoding_rs::Encoding;

/// Numbers of character sets (`\fcharset`) and the code page of each; see "Font Table" in the
/// specification of RTF 1.9. 0 and 1 leave it to the document.
const CHARSETS: &[(i32, i32)] = &[
    (77, 10000),
    (128, 932),
    (129, 949),
    (134, 936),
    (136, 950),
    (161, 1253),
    (162, 1254),
    (163, 1258),
    (177, 1255),
    (178, 1256),
    (186, 1257),
    (204, 1251),
    (222, 874),
    (238, 1250),
];

/// Code pages whose label is not `windows-` and their number.
const CODE_PAGES: &[(i32, &str)] = &[
    (866, "ibm866"),
    (932, "shift_jis"),
    (936, "gbk"),
    (949, "euc-kr"),
    (950, "big5"),
    (10000, "macintosh"),
    (20866, "koi8-r"),
    (65001, "utf-8"),
];

/// The encoding of a font's character set, where it says one.
pub(super) fn of_charset(number: i32) -> Option<&'static Encoding> {
    CHARSETS.iter().find(|it| it.0 == number).and_then(|it| of_code_page(it.1))
}

/// The encoding of a code page; `None` for those of DOS, which no export has.
pub(super) fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let listed = CODE_PAGES.iter().find(|it| it.0 == number);
    let label = listed.map_or_else(|| format!("windows-{number}"), |it| it.1.to_owned());
    Encoding::for_label(label.as_bytes())
}
