//! PROJ strings: `+proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 +ellps=WGS84 +towgs84=…`.

use super::codes;
use super::description::{Description, SaidDatum, SaidMethod};
use super::systems::{Datum, FALSE_EASTING_M, SystemIndex};

/// The system of a text.
pub(super) fn system(text: &str) -> Result<SystemIndex, String> {
    if let Some(code) = value(text, "init") {
        return codes::system(code).unwrap_or_else(|| Err("has an +init that is no code".to_owned()));
    }
    described(text)?.system()
}

/// Whether a text says the sphere of web maps.
pub(super) fn is_web_map(text: &str) -> bool {
    let radius = |name| value(text, name).and_then(|radius| radius.parse::<f64>().ok());
    let is_earth = |radius: Option<f64>| radius.is_some_and(|radius| (radius - 6_378_137.0).abs() < 1e-6);
    match value(text, "proj") {
        Some("webmerc") => true,
        Some("merc") => is_earth(radius("a")) && is_earth(radius("b")) || is_earth(radius("R")),
        _ => false,
    }
}

fn described(text: &str) -> Result<Description, String> {
    let mut said = Description::default();
    let number = |name: &str| {
        let written = value(text, name);
        written
            .map(|written| written.parse::<f64>().map_err(|_| format!("has a +{name} that is no number")))
            .transpose()
    };
    note_datum(&mut said, text)?;
    said.method = match value(text, "proj") {
        Some("longlat" | "latlong" | "lonlat" | "latlon") => SaidMethod::Degrees,
        Some("merc" | "webmerc") if is_web_map(text) => SaidMethod::WebMercator,
        Some("utm") => {
            let zone = number("zone")?.ok_or("has a +proj=utm without a +zone")?;
            if has(text, "south") {
                return Err("is a UTM of the southern half, which no supported system is".to_owned());
            }
            said.central_meridian = Some(6.0 * zone - 183.0);
            said.scale = Some(0.9996);
            said.false_easting_m = Some(FALSE_EASTING_M);
            SaidMethod::TransverseMercator
        }
        Some("tmerc" | "etmerc") => {
            said.central_meridian = Some(number("lon_0")?.unwrap_or(0.0));
            said.scale = number("k")?.or(number("k_0")?);
            said.false_easting_m = number("x_0")?;
            SaidMethod::TransverseMercator
        }
        Some(other) => SaidMethod::Other(other.to_owned()),
        None => SaidMethod::None,
    };
    for name in ["lat_0", "y_0", "pm", "lat_ts"] {
        if value(text, name).is_some_and(|written| written.parse() != Ok(0.0) && written != "greenwich") {
            said.not_zero = Some(format!("+{name}"));
        }
    }
    if let Some(unit) = value(text, "units").filter(|unit| *unit != "m") {
        said.foreign_unit = Some(unit.to_owned());
    }
    if let Some(metres) = number("to_meter")? {
        said.note_length_unit("to_meter", metres);
    }
    Ok(said)
}

fn note_datum(said: &mut Description, text: &str) -> Result<(), String> {
    match value(text, "datum") {
        Some("WGS84") => said.datum = SaidDatum::Known(Datum::Wgs84),
        Some(other) => said.datum = SaidDatum::Other(format!("the datum {other:?}")),
        None => {}
    }
    if let Some(ellipsoid) = value(text, "ellps").filter(|name| !matches!(*name, "WGS84" | "GRS80")) {
        said.datum = SaidDatum::Other(format!("the ellipsoid {ellipsoid:?}"));
    }
    if let Some(shift) = value(text, "towgs84") {
        let numbers: Result<Vec<f64>, _> = shift.split(',').map(|part| part.trim().parse()).collect();
        said.note_shift(&numbers.map_err(|_| "has a +towgs84 that is no list of numbers")?);
    }
    if let Some(grid) = value(text, "nadgrids").filter(|grid| *grid != "@null") {
        said.datum = SaidDatum::Other(format!("the datum of the grid {grid:?}"));
    }
    Ok(())
}

/// The value of a parameter.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    words(text).find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

fn has(text: &str, name: &str) -> bool {
    words(text).any(|word| word == name)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_start_matches('+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIFT: &str =
        "+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278";

    fn code(text: &str) -> Result<u32, String> {
        system(text).map(SystemIndex::code)
    }

    #[test]
    fn systems_are_found_by_their_parameters() {
        let zone = "+proj=tmerc +lat_0=0 +lon_0=107.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84";
        assert_eq!(code(&format!("{zone} {SHIFT} +units=m +no_defs")), Ok(5899));
        // The scale tells VN-2000 where the datum is left out, as PROJ does for it.
        assert_eq!(code(&format!("{zone} +units=m +no_defs +type=crs")), Ok(5899));
        // The signs of the rotations differ by convention; they are taken for what they are meant to be.
        let turned = "+towgs84=-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278";
        assert_eq!(code(&format!("{zone} {turned}")), Ok(5899));
        assert_eq!(code("+proj=utm +zone=49 +datum=WGS84 +units=m +no_defs"), Ok(32649));
        assert_eq!(code(&format!("+proj=utm +zone=48 +ellps=WGS84 {SHIFT} +no_defs")), Ok(3405));
        assert_eq!(code("+proj=longlat +datum=WGS84 +no_defs"), Ok(4326));
        assert_eq!(code(&format!("+proj=longlat +ellps=WGS84 {SHIFT}")), Ok(4756));
        assert_eq!(code("+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +nadgrids=@null +units=m"), Ok(3857));
        assert_eq!(code("+init=epsg:9217"), Ok(9217));
    }

    #[test]
    fn what_is_left_open_or_unknown_is_refused() {
        for (text, why) in [
            ("+proj=utm +zone=49 +ellps=WGS84 +units=m", "does not say whether it is on WGS 84 or VN-2000"),
            ("+proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 +datum=WGS84", "often VN-2000 under a wrong name"),
            ("+proj=tmerc +lon_0=107.75 +k=0.9999 +x_0=500000 +ellps=krass", "the ellipsoid \"krass\""),
            ("+proj=tmerc +lon_0=109 +k=0.9999 +x_0=500000", "central meridian 109"),
            ("+proj=utm +zone=49 +datum=WGS84 +units=us-ft", "the unit \"us-ft\""),
            ("+proj=utm +zone=49 +south +datum=WGS84", "southern half"),
            ("+proj=utm +datum=WGS84", "without a +zone"),
            ("+proj=lcc +lat_1=20", "the projection \"lcc\""),
            ("+proj=longlat +datum=NAD27", "the datum \"NAD27\""),
            ("+proj=longlat +ellps=WGS84 +towgs84=1,2,3", "an unknown datum with the shift 1,2,3"),
            ("+proj=longlat +datum=WGS84 +pm=paris", "a +pm that is not 0"),
            ("+proj=longlat +towgs84=a", "no list of numbers"),
            ("+init=x", "no code"),
            ("+proj", "does not say how it projects"),
        ] {
            let refusal = code(text).unwrap_err();
            assert!(refusal.contains(why), "{text}: {refusal}");
        }
    }
}
