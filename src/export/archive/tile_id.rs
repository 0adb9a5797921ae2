//! The number of a tile in an archive: all zooms one behind the other, in each the order of Hilbert's curve, so that
//! tiles that lie beside each other on the map do so in the file.

use crate::tile::TileAddress;

/// The number of a tile.
///
/// # Reference
/// PMTiles version 3, section 4.1; the curve as in J. Skilling, "Programming the Hilbert curve", 2004, turned as
/// there.
pub(super) fn tile_id(address: TileAddress) -> u64 {
    let before: u64 = (0..address.z()).map(|z| 1_u64 << (2 * z)).sum();
    before + along_curve(address)
}

/// How far along the curve of its zoom a tile lies.
fn along_curve(address: TileAddress) -> u64 {
    let (mut x, mut y, mut along) = (u64::from(address.x()), u64::from(address.y()), 0);
    // Quadrant by quadrant; x and y are counted from the corner of the quadrant, as its part of the curve is turned.
    for bit in (0..address.z()).rev() {
        let side = 1_u64 << bit;
        let (right, down) = (x / side, y / side);
        along += side * side * ((3 * right) ^ down);
        (x, y) = (x % side, y % side);
        if down == 0 {
            if right == 1 {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
    }
    along
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn id(z: u8, x: u32, y: u32) -> u64 {
        tile_id(TileAddress::new(z, x, y).unwrap())
    }

    #[test]
    fn first_zooms_are_numbered_as_the_specification_lists_them() {
        let ids = [id(0, 0, 0), id(1, 0, 0), id(1, 0, 1), id(1, 1, 1), id(1, 1, 0), id(2, 0, 0)];
        assert_eq!(ids, [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn deep_tile_has_the_number_of_the_specification() {
        assert_eq!(id(12, 3423, 1763), 19_078_479);
    }

    #[test]
    fn every_tile_of_a_zoom_has_its_own_number_and_neighbours_touch() {
        for z in 0..6_u8 {
            let side = 1 << z;
            let all = (0..side).flat_map(|x| (0..side).map(move |y| (x, y)));
            let mut placed: Vec<(u64, (u32, u32))> = all.map(|(x, y)| (id(z, x, y), (x, y))).collect();
            placed.sort_unstable();
            assert_eq!(placed.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), (side * side) as usize);
            for pair in placed.windows(2) {
                let ((id, (x, y)), (next, (to_x, to_y))) = (pair[0], pair[1]);
                assert_eq!((next, x.abs_diff(to_x) + y.abs_diff(to_y)), (id + 1, 1));
            }
        }
    }
}
