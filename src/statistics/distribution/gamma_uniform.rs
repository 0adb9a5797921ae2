//! The tails of the gamma distribution for shapes that are not small: Temme's uniform expansion.
//!
//! In: a shape and a point. Out: either tail with the density, for one exponential and one error function, whatever
//! the shape; series and continued fractions need ever more terms. Both tails are computed as themselves. Beyond the
//! shapes and points named here nothing is said.
//!
//! Reference: N. M. Temme, "The asymptotic expansion of the incomplete gamma functions", SIAM J. Math. Anal. 10
//! (1979), eq. 1.4; DLMF 8.12.3, 8.12.4, 8.12.7 and 8.12.11.

use std::f64::consts::TAU;

use super::normal::upper_p;
use super::root::{Tail, TailPoint};

/// From this shape on eight terms leave less than 1e-16 of the expansion.
pub(in crate::statistics) const LEAST_SHAPE: f64 = 30.0;

/// So far from the middle, on the scale of η, the powers below are enough.
const FARTHEST: f64 = 0.6;

/// From this shape on tails that differ visibly from 0 lie near the middle.
const SHAPE_ALWAYS_NEAR: f64 = 1e4;

/// Coefficients of ηⁿ (row) and shape⁻ᵏ (column), made with exact fractions by
/// `tests/reference/temme_coefficients.py`; left out where their part cannot be seen.
const COEFFICIENTS: [[f64; TERMS]; 22] = [
    [
        -0.333_333_333_333_333_3,
        -0.001_851_851_851_851_852,
        0.004_133_597_883_597_883,
        0.000_649_434_156_378_600_8,
        -0.000_861_888_290_916_711_7,
        -0.000_336_798_553_366_358_13,
        0.000_531_307_936_463_992_2,
        0.000_344_367_606_892_377_65,
    ],
    [
        0.083_333_333_333_333_33,
        -0.003_472_222_222_222_222,
        -0.002_681_327_160_493_827_3,
        0.000_229_472_093_621_399_17,
        0.000_784_039_221_720_066_6,
        -6.972_813_758_365_857e-5,
        -0.000_592_166_437_353_693_9,
        5.171_790_908_260_592e-5,
    ],
    [
        -0.014_814_814_814_814_815,
        0.002_645_502_645_502_645_4,
        0.000_771_604_938_271_604_9,
        -0.000_469_189_494_395_255_7,
        -0.000_299_072_480_303_190_2,
        0.000_277_275_324_495_939_2,
        0.000_270_878_209_671_804_5,
        -0.000_334_931_610_811_422_34,
    ],
    [
        0.001_157_407_407_407_407_3,
        -0.000_990_226_337_448_559_6,
        2.009_387_860_082_304_7e-6,
        0.000_267_720_632_062_838_85,
        -1.463_845_257_884_341_8e-6,
        -0.000_199_325_705_161_888_47,
        7.902_353_232_660_328e-7,
        0.000_281_269_515_476_323_7,
    ],
    [
        0.000_352_733_686_067_019_4,
        0.000_205_761_316_872_427_98,
        -0.000_107_366_532_263_651_6,
        -7.561_801_671_883_977e-5,
        6.641_498_215_465_122e-5,
        6.797_780_477_937_208e-5,
        -8.153_969_367_561_969e-5,
        -0.000_109_765_822_446_847_31,
    ],
    [
        -0.000_178_755_144_032_921_8,
        -4.018_775_720_164_609e-7,
        5.292_344_882_912_012_5e-5,
        -2.396_505_113_867_297e-7,
        -3.968_365_047_179_435e-5,
        1.419_062_920_643_967e-7,
        5.611_682_753_106_25e-5,
        -1.274_100_909_548_448_5e-7,
    ],
    [
        3.919_263_178_522_438e-5,
        -1.809_855_033_448_997_7e-5,
        -1.276_063_518_861_872_8e-5,
        1.108_265_411_534_730_2e-5,
        1.137_572_697_067_841_9e-5,
        -1.359_404_818_976_869_3e-5,
        -1.832_911_658_284_337_5e-5,
        2.774_445_151_156_364_5e-5,
    ],
    [
        -2.185_448_510_679_992e-6,
        7.649_160_916_081_11e-6,
        3.423_578_734_096_138e-8,
        -5.674_952_826_991_596_5e-6,
        2.507_497_226_237_533e-10,
        8.018_470_256_334_202e-6,
        -3.079_613_450_603_304_7e-9,
        -1.826_348_880_571_133_2e-5,
    ],
    [
        -1.854_062_210_715_16e-6,
        -1.612_090_089_456_344_6e-6,
        1.372_195_730_906_293_4e-6,
        1.423_090_073_243_588_3e-6,
        -1.695_414_953_655_830_5e-6,
        -2.291_481_176_508_095e-6,
        3.465_155_368_803_609e-6,
        0.0,
    ],
    [
        8.296_711_340_953_087e-7,
        4.647_127_802_807_434e-9,
        -6.298_992_138_380_055e-7,
        -2.786_108_029_152_814_3e-11,
        8.907_507_532_205_309e-7,
        -3.252_473_551_298_454e-10,
        -2.029_132_739_605_860_3e-6,
        0.0,
    ],
    [
        -1.766_595_273_682_607_8e-7,
        1.378_633_446_915_721e-7,
        1.428_061_420_606_424_2e-7,
        -1.695_840_409_193_027_8e-7,
        -2.292_934_834_000_805e-7,
        3.465_284_649_108_526_5e-7,
        0.0,
        0.0,
    ],
    [
        6.707_853_543_401_498e-9,
        -5.752_545_603_517_705e-8,
        -2.047_709_842_199_086_6e-10,
        8.099_464_905_388_083e-8,
        2.956_794_137_544_049e-11,
        -1.844_718_719_117_134_4e-7,
        0.0,
        0.0,
    ],
    [
        1.026_180_978_424_030_9e-8,
        1.195_162_859_977_814_8e-8,
        -1.409_252_991_086_752e-8,
        -1.911_116_848_597_365_5e-8,
        2.886_582_974_270_878_3e-8,
        0.0,
        0.0,
        0.0,
    ],
    [
        -4.382_036_018_453_353e-9,
        -1.754_324_171_974_764_7e-11,
        6.228_974_084_922_022e-9,
        2.392_862_043_980_811_8e-12,
        -1.418_973_943_780_321_9e-8,
        0.0,
        0.0,
        0.0,
    ],
    [
        9.147_699_582_236_79e-10,
        -1.009_154_371_060_041_3e-9,
        -1.367_048_839_661_711_4e-9,
        2.062_013_181_548_879_7e-9,
        0.0,
        0.0,
        0.0,
        0.0,
    ],
    [
        -2.551_419_399_494_624_8e-11,
        4.162_792_991_842_583e-10,
        9.428_356_159_014_678e-13,
        -9.460_496_661_855_133e-10,
        0.0,
        0.0,
        0.0,
        0.0,
    ],
    [-5.830_772_132_550_426e-11, -8.563_907_026_492_98e-11, 1.287_225_240_008_931_8e-10, 0.0, 0.0, 0.0, 0.0, 0.0],
    [2.436_194_802_066_741_5e-11, 6.067_215_101_604_758e-14, -5.564_595_613_436_332_3e-11, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-5.027_669_280_114_175_5e-12, 7.162_498_964_811_485_6e-12, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [1.100_439_203_195_613_5e-13, -2.933_186_643_771_437e-12, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [3.371_763_262_400_985e-13, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-1.392_388_722_418_162e-13, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// Powers of 1/shape.
const TERMS: usize = 8;

/// A tail of Gamma(`shape`, 1) at `x` > 0 with the density there; `None` where the expansion does not hold.
pub(in crate::statistics) fn tail_point(shape: f64, x: f64, tail: Tail) -> Option<TailPoint> {
    let excess = (x - shape) / shape;
    let half_square = log_excess(excess);
    // DLMF 8.12.1: ½η² = λ − 1 − ln λ with λ = x/a, η of the sign of λ − 1.
    let eta = (2.0 * half_square).sqrt().copysign(excess);
    if shape < LEAST_SHAPE || (shape < SHAPE_ALWAYS_NEAR && eta.abs() > FARTHEST) {
        return None;
    }
    let normal = match tail {
        Tail::Lower => upper_p(-eta * shape.sqrt()),
        Tail::Upper => upper_p(eta * shape.sqrt()),
    };
    let weight = (-shape * half_square).exp() / (TAU * shape).sqrt();
    if weight == 0.0 {
        // So far out that the tail is 0 or 1 to the last digit, and the powers mean nothing.
        return Some(TailPoint { probability: normal, density: 0.0 });
    }
    // DLMF 8.12.3 and 8.12.4: Q = ½ erfc(η√(a/2)) + S and P = 1 − Q, so the same S is added to one tail and taken
    // from the other.
    let correction = weight * expansion(shape, eta);
    let probability = match tail {
        Tail::Lower => normal - correction,
        Tail::Upper => normal + correction,
    };
    let density = weight * shape / x * stirling(shape);
    Some(TailPoint { probability: probability.clamp(0.0, 1.0), density })
}

/// Σ c(n, k)·ηⁿ·shape⁻ᵏ: Horner's rule in η for all powers of 1/shape at once.
fn expansion(shape: f64, eta: f64) -> f64 {
    let mut sums = [0.0; TERMS];
    // Before each row `sums[k]` is Σ c(n, k)·ηⁿ over the rows done, as a polynomial whose lowest power is yet to
    // come. |η| ≤ 0.6 where it counts, so the powers die away and 22 rows are enough.
    for row in COEFFICIENTS.iter().rev() {
        for (sum, coefficient) in sums.iter_mut().zip(row) {
            *sum = *sum * eta + coefficient;
        }
    }
    sums.iter().rev().fold(0.0, |total, sum| total / shape + sum)
}

/// √(2π/shape)·(shape/e)^shape / Γ(shape) by Stirling's series; four terms leave 1e-9 at the least shape, and a
/// density only steers a search.
fn stirling(shape: f64) -> f64 {
    let inverse = 1.0 / shape;
    1.0 + inverse * (-1.0 / 12.0 + inverse * (1.0 / 288.0 + inverse * (139.0 / 51_840.0)))
}

/// d − ln(1 + d) for d > −1, without the cancellation near 0.
fn log_excess(d: f64) -> f64 {
    if d.abs() > 0.02 {
        return d - d.ln_1p();
    }
    // d²/2 − d³/3 + d⁴/4 − …: nine terms leave 0.02⁹/11 of the sum.
    let inner = (2..=10_i32).rev().fold(0.0, |sum, n| 1.0 / f64::from(n) - d * sum);
    d * d * inner
}
