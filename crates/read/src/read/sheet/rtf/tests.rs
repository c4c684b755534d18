use super::*;

fn read(rtf: &[u8]) -> String {
    let shown = lines(rtf.to_vec()).map(|it| match it {
        Ok(line) => {
            let heading = line.look.heading.map(|it| format!("h{it} ")).unwrap_or_default();
            let cell = line.look.cell.map(|it| format!("cell{it} ")).unwrap_or_default();
            let page = if line.look.new_page { "page " } else { "" };
            let bold = if line.look.bold { "bold " } else { "" };
            format!("{page}{heading}{cell}{bold}{}", line.text)
        }
        Err(problem) => format!("PROBLEM {problem}"),
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn destinations_are_sorted() {
    assert!(DROPPED.is_sorted());
}

#[test]
fn text_becomes_lines() {
    for (rtf, expected) in [
        (r"{\rtf1\ansi One \b two\b0  three\par}", "One two three"),
        ("{\\rtf One\ntwo\\\nthree}", "Onetwo | three"),
        (r"{\rtf1 a\tab b\line c\par\par d}", "a b | c |  | d"),
        (r"{\rtf1 {\b a}\par\b b\par\plain c}", "bold a | bold b | c"),
        (r"{\rtf1 a{\v x}{\deleted y}b}", "ab"),
        (r"{\rtf1{\fonttbl{\f0 Arial;}}{\stylesheet{\s0 Normal;}}{\info{\title T}}a}", "a"),
        (r"{\rtf1{\*\unknown{x}y}{\header h\par}{\pict 00ff\par}a}", "a"),
        (r"{\rtf1{\field{\*\fldinst HYPERLINK x}{\fldrslt a}}}", "a"),
        (r"{\rtf1{\*\shppict{\pict ff}}{\nonshppict{\pict ff}}a}", "a"),
        (r"{\rtf1 a\page b\sect c}", "a | page b | page c"),
        (r"{\rtf1\trowd\intbl a\cell b\cell\row\pard c\par}", "cell0 a | cell1 b | c"),
        (r"{\rtf1\pard\outlinelevel1 a\par\pard b}", "h2 a | b"),
        (r"{\rtf1 a\~b\_c\-d \{e\}\\ \'80\emdash}", "a b-cd {e}\\ €—"),
        (r"{\rtf1{\shp{\*\shpinst{\sp x}{\shptxt\pard box\par}}}a}", "box | a"),
        (r"{\rtf1\bin4 }{{{a}", "a"),
    ] {
        assert_eq!(read(rtf.as_bytes()), expected, "{rtf}");
    }
}

#[test]
fn characters_are_read_in_their_set() {
    let fonts = r"{\fonttbl{\f0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}{\f3\fcharset238 D;}}";
    for (text, expected) in [
        (r"\'e4\f1\'e4\f0\'e4", "äдä"),
        (r"\f2 \'83A\'83\'5c\f0 x", "アソx"),
        (r"\f3\'b9{\f1\'b9}\'b9\plain\'b9", "ą№ą¹"),
        (r"\u8211?\u-4064?\uc0\u228 x\uc2\u246\'3f\'3fy", "–•äxöy"),
        (r"\u-10179?\u-8704?\u128512?\u55357? x", "😀😀 x"),
        (r"{\uc3\u228abc}\u228ab", "ääb"),
        (r"\u228\par b", "ä | b"),
    ] {
        assert_eq!(read(format!(r"{{\rtf1\ansi{fonts}{text}}}").as_bytes()), expected, "{text}");
    }
    assert_eq!(read("{\\rtf\\ansi Größe \\u8211? \\u228ö\\'e4}".as_bytes()), "Größe – ää");
    assert_eq!(read(b"{\\rtf\\ansi\\ansicpg1250 \xb9\\'e4}"), "ąä");
    assert_eq!(read(b"{\\rtf\\mac \\'8a}"), "ä");
}

#[test]
fn what_is_broken_is_named() {
    for (rtf, expected) in [
        (r"{\rtf1 a\par {b", "a | b | PROBLEM is cut short or damaged: it ends within 2 open groups"),
        (r"{\rtf1 a}}} b", "a b"),
        (r"{\rtf1 a\'", "a | PROBLEM is cut short or damaged: it ends within 1 open groups"),
        (
            r"{\rtf1 a\'zz\u99999999999? b\bin999999999 c",
            "azz� b | PROBLEM is cut short or damaged: it ends within 1 open groups",
        ),
        (r"{\rtf1\uc-1\u228?\f-9999999999 a}", "äa"),
    ] {
        assert_eq!(read(rtf.as_bytes()), expected, "{rtf}");
    }
    let deep = format!("{{\\rtf1 a\\par{}", "{".repeat(1_000_000));
    assert_eq!(read(deep.as_bytes()), "a | PROBLEM nests groups more than 1000 deep");
}
