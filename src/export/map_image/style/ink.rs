//! Colours as the styles write them: mixing two, and telling which of two can be read on a third.

/// A colour of red, green and blue.
type Rgb = [f64; 3];

/// The colour of a text like `#1b7f79` or `#fff`; none where it is another.
fn parsed(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.is_ascii())?;
    let part = |from: usize, length: usize| u8::from_str_radix(digits.get(from..from + length)?, 16).ok();
    let parts = match digits.len() {
        3 => [part(0, 1)? * 17, part(1, 1)? * 17, part(2, 1)? * 17],
        6 | 8 => [part(0, 2)?, part(2, 2)?, part(4, 2)?],
        _ => return None,
    };
    Some(parts.map(f64::from))
}

/// A colour between two, at a share of the way; none where one of them is no plain colour.
pub(in crate::export::map_image) fn mixed(from: &str, to: &str, share: f64) -> Option<String> {
    let (from, to) = (parsed(from)?, parsed(to)?);
    let part = |index: usize| (from[index] + (to[index] - from[index]) * share).round().clamp(0.0, 255.0) as u8;
    Some(format!("#{:02x}{:02x}{:02x}", part(0), part(1), part(2)))
}

/// The relative luminance of a colour.
///
/// # Reference
/// Web Content Accessibility Guidelines 2.2, "relative luminance" and "contrast ratio".
fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The contrast of two colours, 1 to 21.
pub(in crate::export::map_image) fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(parsed(one)?), luminance(parsed(other)?));
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// Whichever of two colours stands out more on a ground.
pub(in crate::export::map_image) fn readable_on<'a>(ground: &str, one: &'a str, other: &'a str) -> &'a str {
    let on_ground = |colour: &str| contrast(ground, colour).unwrap_or(1.0);
    if on_ground(one) >= on_ground(other) { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_way_between_black_and_white_is_grey() {
        assert_eq!(mixed("#000000", "#fff", 0.5).as_deref(), Some("#808080"));
        assert_eq!(mixed("#102030", "#102030", 0.3).as_deref(), Some("#102030"));
        assert_eq!(mixed("red", "#fff", 0.5), None);
        assert_eq!(mixed("#đđ", "#fff", 0.5), None);
    }

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        assert!((contrast("#000", "#fff").unwrap() - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#777777").unwrap() - 1.0).abs() < 1e-9);
        assert_eq!(readable_on("#1b7f79", "#1d282d", "#ffffff"), "#ffffff");
        assert_eq!(readable_on("#efe9d9", "#1d282d", "#ffffff"), "#1d282d");
    }
}
