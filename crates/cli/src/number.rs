//! Numbers as a person reads them.

/// With thousands separators: `1,234,567`.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.char_indices() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 document`, `2 documents`.
pub(crate) fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" })
}

/// Bytes in decimal units: `512 B`, `21.3 kB`, `4.5 MB`.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let (mut value, mut unit) = (bytes as f64 / 1e3, 0);
    // 999.95 would be printed as 1000.0.
    while value >= 999.95 && unit + 1 < UNITS.len() {
        (value, unit) = (value / 1e3, unit + 1);
    }
    format!("{value:.1} {}", UNITS[unit])
}

/// A duration: `0.042 s`, `3.4 s`, `2 min 05 s`.
pub(crate) fn duration(seconds: f64) -> String {
    if seconds < 1.0 {
        return format!("{seconds:.3} s");
    }
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    let whole = seconds.round() as u64;
    format!("{} min {:02} s", count(whole / 60), whole % 60)
}

/// Bytes a second: `16.7 MB/s`.
pub(crate) fn rate(bytes: u64, seconds: f64) -> String {
    // No clock is finer than a microsecond, and nothing is divided by zero.
    format!("{}/s", size((bytes as f64 / seconds.max(1e-6)).round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let got = [0, 7, 999, 1000, 12_345, 1_234_567].map(count);
        assert_eq!(got, ["0", "7", "999", "1,000", "12,345", "1,234,567"]);
        assert_eq!([1, 2].map(|n| counted(n, "row")), ["1 row", "2 rows"]);
    }

    #[test]
    fn sizes_change_their_unit_before_four_digits() {
        let got = [0, 999, 1000, 21_340, 999_949, 999_950, 4_500_000, u64::MAX].map(size);
        assert_eq!(
            got,
            ["0 B", "999 B", "1.0 kB", "21.3 kB", "999.9 kB", "1.0 MB", "4.5 MB", "18446744.1 TB"]
        );
    }

    #[test]
    fn durations_and_rates() {
        assert_eq!([0.0421, 3.44, 125.2].map(duration), ["0.042 s", "3.4 s", "2 min 05 s"]);
        assert_eq!(rate(10_000_000, 2.0), "5.0 MB/s");
        assert_eq!(rate(0, 0.0), "0 B/s");
    }
}
