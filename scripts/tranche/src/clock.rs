//! Dates: seconds since 1970 on chain, ISO 8601 in UTC for people.

const DAY: i64 = 86_400;

/// Such as `2027-03-01 12:00:00 UTC`.
pub fn shown(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let (year, month, day) = date(seconds / DAY);
    let rest = seconds % DAY;
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

/// Reads `2027-03-01`, which is the last second of that day, or `2027-03-01T12:00:00Z`.
pub fn read(text: &str) -> Option<u64> {
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, time.strip_suffix('Z')?),
        None => (text, "23:59:59"),
    };
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    if !(1..=12).contains(&month) || day < 1 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days(year, month, day);
    if self::date(days) != (year, month, day) {
        return None;
    }
    u64::try_from(days * DAY + hour * 3_600 + minute * 60 + second).ok()
}

/// A span for people: the largest unit that it is a whole number of.
pub fn span(seconds: u64) -> String {
    for (name, length) in [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)] {
        if seconds.is_multiple_of(length) {
            let count = seconds / length;
            return format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        }
    }
    unreachable!("every number is a whole number of seconds")
}

/// The seconds since 1970 by this machine's clock.
pub fn now() -> u64 {
    let since = std::time::UNIX_EPOCH.elapsed();
    since.map_or(0, |since| since.as_secs())
}

fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut found = [0; 3];
    for (number, width) in found.iter_mut().zip(widths) {
        let part = parts.next()?;
        let digits = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = digits.then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(found)
}

/// Days since 1970. Years are counted from March, so that the leap day is their last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of so many days since 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_shown() {
        for (text, seconds, people) in [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01 00:00:00 UTC"),
            ("2000-02-29T12:34:56Z", 951_827_696, "2000-02-29 12:34:56 UTC"),
            ("2027-03-01", 1_803_945_599, "2027-03-01 23:59:59 UTC"),
            ("2100-03-01T00:00:00Z", 4_107_542_400, "2100-03-01 00:00:00 UTC"),
        ] {
            assert_eq!(read(text), Some(seconds), "{text}");
            assert_eq!(shown(seconds), people);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2027",
            "2027-2-1",
            "2027-02-30",
            "2027-13-01",
            "2100-02-29",
            "2027-02-01T25:00:00Z",
            "2027-02-01T12:00:00",
            "2027-02-01T12:00:00+01:00",
            "01.02.2027",
            "1969-12-31",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn spans_are_told_in_their_largest_unit() {
        for (seconds, people) in
            [(86_400, "1 day"), (1_209_600, "14 days"), (90, "90 seconds"), (7_200, "2 hours")]
        {
            assert_eq!(span(seconds), people);
        }
    }
}
