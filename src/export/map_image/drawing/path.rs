//! Outlines as the short text of an SVG path: tenths of a pixel, each point as the difference from the last.
//!
//! In: points in pixels and the box that will be seen. Out: text. What lies wholly on one side of the box is drawn with
//! fewer points, which changes nothing inside the box.

use super::svg::{PagePoint, Rect};

/// Whether the last point is joined to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export::map_image) enum Ends {
    Joined,
    Free,
}

/// The sides of a box beyond which a point lies, as bits.
fn beyond(point: PagePoint, seen: &Rect) -> u8 {
    u8::from(point.x < seen.x)
        | u8::from(point.x > seen.right()) << 1
        | u8::from(point.y < seen.y) << 2
        | u8::from(point.y > seen.bottom()) << 3
}

/// The points without those that lie, with all between the last kept one and the next, beyond one side.
fn thinned(points: &[PagePoint], seen: &Rect) -> Vec<PagePoint> {
    let mut kept: Vec<PagePoint> = Vec::with_capacity(points.len());
    let mut common = 0;
    // `common` is the side of the box beyond which everything since the last kept point lies. While this point and
    // the next lie beyond it too, the segments between stay outside the box whether the point is there or not.
    for (index, point) in points.iter().enumerate() {
        let side = beyond(*point, seen);
        let next = points.get(index + 1).map_or(0, |next| beyond(*next, seen));
        if common & side & next == 0 {
            kept.push(*point);
            common = side;
        } else {
            common &= side;
        }
    }
    kept
}

/// One line or ring; nothing where none of it can be seen.
pub(in crate::export::map_image) fn outline(points: &[PagePoint], seen: &Rect, ends: Ends) -> String {
    let all_beyond = points.iter().fold(u8::MAX, |common, point| common & beyond(*point, seen));
    if points.len() < 2 || all_beyond != 0 {
        return String::new();
    }
    let mut text = String::new();
    let mut last: Option<(i64, i64)> = None;
    let tenths = |value: f64| (value * 10.0).round() as i64;
    // Differences are taken between rounded points, not rounded themselves: the errors do not add up along the
    // line.
    for point in thinned(points, seen) {
        let at = (tenths(point.x), tenths(point.y));
        match last {
            None => {
                text.push('M');
                push_pair(&mut text, at.0, at.1);
            }
            Some(from) if from == at => continue,
            Some(from) => {
                text.push('l');
                push_pair(&mut text, at.0 - from.0, at.1 - from.1);
            }
        }
        last = Some(at);
    }
    if ends == Ends::Joined {
        text.push('z');
    }
    text
}

fn push_pair(text: &mut String, x: i64, y: i64) {
    push_tenths(text, x);
    if y >= 0 {
        text.push(' ');
    }
    push_tenths(text, y);
}

fn push_tenths(text: &mut String, tenths: i64) {
    if tenths < 0 {
        text.push('-');
    }
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if whole > 0 || rest == 0 {
        text.push_str(&whole.to_string());
    }
    if rest > 0 {
        text.push('.');
        text.push(char::from(b'0' + rest as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEEN: Rect = Rect { x: 0.0, y: 0.0, width: 100.0, height: 100.0 };

    fn points(pairs: &[(f64, f64)]) -> Vec<PagePoint> {
        pairs.iter().map(|(x, y)| PagePoint::new(*x, *y)).collect()
    }

    #[test]
    fn square_is_told_by_its_steps() {
        let square = points(&[(10.0, 10.0), (20.5, 10.0), (20.5, 19.96), (10.0, 20.0)]);
        assert_eq!(outline(&square, &SEEN, Ends::Joined), "M10 10l10.5 0l0 10l-10.5 0z");
        assert_eq!(outline(&points(&[(0.04, 0.0), (-0.5, 0.26)]), &SEEN, Ends::Free), "M0 0l-.5 .3");
    }

    #[test]
    fn what_cannot_be_seen_is_not_written() {
        let left_of_the_box = points(&[(-10.0, 5.0), (-20.0, 50.0), (-10.0, 90.0)]);
        assert_eq!(outline(&left_of_the_box, &SEEN, Ends::Joined), "");
        assert_eq!(outline(&[], &SEEN, Ends::Joined), "");
        let around = points(&[(50.0, 50.0), (-10.0, 50.0), (-20.0, 60.0), (-30.0, 70.0), (-10.0, 80.0), (50.0, 80.0)]);
        let kept = points(&[(50.0, 50.0), (-10.0, 50.0), (-10.0, 80.0), (50.0, 80.0)]);
        assert_eq!(thinned(&around, &SEEN), kept);
    }

    #[test]
    fn corner_of_the_box_is_not_cut_off() {
        let past_the_corner = points(&[(-10.0, 50.0), (-10.0, -10.0), (-5.0, -10.0), (50.0, -10.0), (50.0, 50.0)]);
        let kept = thinned(&past_the_corner, &SEEN);
        assert!(kept.iter().any(|point| beyond(*point, &SEEN) == 0b0101), "{kept:?}");
    }

    /// The signed area of a ring within the box, by cutting the ring at each of its sides.
    fn area_seen(ring: &[PagePoint]) -> f64 {
        let sides: [fn(PagePoint) -> f64; 4] = [|p| p.x, |p| 100.0 - p.x, |p| p.y, |p| 100.0 - p.y];
        let cut = |ring: Vec<PagePoint>, inside: fn(PagePoint) -> f64| {
            let mut left = Vec::new();
            for (index, from) in ring.iter().enumerate() {
                let to = ring[(index + 1) % ring.len()];
                let (a, b) = (inside(*from), inside(to));
                if a >= 0.0 {
                    left.push(*from);
                }
                if (a < 0.0) != (b < 0.0) {
                    let share = a / (a - b);
                    left.push(PagePoint::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share));
                }
            }
            left
        };
        let ring =
            sides.iter().fold(ring.to_vec(), |ring, inside| if ring.is_empty() { ring } else { cut(ring, *inside) });
        let next = |index: usize| ring[(index + 1) % ring.len()];
        ring.iter().enumerate().map(|(index, a)| (a.x * next(index).y - next(index).x * a.y) / 2.0).sum()
    }

    proptest! {
        #[test]
        fn thinning_changes_nothing_inside_the_box(ring in prop::collection::vec((-150.0..250.0, -150.0..250.0), 3..30)) {
            let ring = points(&ring);
            let (whole, thin) = (area_seen(&ring), area_seen(&thinned(&ring, &SEEN)));
            prop_assert!((whole - thin).abs() < 1e-6, "{whole} {thin}");
        }
    }
}
