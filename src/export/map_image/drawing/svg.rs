//! The syntax of SVG: numbers and texts as an attribute or an element may hold them.

/// A number with at most two decimals, as short as it can be written.
pub(in crate::export) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}

/// A text that may stand in an element or between quotes. What XML cannot hold is left out.
pub(in crate::export) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\t' | '\n' | '\r' => written.push(' '),
            sign if sign.is_control() || matches!(sign, '\u{FFFE}' | '\u{FFFF}') => {}
            sign => written.push(sign),
        }
    }
    written
}

/// An attribute as it stands in a tag, after a space.
pub(in crate::export) fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escaped(value))
}

/// A drawing, moved by some pixels.
pub(in crate::export) fn moved(svg: &str, by: PagePoint) -> String {
    format!("<g transform=\"translate({} {})\">{svg}</g>", number(by.x), number(by.y))
}

/// A point on the page, or the way from one to another, in pixels: x to the right, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::export) struct PagePoint {
    pub(in crate::export) x: f64,
    pub(in crate::export) y: f64,
}

impl PagePoint {
    /// The upper left corner of the page, or no way at all.
    pub(in crate::export) const ORIGIN: Self = Self::new(0.0, 0.0);

    /// The point so far to the right and so far down.
    pub(in crate::export) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A box in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::export) struct Rect {
    pub(in crate::export) x: f64,
    pub(in crate::export) y: f64,
    pub(in crate::export) width: f64,
    pub(in crate::export) height: f64,
}

impl Rect {
    /// The right edge.
    pub(in crate::export) fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub(in crate::export) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The box with so much more on every side; less where it is negative.
    pub(in crate::export) fn widened(&self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// The box moved by some pixels.
    pub(in crate::export) fn moved(&self, by: PagePoint) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y, ..*self }
    }

    /// Whether two boxes share more than an edge.
    pub(in crate::export) fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether another box lies inside.
    pub(in crate::export) fn contains(&self, other: &Self) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// The box as a filled element; nothing of a box without room, as where the page leaves the map none.
    pub(in crate::export) fn filled(&self, more: &str) -> String {
        if self.width <= 0.0 || self.height <= 0.0 {
            return String::new();
        }
        let [x, y, width, height] = [self.x, self.y, self.width, self.height].map(number);
        format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{more}/>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_zero_has_no_sign() {
        let written = [1.0, 0.5, 2.346, -0.001, 100.0, -3.1].map(number);
        assert_eq!(written, ["1", "0.5", "2.35", "0", "100", "-3.1"]);
    }

    #[test]
    fn no_text_breaks_out_of_its_element_or_its_quotes() {
        assert_eq!(escaped("a<b>&\"c\"\u{0}\u{1b}\n"), "a&lt;b&gt;&amp;&quot;c&quot; ");
        assert_eq!(escaped("\"/><script>"), "&quot;/&gt;&lt;script&gt;");
    }

    #[test]
    fn box_without_room_is_not_drawn() {
        let of = |width: f64, height: f64| Rect { x: 1.0, y: 2.0, width, height }.filled("");
        assert_eq!((of(3.0, -0.5), of(0.0, 4.0)), (String::new(), String::new()));
        assert_eq!(of(3.0, 4.0), "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\"/>");
    }

    #[test]
    fn boxes_that_touch_do_not_overlap() {
        let at = |x: f64| Rect { x, y: 0.0, width: 10.0, height: 10.0 };
        assert!(!at(0.0).overlaps(&at(10.0)) && at(0.0).overlaps(&at(9.0)));
        assert!(at(0.0).widened(1.0).contains(&at(0.0)) && !at(0.0).contains(&at(1.0)));
    }
}
