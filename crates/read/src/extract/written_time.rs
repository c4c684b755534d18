//! Finds the time of day and its offset from UTC within a written date: `T120000Z`, `3:04 pm EDT`,
//! `15h30`.

use jiff::{
    Timestamp,
    civil::Time,
    tz::{Offset, TimeZone},
};

use super::date_tokens::Token;

/// The zone that is written beside a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Zone {
    /// An offset from UTC, or a name that means one.
    Fixed(Offset),
    /// A part of North America by its hours from UTC in winter: `ET` is standard or daylight time,
    /// as the day is.
    American(i8),
}

impl Zone {
    /// The offset from UTC that holds there at an instant.
    pub(super) fn offset(self, at: Timestamp) -> Option<Offset> {
        match self {
            Zone::Fixed(offset) => Some(offset),
            // The rule of the Energy Policy Act of 2005: from the second Sunday of March to the
            // first of November.
            Zone::American(hours) => {
                let rule = format!("STD{}DST,M3.2.0,M11.1.0", -hours);
                TimeZone::posix(&rule).ok().map(|it| it.to_offset(at))
            }
        }
    }
}

/// Cuts time and zone out of the tokens; the zone is `None` where none is given, or its name is
/// not one place's.
pub(super) fn take(tokens: &mut Vec<Token>) -> Option<(Time, Option<Zone>)> {
    drop_zone_of_day(tokens);
    // `20170623T120000+01:00` has the shape of a clock in its offset.
    let basic = matches!(
        tokens.get(..3),
        Some([Token::Number { digits: 8, .. }, Token::Word(t), Token::Number { digits: 4 | 6, .. }]) if t == "t"
    );
    let found = if basic { compact(tokens) } else { clock(tokens).or_else(|| compact(tokens)) };
    let (start, mut end, time) = found?;
    let offset = offset(&tokens[end..]);
    if let Some((_, length)) = offset {
        end += length;
        // RFC 2822 lets the zone's name follow its offset as a comment.
        if let Some([Token::Mark('('), Token::Word(_), Token::Mark(')')]) = tokens.get(end..end + 3) {
            end += 3;
        }
    }
    tokens.drain(start..end);
    let zone = offset.and_then(|(zone, _)| zone);
    time.map(|time| (time, zone))
}

/// Drops the offset of a day without a time, as XML Schema writes it: `2017-06-23+02:00`.
fn drop_zone_of_day(tokens: &mut Vec<Token>) {
    use Token::{Mark, Number};
    if let [Number { digits: 4, .. }, Mark('-'), Number { .. }, Mark('-'), Number { .. }, zone @ ..] =
        &tokens[..]
        && offset(zone).is_some_and(|(_, length)| length == zone.len())
    {
        tokens.truncate(5);
    }
}

/// `15:01:01.79`, `3:04 pm`, `15h30`, `3 pm`: where it stands, and the time if there is such a
/// time.
fn clock(tokens: &[Token]) -> Option<(usize, usize, Option<Time>)> {
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number { value, digits: 1 | 2 }) => i8::try_from(*value).ok(),
        _ => None,
    };
    let mark = |at: usize, c| tokens.get(at) == Some(&Token::Mark(c));
    let word = |at: usize| match tokens.get(at) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    for start in 0..tokens.len() {
        let Some(hour) = number(start) else { continue };
        let (mut minute, mut second, mut end) = (0, 0, start + 1);
        if (mark(end, ':') || word(end) == "h") && number(end + 1).is_some() {
            minute = number(end + 1)?;
            end += 2;
            if mark(end, ':') && number(end + 1).is_some() {
                second = number(end + 1)?;
                end += 2;
                let fraction = mark(end, '.') || mark(end, ',');
                if fraction && matches!(tokens.get(end + 1), Some(Token::Number { .. })) {
                    end += 2;
                }
            }
        } else if !matches!(word(end), "am" | "pm" | "h" | "uhr") {
            continue;
        }
        let hour = match word(end) {
            "am" => hour % 12,
            "pm" if hour <= 12 => hour % 12 + 12,
            _ => hour,
        };
        end += usize::from(matches!(word(end), "am" | "pm" | "uhr" | "h"));
        let start = if start > 0 && word(start - 1) == "t" { start - 1 } else { start };
        return Some((start, end, Time::new(hour, minute, second, 0).ok()));
    }
    None
}

/// `T120000` and `T1200` of ISO 8601 basic, and the last six digits of `20170623120000`.
fn compact(tokens: &mut Vec<Token>) -> Option<(usize, usize, Option<Time>)> {
    if let Some(Token::Number { value, digits: digits @ 14 }) = tokens.first_mut() {
        let clock = *value % 1_000_000;
        (*value, *digits) = (*value / 1_000_000, 8);
        tokens.insert(1, Token::Number { value: clock, digits: 6 });
        return Some((1, 2, of_digits(clock)));
    }
    let start = tokens.iter().position(|it| *it == Token::Word("t".to_owned()))?;
    match tokens.get(start + 1)? {
        Token::Number { value, digits: 6 } => {
            let fraction = matches!(tokens.get(start + 2), Some(Token::Mark('.' | ',')))
                && matches!(tokens.get(start + 3), Some(Token::Number { .. }));
            Some((start, start + if fraction { 4 } else { 2 }, of_digits(*value)))
        }
        Token::Number { value, digits: 4 } => Some((start, start + 2, of_digits(*value * 100))),
        _ => None,
    }
}

fn of_digits(clock: u64) -> Option<Time> {
    let two = |value: u64| i8::try_from(value % 100).ok();
    Time::new(two(clock / 10_000)?, two(clock / 100)?, two(clock)?, 0).ok()
}

/// The zone after a time, if its name is one place's, and how many tokens it takes.
fn offset(tokens: &[Token]) -> Option<(Option<Zone>, usize)> {
    match tokens {
        [Token::Mark(sign @ ('+' | '-')), Token::Number { value, digits: 4 }, ..] => {
            Some((seconds(*sign, value / 100, value % 100), 2))
        }
        [
            Token::Mark(sign @ ('+' | '-')),
            Token::Number { value: hours, digits: 2 },
            Token::Mark(':'),
            Token::Number { value: minutes, digits: 2 },
            ..,
        ] => Some((seconds(*sign, *hours, *minutes), 4)),
        [Token::Mark(sign @ ('+' | '-')), Token::Number { value, digits: 2 }]
        | [Token::Mark(sign @ ('+' | '-')), Token::Number { value, digits: 2 }, Token::Mark(')')] => {
            Some((seconds(*sign, *value, 0), 2))
        }
        [Token::Mark('('), Token::Word(name), Token::Mark(')'), ..] => Some((zone(name)?, 3)),
        [
            Token::Word(name),
            Token::Mark(sign @ ('+' | '-')),
            Token::Number { value, digits: 1 | 2 },
            rest @ ..,
        ] if matches!(name.as_str(), "gmt" | "utc") && !matches!(rest, [Token::Mark(':'), ..]) => {
            Some((seconds(*sign, *value, 0), 3))
        }
        // As JavaScript prints it: `GMT+0000`.
        [Token::Word(name), signed @ ..]
            if matches!(name.as_str(), "gmt" | "utc") && matches!(signed, [Token::Mark('+' | '-'), ..]) =>
        {
            let (offset, length) = offset(signed)?;
            Some((offset, length + 1))
        }
        [Token::Word(name), ..] => Some((zone(name)?, 1)),
        _ => None,
    }
}

fn seconds(sign: char, hours: u64, minutes: u64) -> Option<Zone> {
    let seconds = i32::try_from(hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?).ok()?;
    let seconds = (hours < 24 && minutes < 60).then_some(if sign == '-' { -seconds } else { seconds })?;
    Offset::from_seconds(seconds).ok().map(Zone::Fixed)
}

/// RFC 2822 fixes the American names; of the others those that mean one offset only.
/// The inner `None`: a name of several places, so that the time is no instant.
fn zone(name: &str) -> Option<Option<Zone>> {
    let hours = match name {
        "z" | "ut" | "utc" | "gmt" | "wet" => 0,
        "est" | "cdt" => -5,
        "edt" => -4,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        "cet" | "mez" | "wat" => 1,
        "cest" | "mesz" | "eet" | "sast" | "cat" => 2,
        "eest" | "msk" | "eat" => 3,
        "pkt" => 5,
        "jst" | "kst" => 9,
        "aest" => 10,
        "aedt" => 11,
        "et" => return Some(Some(Zone::American(-5))),
        "ct" => return Some(Some(Zone::American(-6))),
        "mt" => return Some(Some(Zone::American(-7))),
        "pt" => return Some(Some(Zone::American(-8))),
        "bst" | "ist" | "ast" | "wib" => return Some(None),
        _ => return None,
    };
    Some(Offset::from_hours(hours).ok().map(Zone::Fixed))
}
