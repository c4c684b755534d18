//! Any text is a query or an error that can be shown, and a query prints as one that reads the
//! same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::query::{self, Dialect, ErrorKind};

fuzz_target!(|text: &str| {
    let today = jiff::civil::date(2017, 8, 30);
    for dialect in Dialect::ALL.iter().copied() {
        if let Err(error) = query::parse_as(text, dialect).and_then(|it| query::check(&it, today)) {
            assert_eq!(error.to_string().lines().count(), 3);
        }
    }
    match query::parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            match query::parse(&printed) {
                Ok(again) => assert_eq!(again.to_string(), printed),
                // Printing adds brackets and marks, so a query at a limit may print as one beyond
                // it.
                Err(error) => assert!(matches!(error.kind, ErrorKind::TooLong | ErrorKind::TooDeep), "{error}"),
            }
            if let Err(error) = query::check(&query, today) {
                assert_eq!(error.to_string().lines().count(), 3);
            }
        }
        Err(error) => assert_eq!(error.to_string().lines().count(), 3),
    }
});
