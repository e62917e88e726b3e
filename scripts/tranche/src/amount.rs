//! Amounts: whole numbers of a token's smallest unit, read and shown with its decimals, exactly.

/// Reads a decimal number such as `1000.50`.
pub fn read(text: &str, decimals: u32) -> Result<i128, String> {
    if text.starts_with('-') {
        return Err("an amount cannot be negative".into());
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let ends_well = !whole.is_empty() && (!fraction.is_empty() || !text.contains('.'));
    if !ends_well || !digits(whole) || !digits(fraction) {
        return Err("an amount is digits with at most one point, such as 1000.50".into());
    }
    if fraction.len() > decimals as usize {
        return Err(format!("{} decimals, and the token has {decimals}", fraction.len()));
    }
    let zeros = decimals as usize - fraction.len();
    let units = format!("{whole}{fraction}{}", "0".repeat(zeros));
    units.parse().map_err(|_| "more than can be counted".into())
}

/// As a decimal number, to be read by programs and by [`read`].
pub fn plain(units: i128, decimals: u32) -> String {
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = decimals as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    let fraction = fraction.trim_end_matches('0');
    let sign = if units < 0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// The same for people: thousands apart.
pub fn shown(units: i128, decimals: u32) -> String {
    let plain = plain(units, decimals);
    let (whole, fraction) = match plain.find('.') {
        Some(point) => plain.split_at(point),
        None => (plain.as_str(), ""),
    };
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{fraction}")
}

/// `floor(amount * bps / 10_000)`, as the contract reckons a fee.
pub fn fee(amount: i128, bps: u32) -> Option<i128> {
    let bps = i128::from(bps);
    let (whole, rest) = (amount / 10_000, amount % 10_000);
    whole.checked_mul(bps)?.checked_add(rest * bps / 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_exact() {
        for (text, decimals, units) in [
            ("0", 7, 0),
            ("1", 7, 10_000_000),
            ("1000.50", 7, 10_005_000_000),
            ("0.0000001", 7, 1),
            ("00012", 0, 12),
            ("1.123456789012345678", 18, 1_123_456_789_012_345_678),
            ("170141183460469231731687303715884105727", 0, i128::MAX),
        ] {
            assert_eq!(read(text, decimals), Ok(units), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, why) in [
            ("-1", "negative"),
            ("-0.5", "negative"),
            ("", "digits"),
            (".5", "digits"),
            ("5.", "digits"),
            ("1,000", "digits"),
            ("1e3", "digits"),
            (" 1", "digits"),
            ("+1", "digits"),
            ("1.2.3", "digits"),
            ("٣", "digits"),
            ("0.12345678", "8 decimals, and the token has 7"),
            ("17014118346046923173168730371588410573", "more than can be counted"),
        ] {
            let refused = read(text, 7).expect_err(text);
            assert!(refused.contains(why), "{text}: {refused}");
        }
    }

    #[test]
    fn what_is_shown_reads_back() {
        for (units, plainly, people) in [
            (0, "0", "0"),
            (1, "0.0000001", "0.0000001"),
            (10_005_000_000, "1000.5", "1,000.5"),
            (12_345_678_900_000_000, "1234567890", "1,234,567,890"),
            (-10_000_000, "-1", "-1"),
            (-12_345_670_000_000, "-1234567", "-1,234,567"),
        ] {
            assert_eq!(plain(units, 7), plainly);
            assert_eq!(shown(units, 7), people);
            if units >= 0 {
                assert_eq!(read(plainly, 7), Ok(units));
            }
        }
        assert_eq!(plain(1_000, 0), "1000");
        assert_eq!(plain(i128::MIN, 0), i128::MIN.to_string());
    }

    #[test]
    fn fees_are_reckoned_as_the_contract_does() {
        for (amount, bps, expected) in
            [(10_001, 250, Some(250)), (1, 3_000, Some(0)), (i128::MAX, 10_000, Some(i128::MAX))]
        {
            assert_eq!(fee(amount, bps), expected);
        }
        assert_eq!(fee(i128::MAX, 20_000), None);
    }
}
