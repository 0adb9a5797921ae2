//! Layer properties of QGIS (`.qml`) for a layer of areas: the classes and colours of a theme, and the names as labels.
//!
//! In: a style, a theme, a language. Out: XML that QGIS 3 reads for any polygon layer with our attributes: GeoJSON of
//! `/areas`, a GeoPackage, OGC API – Features. Classes are rules, so that words, bounds and missing values are told
//! the same way; what is withheld, too little or missing is hatched.

use serde_json::Value as Json;

use super::portable::paint;
use crate::domain::text::Language;
use crate::export::map_image::{bound_text, code_name, escaped, no_value, patterns};

/// Values that nobody can judge by.
const HATCHED: [&str; 2] = ["insufficient", "suppressed"];
/// The pattern of the hatching.
const HATCH: &str = "hatch";
/// The layers whose ink is taken for the same things.
const BORDER: &str = "border-commune";
const NAMES: &str = "simple-name";

/// One class: which areas are of it, its colour, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Class {
    filter: String,
    label: String,
    colour: String,
    surface: Surface,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Surface {
    Plain,
    Hatched,
}

/// The layer properties of a theme of a style; none where the style has no such theme, or the theme no classes.
pub(crate) fn qml(style: &str, theme: &str, language: Language) -> Option<String> {
    let colour = &paint(style, &format!("simple-{theme}"))?["fill-color"];
    let missing = paint(style, &format!("simple-{theme}-unknown"))?["fill-color"].as_str()?;
    let inks = Inks::of(style)?;
    let mut classes = classes(colour, language)?;
    let attribute = attribute(colour)?;
    classes.push(Class {
        filter: format!("\"{attribute}\" IS NULL"),
        label: no_value(language),
        colour: missing.to_owned(),
        surface: Surface::Hatched,
    });
    let rules: String = classes.iter().enumerate().map(|(index, class)| class.rule(index)).collect();
    let symbols: String = classes.iter().enumerate().map(|(index, class)| class.symbol(index, &inks)).collect();
    Some(format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling\" labelsEnabled=\"1\">\n\
         <renderer-v2 type=\"RuleRenderer\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\">\n\
         <rules key=\"areas\">\n{rules}</rules>\n<symbols>\n{symbols}</symbols>\n</renderer-v2>\n{}</qgis>\n",
        inks.labelling()
    ))
}

/// The attribute that an expression tells classes by.
fn attribute(colour: &Json) -> Option<&str> {
    colour.get(1)?.get(1)?.as_str()
}

fn classes(colour: &Json, language: Language) -> Option<Vec<Class>> {
    let (attribute, items) = (attribute(colour)?, colour.as_array()?);
    match items.first()?.as_str()? {
        "match" => {
            items.get(2..items.len() - 1)?.chunks_exact(2).map(|arm| matched(attribute, arm, language)).collect()
        }
        "step" => stepped(attribute, items.get(2..)?, language),
        _ => None,
    }
}

fn matched(attribute: &str, arm: &[Json], language: Language) -> Option<Class> {
    let (label, colour) = (arm.first()?, arm.get(1)?.as_str()?);
    let value = label.get(0).unwrap_or(label).as_str()?;
    let surface = if HATCHED.contains(&value) { Surface::Hatched } else { Surface::Plain };
    Some(Class {
        filter: format!("\"{attribute}\" = '{value}'"),
        label: code_name(attribute, value, language),
        colour: colour.to_owned(),
        surface,
    })
}

/// Classes from the first colour, then a bound and a colour in turn.
fn stepped(attribute: &str, items: &[Json], language: Language) -> Option<Vec<Class>> {
    let bounds: Vec<f64> = items.iter().skip(1).step_by(2).filter_map(Json::as_f64).collect();
    let text = |bound: f64| bound_text(attribute, bound, language);
    let class = |(index, colour): (usize, &Json)| {
        let (low, high) = (index.checked_sub(1).and_then(|below| bounds.get(below)), bounds.get(index));
        let (filter, label) = match (low, high) {
            (Some(low), Some(high)) => {
                let filter = format!("\"{attribute}\" >= {low} AND \"{attribute}\" < {high}");
                (filter, format!("{} – {}", text(*low), text(*high)))
            }
            (Some(low), None) => (format!("\"{attribute}\" >= {low}"), format!("≥ {}", text(*low))),
            (None, Some(high)) => (format!("\"{attribute}\" < {high}"), format!("< {}", text(*high))),
            (None, None) => return None,
        };
        Some(Class { filter, label, colour: colour.as_str()?.to_owned(), surface: Surface::Plain })
    };
    items.iter().step_by(2).enumerate().map(class).collect()
}

impl Class {
    fn rule(&self, index: usize) -> String {
        let (filter, label) = (escaped(&self.filter), escaped(&self.label));
        format!("<rule key=\"class-{index}\" symbol=\"{index}\" filter=\"{filter}\" label=\"{label}\"/>\n")
    }

    fn symbol(&self, index: usize, inks: &Inks) -> String {
        let (colour, border) = (qgis_colour(&self.colour), qgis_colour(&inks.border));
        let fill = properties(&[
            ("color", &colour),
            ("style", "solid"),
            ("outline_color", &border),
            ("outline_width", "0.2"),
            ("outline_width_unit", "MM"),
            ("outline_style", "solid"),
        ]);
        let hatch = if self.surface == Surface::Hatched { hatching(index, &inks.hatch) } else { String::new() };
        format!(
            "<symbol type=\"fill\" name=\"{index}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\
             <layer class=\"SimpleFill\" enabled=\"1\" pass=\"0\" locked=\"0\">{fill}</layer>{hatch}</symbol>\n"
        )
    }
}

fn hatching(index: usize, ink: &str) -> String {
    let ink = qgis_colour(ink);
    let pattern = properties(&[("angle", "45"), ("distance", "2"), ("distance_unit", "MM"), ("color", &ink)]);
    let line = properties(&[("line_color", &ink), ("line_width", "0.3"), ("line_width_unit", "MM")]);
    format!(
        "<layer class=\"LinePatternFill\" enabled=\"1\" pass=\"0\" locked=\"0\">{pattern}\
         <symbol type=\"line\" name=\"@{index}@1\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\
         <layer class=\"SimpleLine\" enabled=\"1\" pass=\"0\" locked=\"0\">{line}</layer></symbol></layer>"
    )
}

/// The inks of what is no class.
struct Inks {
    border: String,
    hatch: String,
    name: String,
    halo: String,
}

impl Inks {
    fn of(style: &str) -> Option<Self> {
        let ink = |layer: &str, of: &str| Some(paint(style, layer)?[of].as_str()?.to_owned());
        Some(Self {
            border: ink(BORDER, "line-color")?,
            hatch: patterns(style)?.get(HATCH)?.ink.clone(),
            name: ink(NAMES, "text-color")?,
            halo: ink(NAMES, "text-halo-color")?,
        })
    }

    fn labelling(&self) -> String {
        let (name, halo) = (qgis_colour(&self.name), qgis_colour(&self.halo));
        format!(
            "<labeling type=\"simple\"><settings calloutType=\"simple\">\
             <text-style fieldName=\"name\" isExpression=\"0\" fontFamily=\"Be Vietnam Pro\" fontSize=\"8\" \
             fontSizeUnit=\"Point\" textColor=\"{name}\" textOpacity=\"1\">\
             <text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\" bufferColor=\"{halo}\" \
             bufferOpacity=\"1\"/></text-style>\
             <placement placement=\"1\" priority=\"5\"/>\
             <rendering drawLabels=\"1\" scaleVisibility=\"1\" scaleMin=\"600000\" scaleMax=\"0\"/>\
             </settings></labeling>\n"
        )
    }
}

/// Properties of a symbol layer, in the form that every QGIS 3 reads.
fn properties(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| ["<prop k=\"", name, "\" v=\"", value, "\"/>"].concat()).collect()
}

/// A colour as QGIS writes it: red, green, blue and opacity, 0 to 255.
fn qgis_colour(colour: &str) -> String {
    let digits = colour.strip_prefix('#').filter(|digits| digits.is_ascii()).unwrap_or_default();
    let part = |at: usize| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let opacity = part(6).unwrap_or(u8::MAX);
    let [red, green, blue] = [0, 2, 4].map(|at| part(at).unwrap_or_default());
    format!("{red},{green},{blue},{opacity}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::export::client_style::client_themes;

    #[test]
    fn words_and_bounds_become_rules() {
        let words = json!(["match", ["get", "grade"], ["A"], "#1b7f79", "suppressed", "#fbfaf6", "#e9e7e2"]);
        let found = classes(&words, Language::English).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].filter.as_str(), found[0].label.as_str()), ("\"grade\" = 'A'", "A"));
        assert_eq!((found[0].surface, found[1].surface), (Surface::Plain, Surface::Hatched));
        let bounds = json!(["step", ["get", "rate_smoothed"], "#eee", 50, "#ddd", 100, "#ccc"]);
        let found = classes(&bounds, Language::English).unwrap();
        let filters: Vec<&str> = found.iter().map(|class| class.filter.as_str()).collect();
        let middle = "\"rate_smoothed\" >= 50 AND \"rate_smoothed\" < 100";
        assert_eq!(filters, ["\"rate_smoothed\" < 50", middle, "\"rate_smoothed\" >= 100"]);
        assert_eq!(found[2].label, "≥ 100");
        assert_eq!(classes(&json!(["get", "colour"]), Language::English), None);
        assert_eq!(classes(&json!("#fff"), Language::English), None);
    }

    #[test]
    fn colours_are_four_numbers() {
        assert_eq!(qgis_colour("#1b7f79"), "27,127,121,255");
        assert_eq!(qgis_colour("#8c2f1b99"), "140,47,27,153");
    }

    #[test]
    fn every_theme_with_classes_is_well_formed_xml() {
        for theme in client_themes("light") {
            let Some(text) = qml("light", &theme, Language::Vietnamese) else {
                assert_eq!(theme, "count", "circles have no classes");
                continue;
            };
            let body = text.split_once('\n').unwrap().1;
            let tree = resvg::usvg::roxmltree::Document::parse(body).unwrap();
            let count = |tag: &str| tree.descendants().filter(|node| node.has_tag_name(tag)).count();
            let symbols = tree.descendants().filter(|node| node.attribute("clip_to_extent").is_some());
            let fills = symbols.filter(|node| node.attribute("type") == Some("fill")).count();
            assert!(count("rule") >= 4 && count("rule") == fills, "{theme}");
        }
        assert_eq!(qml("light", "none", Language::English), None);
        assert_eq!(qml("none", "grade", Language::English), None);
    }
}
